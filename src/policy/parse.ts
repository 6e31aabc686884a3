import type { Problem } from '../base/error.ts';
import { findNotEnforced } from './not-enforced.ts';
import { parseYaml } from './parse-yaml.ts';
import { type Policy, policySchema } from './schema.ts';

/** One policy, or everything that is wrong with its file. */
export interface ParsedPolicy {
  /** Undefined exactly when there are problems. */
  readonly policy: Policy | undefined;
  readonly problems: readonly Problem[];
}

/** Parses one policy file. `name` is how it is called in problems, refusals and the record. A rule that this release does not enforce yet is a problem too. */
export function parsePolicy(text: string, name: string): ParsedPolicy {
  const { value, problems } = parseYaml(policySchema, text, name, findNotEnforced);
  return { policy: value, problems };
}
