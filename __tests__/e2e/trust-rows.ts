import type { ExternalRegistry } from '../../lab/external-registry.ts';
import type { StepResult } from '../../lab/runner.ts';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { type End, endOf, type PromoteStep, refusalsOf, success, refused as toRefused } from './fixture.ts';
import { read } from './fixture-target.ts';

/** A promotion, and how it has to end. */
export interface Row {
  readonly name: string;
  /** `repository:tag` or `repository@digest`, at the registry under test. */
  readonly source: string;
  readonly step: PromoteStep;
  /** The codes of the refusals; without them it is promoted, or planned. */
  readonly refused?: readonly string[];
  /** What their messages must show. */
  readonly shows?: RegExp;
  /** false: the promotion is not to sign or attest, which takes its time. */
  readonly signs?: boolean;
}

/** How a promotion ended, for the job and for the registry. */
export interface Observed {
  readonly step: StepResult;
  /** The repository that it was to write to. */
  readonly target: string;
  readonly end: End;
  readonly messages: string;
  /** Whether every refusal says what to do about it. */
  readonly isAdvised: boolean;
  /** What the registry logged below the target's repository that is more than a question. */
  readonly writes: readonly string[];
  /** The tags that it shows there afterwards, without those that cosign and the specification name after digests. */
  readonly tags: readonly string[];
  /** What it logged below other repositories that is more than a question. */
  readonly strayWrites: readonly string[];
}

const UNTOUCHED = { writes: [], tags: [], strayWrites: [] };

/** What must have been observed of such a row. */
export function expected({ refused, step }: Row): Partial<Observed> {
  if (refused !== undefined) return { ...UNTOUCHED, end: toRefused(...refused), isAdvised: true };
  if (step.inputs?.['dry-run'] === 'true') return { ...UNTOUCHED, end: success('planned') };
  return { end: success('promoted'), tags: ['1'], strayWrites: [] };
}

/** Promotes every row to a repository of its own, two at a time. A row that could not be run throws when it is asked for. */
export async function observeRows(
  rows: readonly Row[],
  registry: ExternalRegistry,
  promote: (source: string, target: string, step: PromoteStep) => Promise<StepResult>,
): Promise<(row: Row) => Observed> {
  const before = (await registry.log()).length;
  const steps = await mapConcurrently(rows, 2, async ({ source, step, signs = true }, index) => {
    const off = { sign: 'false', attest: 'false', referrers: 'ignore' };
    const inputs = { ...(signs ? {} : off), ...step.inputs };
    const [from, to] = [`${registry.host}/${source}`, `${registry.host}/${targetOf(index)}:1`];
    return promote(from, to, { ...step, inputs }).catch((error: unknown) => error as Error);
  });
  const writes = (await registry.log())
    .slice(before)
    .filter(({ method }) => !['GET', 'HEAD'].includes(method))
    .map(({ method, path }) => `${method} ${path}`);
  const strayWrites = writes.filter((line) => !/ \/v2\/prod\/row-/.test(line));
  const tags = await mapConcurrently(rows, 4, (_, index) => listTags(registry.host, targetOf(index)));
  return (row) => {
    const index = rows.indexOf(row);
    const step = steps[index];
    if (step === undefined || step instanceof Error) throw step ?? new Error(`${row.name} was not run`);
    const refusals = refusalsOf(step);
    return {
      ...{ step, target: targetOf(index), end: endOf(step), tags: tags[index] ?? [], strayWrites },
      messages: refusals.map(({ message }) => message).join('\n'),
      isAdvised: refusals.every(({ hint }) => (hint ?? '').length > 0),
      writes: writes.filter((line) => line.includes(` /v2/${targetOf(index)}/`)),
    };
  };
}

function targetOf(index: number): string {
  return `prod/row-${index}`;
}

async function listTags(host: string, repository: string): Promise<string[]> {
  const { status, bytes } = await read(host, `${repository}/tags/list`);
  if (status === 404) return [];
  const { tags } = JSON.parse(bytes.toString()) as { tags: string[] | null };
  return (tags ?? []).filter((tag) => !tag.startsWith('sha256-'));
}
