import { type Repository, registryOf } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import type { Transport } from './transport/http.ts';
import { cancelSession, openSession, type UploadSession, uploadRequest } from './upload-session.ts';

/** See RegistryClient.probePush. Nothing less tells: a token is handed out, and a read allowed, where a push is not. `cancelled` ends when the upload that was opened is cancelled again, which no verdict has to wait for; it never fails. */
export async function probePush(
  transport: Transport,
  repository: Repository,
): Promise<{ readonly cancelled: Promise<void> }> {
  let session: UploadSession;
  try {
    session = await openSession(transport, uploadRequest(repository, `open an upload to ${repository}`));
  } catch (fault) {
    throw fault instanceof RegistryError ? explain(fault, repository) : fault;
  }
  return { cancelled: cancelSession(transport, repository, session.address) };
}

function explain(error: RegistryError, repository: Repository): RegistryError {
  const hint = hintFor(error, repository);
  if (hint === undefined) return error;
  const { status, method, url, diagnostics } = error;
  return new RegistryError(error.code, error.message, { status, method, url, diagnostics, hint, cause: error });
}

function hintFor({ code }: RegistryError, repository: Repository): string | undefined {
  switch (code) {
    case 'UNAUTHORIZED':
      return `Log in to ${registryOf(repository)} with an account that may push to ${repository}.`;
    case 'DENIED':
      return `Give the account the right to pull and push in ${repository}; where the registry makes no repository by itself, create the repository first.`;
    case 'NOT_FOUND':
      return `create the repository ${repository} first: ${registryOf(repository)} makes none by itself.`;
    default:
      return undefined;
  }
}
