import { formatReference, type Reference, type Repository, type TagReference } from '../image/reference.ts';
import type { AllowList, EffectivePolicy, EnvironmentClaim } from './effective.ts';
import { matchesPattern } from './pattern.ts';
import type { Refusal } from './refusal.ts';

/** Holds the source against every allow-list for sources. */
export function judgeSource({ sources }: EffectivePolicy, source: Reference): readonly Refusal[] {
  return sources.allow
    .filter(({ patterns }) => !matchesAny(patterns, source.repository))
    .map((list) => ({
      code: 'REGISTRY_NOT_ALLOWED',
      message: `The source ${formatReference(source)} is not among what ${list.policy} allows: ${describe(list)}.`,
      hint: `Promote from there, or add the source to sources.allow in ${list.policy}.`,
      policies: [list.policy],
    }));
}

/** Holds every target against every allow-list for targets, and against the environments that claim it. */
export function judgeTargets(policy: EffectivePolicy, targets: readonly TagReference[]): readonly Refusal[] {
  return targets.flatMap((target) => [...judgeAllowed(policy, target), ...judgeClaims(policy, target)]);
}

function judgeAllowed({ targets }: EffectivePolicy, target: TagReference): Refusal[] {
  const name = formatReference(target);
  return targets.allow
    .filter(({ patterns }) => !matchesAny(patterns, target.repository))
    .map((list): Refusal => {
      const about = { target: name, policies: [list.policy] };
      if (list.environment === undefined) {
        const message = `The target ${name} is not among what ${list.policy} allows: ${describe(list)}.`;
        const hint = `Promote there, or add the target to targets.allow in ${list.policy}.`;
        return { code: 'REGISTRY_NOT_ALLOWED', message, hint, ...about };
      }
      const message = `The target ${name} is not one of the environment ${list.environment}, which ${list.policy} gives ${describe(list)}.`;
      const hint = `Promote there, or add the target to environments.${list.environment}.targets in ${list.policy}.`;
      return { code: 'ENVIRONMENT_MISMATCH', message, hint, ...about };
    });
}

/** Policy by policy: a target that belongs to environments must belong to the chosen one. */
function judgeClaims({ targets, environment }: EffectivePolicy, target: TagReference): Refusal[] {
  const claims = targets.claims.filter(({ patterns }) => matchesAny(patterns, target.repository));
  const name = formatReference(target);
  return [...Map.groupBy(claims, ({ policy }) => policy)].flatMap(([policy, owners]): Refusal[] => {
    if (owners.some((claim) => claim.environment === environment)) return [];
    // Outside the chosen environment's own targets: told above already.
    if (targets.allow.some((list) => list.policy === policy && list.environment !== undefined)) return [];
    const chosen = environment === undefined ? 'no environment is chosen' : `the environment is ${environment}`;
    return [
      {
        code: 'ENVIRONMENT_MISMATCH',
        message: `The target ${name} belongs to the environment ${joinNames(owners)} (${policy}), and ${chosen}.`,
        hint: `Set environment: ${owners[0]?.environment ?? ''}, or promote to another target.`,
        target: name,
        policies: [policy],
      },
    ];
  });
}

function matchesAny(patterns: readonly string[], repository: Repository): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, repository));
}

function describe({ patterns }: AllowList): string {
  return patterns.length === 0 ? 'nothing' : patterns.join(', ');
}

function joinNames(claims: readonly EnvironmentClaim[]): string {
  return claims.map(({ environment }) => environment).join(' or ');
}
