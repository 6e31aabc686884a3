import type { Digest } from '../image/digest.ts';
import { pathOf, type Repository, registryOf } from '../image/reference.ts';
import { acceptBlob } from './blob-commit.ts';
import { RegistryError, type RegistryErrorCode } from './error.ts';
import { discardBody } from './transport/body.ts';
import type { Transport } from './transport/http.ts';
import { pullScope } from './transport/scope.ts';
import { cancelSession, readSession, type UploadSession, uploadRequest } from './upload-session.ts';

/** What an upload would meet as well, or what nobody should go on after. */
const FINAL_CODES: readonly RegistryErrorCode[] = ['CANCELLED', 'CREDENTIALS', 'REDIRECT_REFUSED'];

const REFUSING = new WeakMap<Transport, Set<string>>();

/** True for a registry that did not mount a blob before: asking it to costs a request and mostly opens an upload that nobody needs. */
export function hasRefusedMount(transport: Transport, repository: Repository): boolean {
  return REFUSING.get(transport)?.has(registryOf(repository)) === true;
}

/** See RegistryClient.mountBlob. */
export async function mountBlob(
  transport: Transport,
  repository: Repository,
  digest: Digest,
  from: Repository,
): Promise<boolean> {
  const mount = await tryMount(transport, repository, digest, from);
  if (mount === 'mounted') return true;
  if (mount !== undefined) await cancelSession(transport, repository, mount.address);
  return false;
}

/** Asks for a mount. A registry may open an upload instead, which is for the caller to use or to cancel; undefined: neither. A mount only saves work, so every refusal of one means "upload it". https://github.com/opencontainers/distribution-spec/blob/main/spec.md#mounting-a-blob-from-another-repository */
export async function tryMount(
  transport: Transport,
  repository: Repository,
  digest: Digest,
  from: Repository,
): Promise<'mounted' | UploadSession | undefined> {
  const registry = registryOf(repository);
  if (registryOf(from) !== registry) return undefined;
  const query = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(pathOf(from))}`;
  const purpose = `mount the blob ${digest} of ${from} into ${repository}`;
  const request = uploadRequest(repository, purpose, query, [pullScope(from)]);
  const response = await transport.send(request).catch((fault: unknown) => {
    // A token service that will not hand out rights on both repositories, or a proxy that chokes on the query, refuses the mount, not the upload.
    if (!(fault instanceof RegistryError) || FINAL_CODES.includes(fault.code)) throw fault;
    transport.log.debug(`${fault.message}; it is uploaded instead`);
    return undefined;
  });
  if (response?.status === 201) {
    await acceptBlob(request, response, digest);
    return 'mounted';
  }
  REFUSING.set(transport, (REFUSING.get(transport) ?? new Set()).add(registry));
  if (response === undefined) return undefined;
  await discardBody(response);
  return response.status === 202 ? readSession(response) : undefined;
}
