import type { Problem } from '../base/error.ts';
import type { Path, PositionedYaml } from './positioned-yaml.ts';
import { formatPath } from './schema-problems.ts';

/** A rule of the policy that a later release brings: stating it is refused, since a rule that nobody enforces is worse than none. */
interface NotEnforced {
  /** `*` stands for every entry of a list. */
  readonly path: readonly string[];
  /** True for the values that need what is missing. */
  readonly applies: (value: unknown) => boolean;
  /** What is missing, as a phrase that follows "does not enforce". */
  readonly what: string;
  readonly fix: string;
}

const always = (): boolean => true;
const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** One row per rule; whoever builds one deletes its row. */
const NOT_ENFORCED: readonly NotEnforced[] = [
  { path: ['checks', 'require'], applies: isFilled, what: 'required checks', fix: 'Remove it.' },
  { path: ['signature', 'repository'], applies: always, what: 'another signature repository', fix: 'Remove it.' },
];

/** Finds what a policy states that this release would not enforce, at the top and in every environment, chosen or not. */
export function findNotEnforced(yaml: PositionedYaml): Problem[] {
  const roots: Path[] = [[], ...keysOf(read(yaml.value, 'environments')).map((name) => ['environments', name])];
  return roots.flatMap((root) =>
    NOT_ENFORCED.flatMap((row) =>
      expand(yaml.value, root, row.path)
        .filter(({ value }) => row.applies(value))
        .map(({ path }) => ({
          where: yaml.locate(path, 'value'),
          message: `${formatPath(path)}: this release does not enforce ${row.what} yet.`,
          fix: row.fix,
        })),
    ),
  );
}

/** Every value that a path with `*` leads to, below a root. */
function expand(document: unknown, root: Path, path: readonly string[]): { path: Path; value: unknown }[] {
  let places = [{ path: root, value: root.reduce(read, document) }];
  for (const step of path) {
    places = places.flatMap((place) => {
      if (step !== '*') return [{ path: [...place.path, step], value: read(place.value, step) }];
      return Array.isArray(place.value)
        ? place.value.map((value: unknown, i) => ({ path: [...place.path, i], value }))
        : [];
    });
  }
  return places.filter((place) => place.value !== undefined);
}

function read(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
