import { endOfDay } from './date.ts';
import type { IncompleteAllowance, ScanMode } from './effective.ts';
import type { Exception } from './exceptions.ts';
import type { Policy } from './schema.ts';

/** What one policy states for one key. */
export interface Statement<T> {
  readonly policy: string;
  readonly value: T;
}

type Ignored = NonNullable<NonNullable<Policy['scan']>['ignore']>[number];
type Allowed = NonNullable<NonNullable<Policy['scan']>['allowIncomplete']>[number];

const MODES: readonly ScanMode[] = ['enforce', 'report', 'off'];

/** Everything that any of the lists names, each entry once. */
export function unite<T>(lists: readonly Statement<readonly T[]>[]): readonly T[] {
  return [...new Set(lists.flatMap(({ value }) => value))];
}

/** What every list names, in the order of the first. */
export function intersect<T>(lists: readonly Statement<readonly T[]>[]): readonly T[] {
  const [first, ...rest] = lists;
  return [...new Set(first?.value ?? [])].filter((entry) => rest.every(({ value }) => value.includes(entry)));
}

/** The strictest mode that is stated, or undefined. */
export function pickMode(statements: readonly Statement<ScanMode>[]): ScanMode | undefined {
  return MODES.find((mode) => statements.some(({ value }) => value === mode));
}

/** The exceptions that every policy makes: same vulnerability and package, where one that names no package covers each; the earliest day counts. */
export function intersectIgnored(lists: readonly Statement<readonly Ignored[]>[]): readonly Exception[] {
  const common = intersectEntries(lists, (a, b) => {
    if (a.id !== b.id) return undefined;
    if (a.package !== undefined && b.package !== undefined && a.package !== b.package) return undefined;
    return { ...a, package: a.package ?? b.package };
  });
  return common.map(({ entry, source }) => ({
    id: entry.id,
    packages: entry.package === undefined ? [] : [entry.package],
    reason: entry.reason,
    expires: entry.expires,
    endsAt: endOfDay(entry.expires) ?? 0,
    source,
  }));
}

/** The allowances that every policy makes: same pattern and platform; the earliest day counts. */
export function intersectAllowed(lists: readonly Statement<readonly Allowed[]>[]): readonly IncompleteAllowance[] {
  const common = intersectEntries(lists, (a, b) => (a.image === b.image && a.platform === b.platform ? a : undefined));
  return common.map(({ entry, source }) => ({ ...entry, source }));
}

/** What policies agree on, and which they are. */
export interface Sourced<T> {
  readonly entry: T;
  readonly source: string;
}

/** The entries that every list makes, with all their reasons and the earliest day; `meet` says what two of them have in common, if anything. */
export function intersectEntries<T extends { readonly reason: string; readonly expires: string }>(
  lists: readonly Statement<readonly T[]>[],
  meet: (a: T, b: T) => T | undefined,
): readonly Sourced<T>[] {
  const [first, ...rest] = lists.map(({ policy, value }) =>
    value.map((entry): Sourced<T> => ({ entry, source: policy })),
  );
  return rest.reduce(
    (common, list) =>
      common.flatMap((a) =>
        list.flatMap((b) => {
          const entry = meet(a.entry, b.entry);
          if (entry === undefined) return [];
          const reason = [...new Set([a.entry.reason, b.entry.reason])].join('; ');
          const expires = a.entry.expires < b.entry.expires ? a.entry.expires : b.entry.expires;
          return [{ entry: { ...entry, reason, expires }, source: `${a.source}, ${b.source}` }];
        }),
      ),
    first ?? [],
  );
}
