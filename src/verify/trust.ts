import type { Repository } from '../image/reference.ts';
import { selectTrust, type TrustList } from '../policy/trust.ts';
import { listTrust } from '../steps/promotion-trust.ts';
import type { VerifyRequest } from './request.ts';

/** Who may have promoted to the repository of a former stage: what the policies say of it, and the inputs only where no policy says anything of anybody. */
export function listStageTrust(request: VerifyRequest, repository: Repository, now: Date): readonly TrustList[] {
  const stated = selectTrust(request.policy, 'promotion', repository, now, request.keys);
  return stated.length > 0 ? stated : listTrust(request, repository, now);
}
