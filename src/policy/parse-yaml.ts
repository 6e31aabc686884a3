import type { z } from 'zod';
import type { Problem } from '../base/error.ts';
import { type PositionedYaml, readYaml } from './positioned-yaml.ts';
import { describeIssues, MAX_PROBLEMS } from './schema-problems.ts';

/** What a schema made of a document, or everything that is wrong with it, in the order of the lines. */
export interface ParsedYaml<T> {
  /** Undefined exactly when there are problems. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** Parses a YAML document against a schema. Every problem is told at once, at `name:line:column`; an empty document is one. `inspect` may find more in what was written. */
export function parseYaml<T>(
  schema: z.ZodType<T>,
  text: string,
  name: string,
  inspect: (yaml: PositionedYaml) => readonly Problem[] = () => [],
  maxBytes?: number,
): ParsedYaml<T> {
  const yaml = readYaml(text, name, maxBytes);
  if (yaml.value === undefined) return { value: undefined, problems: limit(yaml.problems) };
  if (yaml.value === null) {
    const empty = { where: `${name}:1:1`, message: 'it is empty.', fix: 'Fill it, or leave it out.' };
    return { value: undefined, problems: [...yaml.problems, empty] };
  }
  const result = schema.safeParse(yaml.value);
  const issues = result.success ? [] : describeIssues(result.error.issues, yaml, schema);
  const problems = [...yaml.problems, ...issues, ...inspect(yaml)];
  if (problems.length > 0 || !result.success) return { value: undefined, problems: limit(problems) };
  return { value: result.data, problems: [] };
}

function limit(problems: readonly Problem[]): readonly Problem[] {
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const sorted = [...distinct.values()].sort((a, b) => comparePlaces(a.where, b.where));
  const [first] = sorted;
  if (first === undefined || sorted.length <= MAX_PROBLEMS) return sorted;
  const name = first.where.replace(/:\d+:\d+$/, '');
  const rest = { where: name, message: `only the first ${MAX_PROBLEMS} problems are shown.`, fix: '' };
  return [...sorted.slice(0, MAX_PROBLEMS), rest];
}

function comparePlaces(a: string, b: string): number {
  const [lineA = 0, columnA = 0] = readPlace(a);
  const [lineB = 0, columnB = 0] = readPlace(b);
  return lineA - lineB || columnA - columnB;
}

function readPlace(where: string): number[] {
  return where.split(':').slice(-2).map(Number);
}
