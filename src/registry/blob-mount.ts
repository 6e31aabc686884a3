import type { Digest } from '../image/digest.ts';
import { pathOf, type Repository, registryOf } from '../image/reference.ts';
import { acceptBlob } from './blob-upload.ts';
import { RegistryError } from './error.ts';
import { discardBody } from './transport/body.ts';
import type { Transport } from './transport/http.ts';
import { headerOf } from './transport/message.ts';
import { resolveAddress } from './transport/redirect.ts';
import { pullScope } from './transport/scope.ts';
import { cancelSession, uploadRequest } from './upload-session.ts';

/** See RegistryClient.mountBlob. A mount only saves work, so every refusal of one means "upload it"; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#mounting-a-blob-from-another-repository */
export async function mountBlob(
  transport: Transport,
  repository: Repository,
  digest: Digest,
  from: Repository,
): Promise<boolean> {
  if (registryOf(from) !== registryOf(repository)) return false;
  const query = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(pathOf(from))}`;
  const purpose = `mount the blob ${digest} of ${from} into ${repository}`;
  const request = uploadRequest(repository, purpose, query, [pullScope(from)]);
  const response = await transport.send(request).catch((fault: unknown) => {
    // A token service that will not hand out rights on both repositories refuses the mount, not the upload.
    if (fault instanceof RegistryError && (fault.code === 'UNAUTHORIZED' || fault.code === 'DENIED')) return undefined;
    throw fault;
  });
  if (response?.status === 201) {
    await acceptBlob(request, response, digest);
    return true;
  }
  if (response === undefined) return false;
  await discardBody(response);
  const location = headerOf(response, 'location');
  if (response.status === 202 && location !== undefined) {
    await cancelSession(transport, repository, resolveAddress(response.url, location, 'Location'));
  }
  return false;
}
