import { parseInstant } from './date.ts';
import { readField } from './json-field.ts';
import { findTimeFields } from './predicate-types.ts';

/** When a predicate says that it was made: at `time`, not at all, or with something that is no time of RFC 3339. */
export type PredicateTime =
  | { readonly kind: 'known'; readonly time: Date }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly text: string };

/** With its zone, since a time without one is another time elsewhere; https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
const TIME =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/;

/** Reads when a predicate says that it was made; never throws, whatever the predicate is. */
export function readPredicateTime(predicateType: string, predicate: unknown): PredicateTime {
  for (const path of findTimeFields(predicateType) ?? []) {
    const value = readField(predicate, path);
    if (value === undefined || value === null || value === '') continue;
    return readTime(value);
  }
  return { kind: 'absent' };
}

function readTime(value: unknown): PredicateTime {
  if (typeof value !== 'string')
    return { kind: 'unreadable', text: Array.isArray(value) ? 'a list' : `a ${typeof value}` };
  const instant = value.length <= 64 && TIME.test(value) ? parseInstant(value) : undefined;
  return instant === undefined ? { kind: 'unreadable', text: value } : { kind: 'known', time: new Date(instant) };
}
