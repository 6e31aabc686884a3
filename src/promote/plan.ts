import { formatReference, pinReference, type TagReference } from '../image/reference.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { formatPlan, type PlanText } from '../plan/plan-text.ts';
import { type Gate, toGate } from '../policy/gate.ts';
import { judgeSource, judgeTargets } from '../policy/reference-rule.ts';
import type { Refusal } from '../policy/refusal.ts';
import { judgeTags } from '../policy/tag-rule.ts';
import { judgeTargetTag } from '../policy/tag-state.ts';
import type { Facts, TargetState } from './facts.ts';
import type { Journal } from './journal.ts';
import { listPlanChanges } from './plan-changes.ts';
import type { PromoteRequest } from './request.ts';
import type { ReliedEvidence } from './source-evidence.ts';

/** What can be decided before any byte of the image is read. */
export interface Decision extends PlanText {
  readonly gates: readonly Gate[];
  readonly refusals: readonly Refusal[];
}

/** Holds the facts against the policy, and against the plan that was approved: every refusal that needs no bytes comes out together. */
export function decide(request: PromoteRequest, facts: Facts, relied: readonly ReliedEvidence[] = []): Decision {
  const { policy } = request;
  const reference = [...judgeSource(policy, request.source), ...judgeTargets(policy, request.targets)];
  const tags = judgeTags(policy, request.targets);
  const states = facts.targets.map((state) => ({ state, verdict: judgeState(request, facts, state) }));
  const taken = states.flatMap(({ verdict }) => (verdict.kind === 'refused' ? [verdict.refusal] : []));
  const actions = states.map(({ verdict }) => ACTIONS[verdict.kind]);
  const plan = composePlan(request, facts, actions, relied);
  const stale = request.plan === undefined ? [] : judgePlan(request.plan, plan);
  return {
    ...formatPlan(plan),
    refusals: [...reference, ...tags, ...taken, ...stale],
    gates: [
      toGate('Allowed registries', reference, describeAllowLists(request)),
      toGate(
        'Allowed tags',
        tags,
        `no target tag is one of ${policy.targets.forbidTags.join(', ') || '(none forbidden)'}`,
      ),
      toGate('Target tag', taken, describeTargets(facts.targets, actions)),
      ...(request.plan === undefined
        ? []
        : [toGate('Approved plan', stale, `what is done is what ${request.plan.digest} says`)]),
    ],
  };
}

const ACTIONS = { write: 'write', refused: 'write', unchanged: 'keep', move: 'move' } as const;

/** The plan once the gates have ended, with what they said, for who approves it. Where a plan was approved it is that one, whatever was found now. */
export function concludePlan(
  { plan: approved }: PromoteRequest,
  { plan }: Decision,
  { gates, scan }: Pick<Journal, 'gates' | 'scan'>,
): PlanText {
  if (approved !== undefined) return approved;
  const verdicts = gates.map(({ name, verdict, evidence }) => ({ name, verdict, evidence }));
  return formatPlan({
    ...plan,
    gates: verdicts,
    ...(scan === undefined ? {} : { vulnerabilities: { ...scan.counts } }),
  });
}

function judgePlan({ plan: approved, digest }: PlanText, plan: Plan): Refusal[] {
  const changes = listPlanChanges(approved, plan);
  if (changes.length === 0) return [];
  return [
    {
      code: 'PLAN_STALE',
      message: `The plan ${digest} no longer holds: ${changes.join('; ')}.`,
      hint: 'Make a plan again with dry-run: true, and have it approved.',
    },
  ];
}

function composePlan(
  request: PromoteRequest,
  facts: Facts,
  actions: readonly Plan['targets'][number]['action'][],
  relied: readonly ReliedEvidence[],
): Plan {
  const { policy, sign, attest } = request;
  const { format, transparencyLog } = policy.signature;
  return {
    version: 1,
    source: {
      reference: formatReference(request.source),
      digest: facts.source.digest,
      mediaType: facts.source.mediaType,
    },
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    targets: facts.targets.map(({ target, digest }, i) => ({
      reference: formatReference(target),
      ...(digest === undefined ? {} : { found: digest }),
      action: actions[i] ?? 'write',
    })),
    scan: {
      mode: policy.scan.mode,
      severity: [...policy.scan.severity],
      ignoreUnfixed: policy.scan.ignoreUnfixed,
      from: policy.scan.from,
    },
    writes: {
      signature: sign,
      record: attest,
      referrers: request.referrers,
      ...(sign
        ? { formats: format === 'both' ? ['bundle', 'legacy'] : [format], annotations: { ...request.annotations } }
        : {}),
      ...(sign || attest ? { transparencyLog } : {}),
      vsa: attest,
      scan: attest && policy.scan.mode !== 'off',
    },
    policies: request.policySources.map(({ name, digest }) => ({ name, digest })),
    files: request.files.map(({ name, digest }) => ({ name, digest })),
    evidence: relied.map(({ kind, type, signer, digest }) => ({
      kind,
      type,
      signer,
      ...(digest === undefined ? {} : { digest }),
    })),
  };
}

/** What a plan does with one target. */
export function actionOf(plan: Plan, target: TagReference): Plan['targets'][number]['action'] | undefined {
  return plan.targets.find(({ reference }) => reference === formatReference(target))?.action;
}

/** A tag that an earlier attempt of this very run wrote, and whose record is verified, is done; any other follows `existing-tag`. */
function judgeState(request: PromoteRequest, facts: Facts, state: TargetState): ReturnType<typeof judgeTargetTag> {
  const { target, digest: found, isOwnEarlierAttempt } = state;
  const existingTag = isOwnEarlierAttempt ? 'accept-same-digest' : request.existingTag;
  const { channels } = request.policy.targets;
  return judgeTargetTag({ target, found, wanted: facts.source.digest, existingTag, channels });
}

function describeAllowLists(request: PromoteRequest): string {
  const count = request.policy.sources.allow.length + request.policy.targets.allow.length;
  if (count === 0) return 'no policy limits where images may come from or go to';
  return `${formatReference(request.source)} and ${request.targets.length === 1 ? 'its target' : 'its targets'} are on the allow-lists`;
}

function describeTargets(
  states: readonly TargetState[],
  actions: readonly Plan['targets'][number]['action'][],
): string {
  return states
    .map(({ target, digest }, i) => {
      const name = formatReference(target);
      if (digest === undefined) return `${name} is free`;
      return actions[i] === 'move' ? `${name} moves from ${digest}` : `${name} has this digest already`;
    })
    .join('; ');
}

/** The source as it is written into the report: what was asked for, and the digest it meant. */
export function pinSource(request: PromoteRequest, facts: Facts): ReturnType<typeof pinReference> {
  return pinReference(request.source, facts.source.digest);
}
