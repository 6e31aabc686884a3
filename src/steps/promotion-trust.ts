import type { Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { type SignerRole, selectTrust, type TrustList } from '../policy/trust.ts';

/** What of a request says whose signatures count. */
export interface TrustRequest {
  readonly policy: EffectivePolicy;
  /** Who must have signed, by the inputs; what policies demand is in the policy. */
  readonly anchor: TrustAnchor | undefined;
  /** The public keys in PEM that policies name, by their paths. */
  readonly keys: ReadonlyMap<string, string>;
}

/** What the trust that the inputs state is called. */
const INPUTS = 'the inputs';

/** Who may have promoted to a repository: a list for the inputs and one for each policy. Each must be satisfied; a list without anchors trusts nobody. */
export function listTrust(request: TrustRequest, repository: Repository, now: Date): readonly TrustList[] {
  return [...trustOfInputs(request), ...selectTrust(request.policy, 'promotion', repository, now, request.keys)];
}

/** Who may have signed an image, whether it was built or promoted to where it is: likewise a list each, in which any signer of these roles will do. */
export function listSignatureTrust(request: TrustRequest, repository: Repository, now: Date): readonly TrustList[] {
  const roles: readonly SignerRole[] = ['source', 'promotion'];
  const lists = roles.flatMap((role) => selectTrust(request.policy, role, repository, now, request.keys));
  const byPolicy = [...Map.groupBy(lists, ({ policy }) => policy)].map(
    ([policy, same]): TrustList => ({
      policy,
      anchors: same.flatMap(({ anchors }) => anchors),
      lapsed: [...new Set(same.flatMap(({ lapsed }) => lapsed))],
    }),
  );
  return [...trustOfInputs(request), ...byPolicy];
}

function trustOfInputs({ anchor }: TrustRequest): readonly TrustList[] {
  return anchor === undefined ? [] : [{ policy: INPUTS, anchors: [anchor], lapsed: [] }];
}
