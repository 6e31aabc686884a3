import type { Problem } from '../base/error.ts';
import type { EnvironmentClaim } from './effective.ts';
import type { Policy, PolicyEnvironment, PolicySections } from './schema.ts';

/** A policy and what it is called. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/** What a policy says once the chosen environment has replaced what it replaces. */
export interface ResolvedPolicy {
  readonly name: string;
  readonly sections: PolicySections;
  /** The environment that `targets.allow` is of; undefined when it holds everywhere. */
  readonly targetsOf: string | undefined;
}

/** Puts the chosen environment over a policy: key by key, not section by section. */
export function resolveEnvironment({ name, policy }: NamedPolicy, environment: string | undefined): ResolvedPolicy {
  const chosen = environment === undefined ? undefined : environmentsOf(policy).get(environment);
  if (chosen === undefined) return { name, sections: policy, targetsOf: undefined };
  const { targets: _targets, ...overlay } = chosen;
  const targets = targetsSection(chosen);
  return {
    name,
    sections: replaceKeys(policy, targets === undefined ? overlay : { ...overlay, targets }),
    targetsOf: targets?.allow === undefined ? undefined : environment,
  };
}

/** The targets that each environment of a policy calls its own. */
export function listClaims({ name, policy }: NamedPolicy): readonly EnvironmentClaim[] {
  return [...environmentsOf(policy)].flatMap(([environment, overlay]) => {
    const patterns = targetsSection(overlay)?.allow;
    return patterns === undefined ? [] : [{ policy: name, environment, patterns }];
  });
}

/** An environment that no policy knows is wrong use; where policies speak of no environment at all, it is only a label. */
export function findUnknownEnvironment(
  policies: readonly NamedPolicy[],
  environment: string | undefined,
): readonly Problem[] {
  if (environment === undefined) return [];
  const where = 'input environment';
  if (policies.length === 0) {
    const fix = 'Add .github/promote-image.yml, or name one with the policy input.';
    return [{ where, message: `names ${environment}, and there is no policy.`, fix }];
  }
  const known = new Set(policies.flatMap(({ policy }) => [...environmentsOf(policy).keys()]));
  const speaking = policies.filter(({ policy }) => policy.environments !== undefined).map(({ name }) => name);
  if (speaking.length === 0 || known.has(environment)) return [];
  const names = known.size === 0 ? 'none' : [...known].join(', ');
  const message = `names ${JSON.stringify(environment)}, which ${speaking.join(' and ')} ${speaking.length === 1 ? 'does' : 'do'} not define.`;
  return [{ where, message, fix: `Defined: ${names}.` }];
}

function environmentsOf(policy: Policy): ReadonlyMap<string, PolicyEnvironment> {
  return new Map(Object.entries(policy.environments ?? {}));
}

function targetsSection({ targets }: PolicyEnvironment): PolicySections['targets'] {
  return Array.isArray(targets) ? { allow: targets } : targets;
}

function replaceKeys(below: PolicySections, above: PolicySections): PolicySections {
  const merged: Record<string, unknown> = { ...below };
  for (const [section, value] of Object.entries(above)) {
    if (value === undefined) continue;
    const beneath = merged[section];
    merged[section] = isRecord(value) && isRecord(beneath) ? { ...beneath, ...value } : value;
  }
  return merged as PolicySections;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
