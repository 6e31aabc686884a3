import type { NamedPolicy } from './environment.ts';
import { readPredicateTime } from './predicate-time.ts';

/** For each predicate type, the least `maxAge` that any policy states for it: of all environments, since what one stage attaches is held against the requirements of the next. */
export function findLeastAges(policies: readonly NamedPolicy[]): ReadonlyMap<string, number> {
  const required = policies
    .flatMap(({ policy }) => [policy, ...Object.values(policy.environments ?? {})])
    .flatMap(({ attestations }) => attestations?.require ?? []);
  const least = new Map<string, number>();
  for (const { type, maxAge } of required) {
    if (maxAge !== undefined) least.set(type, Math.min(maxAge, least.get(type) ?? maxAge));
  }
  return least;
}

/** Two predicates of one type, the one that is there and the one that would be made now. */
export interface Renewal {
  readonly type: string;
  readonly found: unknown;
  readonly wanted: unknown;
}

/** True when what is there is still good for a while: younger than half of what any policy allows, by what both say of when they were made. Where no policy limits the age of its type, it always is. */
export function isFresh({ type, found, wanted }: Renewal, maxAges: ReadonlyMap<string, number>): boolean {
  const maxAge = maxAges.get(type);
  if (maxAge === undefined) return true;
  const [then, now] = [found, wanted].map((predicate) => readPredicateTime(type, predicate));
  if (then?.kind !== 'known' || now?.kind !== 'known') return false;
  return Math.abs(now.time.getTime() - then.time.getTime()) < maxAge / 2;
}
