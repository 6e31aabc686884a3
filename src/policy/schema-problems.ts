import { z } from 'zod';
import type { Problem } from '../base/error.ts';
import { suggestName } from '../base/fields.ts';
import type { Path, PositionedYaml } from './positioned-yaml.ts';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** More problems of one document than these are not told: nobody reads them. */
export const MAX_PROBLEMS = 100;

/** Says what the schema found, where it stands in the document, and what to write instead. */
export function describeIssues(issues: readonly Issue[], yaml: PositionedYaml, schema: z.ZodType): Problem[] {
  return issues.slice(0, MAX_PROBLEMS).flatMap((issue) => describeIssue(issue, issue.path, yaml, schema));
}

function describeIssue(issue: Issue, path: Path, yaml: PositionedYaml, schema: z.ZodType): Problem[] {
  const name = formatPath(path);
  const tell = (message: string, fix = ''): Problem[] => [{ where: yaml.locate(path, 'value'), message, fix }];
  if (!yaml.has(path)) return tell(`${name} is missing.`, 'Add it.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return describeUnknownKeys(issue.keys, path, yaml, findKnownKeys(schema, path));
    case 'invalid_type':
      return tell(`${name} must be ${nameKind(issue)}, not ${nameValue(valueAt(yaml.value, path))}.`);
    case 'invalid_value': {
      const value = valueAt(yaml.value, path);
      const values = issue.values.map(String);
      const suggestion = typeof value === 'string' ? suggestName(value.slice(0, 64), values) : '';
      return tell(
        `${name} must be ${values.join(' or ')}, not ${nameValue(value)}.`,
        suggestion.startsWith('Known') ? '' : suggestion,
      );
    }
    case 'invalid_union': {
      // The branch that the kind of value was meant for: the one that does not fail at its own root.
      const branch = issue.errors.find((errors) => errors.every((e) => e.path.length > 0 || e.code !== 'invalid_type'));
      if (branch !== undefined) return branch.flatMap((e) => describeIssue(e, [...path, ...e.path], yaml, schema));
      const kinds = issue.errors.flat().flatMap((e) => (e.code === 'invalid_type' ? [nameKind(e)] : []));
      return tell(`${name} must be ${kinds.join(' or ')}, not ${nameValue(valueAt(yaml.value, path))}.`);
    }
    case 'invalid_key':
      return issue.issues.map((e) => ({ where: yaml.locate(path, 'key'), message: e.message, fix: fixOf(e) }));
    case 'too_small':
      return tell(`${name} is empty.`, 'Name one, or leave the key out.');
    default:
      return tell(`${name}: ${issue.message}`, fixOf(issue));
  }
}

function describeUnknownKeys(
  keys: readonly string[],
  path: Path,
  yaml: PositionedYaml,
  known: readonly string[],
): Problem[] {
  const place = path.length === 0 ? 'here' : `in ${formatPath(path)}`;
  return keys.slice(0, MAX_PROBLEMS).map((key) => {
    const where = yaml.locate([...path, key], 'key');
    if (key === '<<') return { where, message: 'merge keys (<<) are not supported.', fix: 'Write the keys out.' };
    return {
      where,
      message: `${JSON.stringify(key)} is not known ${place}.`,
      fix: suggestName(key.slice(0, 64), known),
    };
  });
}

/** The keys that a schema knows at a path, by way of its JSON Schema. */
function findKnownKeys(schema: z.ZodType, path: Path): string[] {
  let places: readonly JsonSchema[] = [z.toJSONSchema(schema, { io: 'input' }) as JsonSchema];
  for (const step of path) {
    places = places.flatMap(splitUnion).flatMap((place) => {
      const next =
        typeof step === 'number' ? place.items : (place.properties?.[String(step)] ?? place.additionalProperties);
      return typeof next === 'object' ? [next] : [];
    });
  }
  return places.flatMap(splitUnion).flatMap((place) => Object.keys(place.properties ?? {}));
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function splitUnion(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema];
}

function fixOf(issue: Issue): string {
  const fix = issue.code === 'custom' ? issue.params?.fix : undefined;
  return typeof fix === 'string' ? fix : '';
}

/** The schema's own word for what it expects, else the general one. */
function nameKind(issue: z.core.$ZodIssueInvalidType): string {
  return issue.message.startsWith('Invalid input') ? (KINDS[issue.expected] ?? issue.expected) : issue.message;
}

function nameValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : JSON.stringify(value).slice(0, 80);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}

/** `scan.ignore[2].reason`; `the document` for the root. */
export function formatPath(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}
