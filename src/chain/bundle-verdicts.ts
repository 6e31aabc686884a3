import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { SignerError } from '../signer/error.ts';
import type { BundleVerdict, Verifier } from '../signer/verifier.ts';
import type { AttachedBundle } from './attached-bundle.ts';
import { findSubject } from './attached-statement.ts';
import type { TaskLimit } from './task-limit.ts';

/** What became of one bundle: the anchor under which it verified, or why it does not count. */
export interface BundleResult {
  readonly bundle: AttachedBundle;
  readonly outcome:
    | { readonly anchor: TrustAnchor }
    /** `undecided` is what kept cosign from a verdict. */
    | { readonly reason: string; readonly undecided?: SignerError };
}

/** Verifies bundles about a digest, each by its own bytes and under the first anchor that holds. */
export type BundleJudge = (
  digest: Digest,
  bundles: readonly AttachedBundle[],
  anchors: readonly TrustAnchor[],
) => Promise<BundleResult[]>;

/** Bundles under way at once; how many processes that makes, the limit says. */
const CONCURRENT_BUNDLES = 8;

/** Makes a judge that verifies nothing twice. */
export function createBundleJudge(verifier: Verifier, limit: TaskLimit): BundleJudge {
  const known = new WeakMap<AttachedBundle, Map<string, Promise<BundleVerdict>>>();
  const verify = (bundle: AttachedBundle, digest: Digest, anchor: TrustAnchor): Promise<BundleVerdict> => {
    const verdicts = known.get(bundle) ?? new Map<string, Promise<BundleVerdict>>();
    known.set(bundle, verdicts);
    const key = JSON.stringify([digest, { ...anchor, name: '' }]);
    const verdict =
      verdicts.get(key) ?? limit(() => verifier.verifyBundle(bundle.bundle, digest, bundle.predicateType, anchor));
    verdicts.set(key, verdict);
    return verdict;
  };
  return (digest, bundles, anchors) =>
    mapConcurrently(bundles, CONCURRENT_BUNDLES, async (bundle) => {
      if (findSubject(bundle.statement, digest) === undefined) {
        return { bundle, outcome: { reason: 'it is about another digest' } };
      }
      const reasons = new Set<string>();
      let undecided: SignerError | undefined;
      for (const anchor of anchors.filter(({ kind }) => kind === bundle.identity.kind)) {
        try {
          const verdict = await verify(bundle, digest, anchor);
          if (verdict.valid) return { bundle, outcome: { anchor } };
          reasons.add(verdict.reason);
        } catch (error) {
          undecided = asUndecided(error);
          reasons.add(undecided.message);
        }
      }
      const reason = [...reasons].join('; ') || 'no signer of this kind is trusted';
      return { bundle, outcome: { reason, ...(undecided === undefined ? {} : { undecided }) } };
    });
}

/** cosign may stumble over what somebody attached: that must not hide what others did. What is no such thing is thrown. */
export function asUndecided(error: unknown): SignerError {
  if (error instanceof SignerError && error.code === 'VERIFICATION_UNDECIDED') return error;
  throw error;
}
