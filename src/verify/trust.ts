import type { Repository } from '../image/reference.ts';
import { selectTrust, type TrustList } from '../policy/trust.ts';
import type { VerifyRequest } from './request.ts';

/** What the trust that the inputs state is called. */
const INPUTS = 'the inputs';

/** Who may have promoted to a repository: a list for the inputs and one for each policy. Each must be satisfied; a list without anchors trusts nobody. */
export function listTrust(
  { policy, anchor, keys }: VerifyRequest,
  repository: Repository,
  now: Date,
): readonly TrustList[] {
  const own = anchor === undefined ? [] : [{ policy: INPUTS, anchors: [anchor], lapsed: [] }];
  return [...own, ...selectTrust(policy, 'promotion', repository, now, keys)];
}

/** Who may have promoted to the repository of a former stage: what the policies say of it, and the inputs only where no policy says anything of anybody. */
export function listStageTrust(request: VerifyRequest, repository: Repository, now: Date): readonly TrustList[] {
  const stated = selectTrust(request.policy, 'promotion', repository, now, request.keys);
  return stated.length > 0 ? stated : listTrust(request, repository, now);
}
