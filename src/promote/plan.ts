import { z } from 'zod';
import { type Digest, digestOf } from '../image/digest.ts';
import { formatReference, pinReference, type TagReference } from '../image/reference.ts';
import { judgeSource, judgeTargets } from '../policy/reference-rule.ts';
import type { Refusal } from '../policy/refusal.ts';
import { judgeTags } from '../policy/tag-rule.ts';
import { judgeTargetTag } from '../policy/tag-state.ts';
import type { Facts, TargetState } from './facts.ts';
import type { Gate } from './outcome.ts';
import type { PromoteRequest } from './request.ts';

const digest = z.string().regex(/^sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$/);

/** What a promotion will do; `schemas/plan.schema.json` is generated from it. Its digest stands in the record. */
export const planSchema = z.strictObject({
  version: z.literal(1),
  source: z.strictObject({ reference: z.string(), digest, mediaType: z.string() }),
  environment: z.string().optional(),
  targets: z.array(
    z.strictObject({
      reference: z.string().describe('registry/repo:tag'),
      found: digest.optional().describe('What the tag pointed at; absent when it was free.'),
      action: z.enum(['write', 'keep']).describe('keep: the tag has this digest already.'),
    }),
  ),
  scan: z.strictObject({
    mode: z.enum(['enforce', 'report', 'off']),
    severity: z.array(z.string()),
    ignoreUnfixed: z.boolean(),
  }),
  writes: z.strictObject({ signature: z.boolean(), record: z.boolean(), referrers: z.enum(['copy', 'ignore']) }),
  policies: z.array(z.strictObject({ name: z.string(), digest })),
});

export type Plan = z.infer<typeof planSchema>;

/** What can be decided before any byte of the image is read. */
export interface Decision {
  readonly plan: Plan;
  readonly text: string;
  readonly digest: Digest;
  readonly gates: readonly Gate[];
  readonly refusals: readonly Refusal[];
}

/** Holds the facts against the policy: every refusal that needs no bytes comes out together. */
export function decide(request: PromoteRequest, facts: Facts): Decision {
  const { policy } = request;
  const reference = [...judgeSource(policy, request.source), ...judgeTargets(policy, request.targets)];
  const tags = judgeTags(policy, request.targets);
  const states = facts.targets.map((state) => ({ state, verdict: judgeState(request, facts, state) }));
  const taken = states.flatMap(({ verdict }) => (verdict.kind === 'refused' ? [verdict.refusal] : []));
  const plan: Plan = {
    version: 1,
    source: {
      reference: formatReference(request.source),
      digest: facts.source.digest,
      mediaType: facts.source.mediaType,
    },
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    targets: states.map(({ state, verdict }) => ({
      reference: formatReference(state.target),
      ...(state.digest === undefined ? {} : { found: state.digest }),
      action: verdict.kind === 'unchanged' ? 'keep' : 'write',
    })),
    scan: {
      mode: policy.scan.mode,
      severity: [...policy.scan.severity],
      ignoreUnfixed: policy.scan.ignoreUnfixed,
    },
    writes: { signature: request.sign, record: request.attest, referrers: request.referrers },
    policies: request.policySources.map(({ name, digest }) => ({ name, digest })),
  };
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  return {
    plan,
    text,
    digest: digestOf(text),
    refusals: [...reference, ...tags, ...taken],
    gates: [
      toGate('Allowed registries', reference, describeAllowLists(request)),
      toGate(
        'Allowed tags',
        tags,
        `no target tag is one of ${policy.targets.forbidTags.join(', ') || '(none forbidden)'}`,
      ),
      toGate('Target tag', taken, describeTargets(states.map(({ state }) => state))),
    ],
  };
}

/** What a plan does with one target. */
export function actionOf(plan: Plan, target: TagReference): Plan['targets'][number]['action'] | undefined {
  return plan.targets.find(({ reference }) => reference === formatReference(target))?.action;
}

/** A gate out of the refusals of its rule. */
export function toGate(name: string, refusals: readonly Refusal[], passed: string): Gate {
  if (refusals.length === 0) return { name, verdict: 'passed', evidence: passed };
  return { name, verdict: 'refused', evidence: refusals.map((refusal) => refusal.message).join(' ') };
}

/** A tag that an earlier attempt of this very run wrote, and whose record is verified, is done; any other follows `existing-tag`. */
function judgeState(request: PromoteRequest, facts: Facts, state: TargetState): ReturnType<typeof judgeTargetTag> {
  const existingTag = state.isOwnEarlierAttempt ? 'accept-same-digest' : request.existingTag;
  return judgeTargetTag({ target: state.target, found: state.digest, wanted: facts.source.digest, existingTag });
}

function describeAllowLists(request: PromoteRequest): string {
  const count = request.policy.sources.allow.length + request.policy.targets.allow.length;
  if (count === 0) return 'no policy limits where images may come from or go to';
  return `${formatReference(request.source)} and ${request.targets.length === 1 ? 'its target' : 'its targets'} are on the allow-lists`;
}

function describeTargets(states: readonly TargetState[]): string {
  return states
    .map(
      ({ target, digest }) =>
        `${formatReference(target)} ${digest === undefined ? 'is free' : 'has this digest already'}`,
    )
    .join('; ');
}

/** The source as it is written into the report: what was asked for, and the digest it meant. */
export function pinSource(request: PromoteRequest, facts: Facts): ReturnType<typeof pinReference> {
  return pinReference(request.source, facts.source.digest);
}
