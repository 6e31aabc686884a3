import { parseReference, type Repository, type TagReference } from '../../src/image/reference.ts';
import type { EffectivePolicy, JudgedPolicy } from '../../src/policy/effective.ts';
import type { NamedPolicy } from '../../src/policy/environment.ts';
import { mergePolicies } from '../../src/policy/merge.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

/** A policy of these lines; `version: 1` stands before them. Throws where the lines are wrong. */
export function readSample(name: string, lines: string): NamedPolicy {
  const { policy, problems } = parsePolicy(`version: 1\n${lines}\n`, name);
  if (policy === undefined) throw new Error(problems.map(({ where, message }) => `${where}: ${message}`).join('\n'));
  return { name, policy };
}

/** Policies `a.yml`, `b.yml`, … of these lines, merged. */
export function mergeSamples(samples: readonly string[], environment?: string): JudgedPolicy {
  const policies = samples.map((lines, i) => readSample(`${'abcdef'[i]}.yml`, lines));
  return mergePolicies(policies, environment);
}

/** The same, when nothing is wrong. */
export function effectiveOf(samples: readonly string[], environment?: string): EffectivePolicy {
  const { policy, problems } = mergeSamples(samples, environment);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return policy;
}

export function tagReference(text: string): TagReference {
  const reference = parseReference(text);
  if (reference.kind !== 'tag') throw new Error(`${text} is no tag`);
  return reference;
}

/** A name as it would be if the parser had let it through. */
export function uncheckedRepository(text: string): Repository {
  return text as Repository;
}
