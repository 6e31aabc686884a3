import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { FindTagged } from '../registry/find-tagged.ts';
import type { LegacyLayer } from '../registry/legacy-tags.ts';
import { type LoopbackView, openLoopbackView } from '../registry/loopback-view.ts';
import { SignerError } from '../signer/error.ts';
import { explainLayers, findLegacyAttachment, type LegacyAttachment } from './attached-legacy.ts';
import { describeFlaw } from './attachment-flaw.ts';
import { asUndecided } from './bundle-verdicts.ts';
import { describeUnreadable } from './evidence-others.ts';
import type { TaskLimit } from './task-limit.ts';

type LegacyForm = 'sig' | 'att';

/** What cosign accepts of the older form, by whom, and sentences for what it does not. */
export interface LegacyEvidence<T> {
  readonly verified: readonly { readonly anchor: TrustAnchor; readonly found: T }[];
  readonly others: readonly string[];
  /** Where nothing verified: the predicate types that the layers are said to have, which nobody signed. */
  readonly unverifiedTypes?: readonly string[];
  /** What kept cosign from a verdict. */
  readonly undecided?: SignerError;
}

/** Lets cosign verify what stands under the older tags of a repository, through a view that is open only meanwhile. */
export interface LegacyReader {
  /** Asks once for each anchor; where there is no such tag, cosign is not started. */
  find<T>(
    digest: Digest,
    form: LegacyForm,
    anchors: readonly TrustAnchor[],
    verify: (reference: string, anchor: TrustAnchor) => Promise<readonly T[]>,
  ): Promise<LegacyEvidence<T>>;
  close(): Promise<void>;
}

/** Makes such a reader; `limit` bounds its processes together with others. */
export function createLegacyReader(
  client: RegistryClient,
  repository: Repository,
  findTagged: FindTagged,
  limit: TaskLimit,
): LegacyReader {
  const looked = new Map<string, Promise<LegacyAttachment>>();
  const views = new Set<LoopbackView>();
  const lookOnce = (digest: Digest, form: LegacyForm): Promise<LegacyAttachment> => {
    const key = `${digest}.${form}`;
    const look = looked.get(key) ?? findLegacyAttachment(repository, digest, form, findTagged);
    looked.set(key, look);
    return look;
  };

  return {
    async find(digest, form, anchors, verify) {
      const attachment = await lookOnce(digest, form);
      if (attachment.kind === 'absent') return { verified: [], others: [] };
      const unreadable = (reason: string): string => describeUnreadable({ manifest: attachment.tag, reason });
      if (attachment.kind === 'flawed') return { verified: [], others: [unreadable(attachment.reason)] };
      const view = await openLoopbackView(client, repository);
      views.add(view);
      try {
        const reference = `${view.repository}@${digest}`;
        const found = await mapConcurrently(anchors, anchors.length, async (anchor) => {
          const all = await limit(() => verify(reference, anchor));
          return all.map((each) => ({ anchor, found: each }));
        });
        const verified = found.flat();
        const flaw = readFlaw(view);
        if (flaw !== undefined) return { verified, others: [unreadable(flaw)] };
        if (verified.length > 0) return { verified, others: [] };
        const none = `${attachment.tag} holds nothing of this kind by a trusted signer`;
        return { verified, others: [none], unverifiedTypes: listTypes(attachment.layers) };
      } catch (error) {
        const reason = await explain(error, view, attachment);
        if (reason !== undefined) return { verified: [], others: [unreadable(reason)] };
        const undecided = asUndecided(error);
        return { verified: [], others: [unreadable(undecided.message)], undecided };
      } finally {
        views.delete(view);
        await view.close();
      }
    },

    async close() {
      await Promise.all([...views].map((view) => view.close()));
      views.clear();
    },
  };

  /** Content that anybody may have put there, and that cosign could not read, is no failure of the registry. */
  async function explain(
    error: unknown,
    view: LoopbackView,
    { layers }: LegacyAttachment & { readonly kind: 'present' },
  ): Promise<string | undefined> {
    const flaw = readFlaw(view);
    if (flaw !== undefined) return flaw;
    return error instanceof SignerError ? explainLayers(client, repository, layers) : undefined;
  }
}

/** As cosign writes it beside the layer of an attestation. */
function listTypes(layers: readonly LegacyLayer[]): string[] {
  return layers.flatMap(({ descriptor }) => descriptor.annotations.predicateType ?? []);
}

/** What of the content the view could not pass on. What cosign concluded from a registry that did not answer is no conclusion: that is thrown. */
function readFlaw(view: LoopbackView): string | undefined {
  const fault = view.fault();
  const flaw = describeFlaw(fault);
  if (fault !== undefined && flaw === undefined) throw fault;
  return flaw;
}
