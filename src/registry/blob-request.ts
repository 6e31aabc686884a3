import type { Digest } from '../image/digest.ts';
import { pathOf, type Repository } from '../image/reference.ts';
import type { RegistryRequest } from './transport/message.ts';
import { pullScope, pushScope } from './transport/scope.ts';

/** The request for a blob; `access` is the right it is made with. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
export function blobRequest(
  repository: Repository,
  digest: Digest,
  method: 'GET' | 'HEAD',
  access: 'pull' | 'push',
): RegistryRequest {
  const purpose = method === 'HEAD' ? `look for the blob ${digest} in` : `read the blob ${digest} of`;
  return {
    purpose: `${purpose} ${repository}`,
    method,
    repository,
    target: `/v2/${pathOf(repository)}/blobs/${digest}`,
    scopes: [access === 'push' ? pushScope(repository) : pullScope(repository)],
  };
}
