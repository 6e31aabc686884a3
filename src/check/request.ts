import { resolve } from 'node:path';
import type { ReadContext } from '../base/action.ts';
import { FieldReader } from '../base/fields.ts';
import { throwProblems } from '../inputs/policy-files.ts';
import { readTimeout } from '../inputs/run-inputs.ts';
import { type ImageDemands, readImageDemands } from './demands.ts';
import { CHECK_INPUTS } from './inputs.ts';
import { type CheckedThings, readThings } from './things.ts';

/** What is to be checked and by which rules, checked as far as it can be without a registry. */
export interface CheckRequest extends ImageDemands {
  readonly things: CheckedThings;
  readonly workspace: string;
  /** Where SARIF goes; undefined for nowhere. */
  readonly sarif: string | undefined;
  readonly workDirectory: string;
  readonly timeoutMs: number;
  readonly summary: boolean;
}

/** Turns raw inputs into a request; throws UsageError with every problem at once. */
export async function readCheckRequest(
  raw: Readonly<Record<string, string>>,
  context: ReadContext,
): Promise<CheckRequest> {
  const fields = new FieldReader(raw, CHECK_INPUTS);
  const things = await readThings(fields, context.workspace);
  const demands = await readImageDemands(fields, raw.policy ?? '', context);
  const sarif = fields.text('sarif');
  const timeoutMs = readTimeout(fields);
  const summary = fields.flag('summary');
  throwProblems(fields.problems);
  return {
    ...demands,
    ...{ things, workspace: context.workspace, timeoutMs, summary },
    sarif: sarif === '' ? undefined : resolve(context.workspace, sarif),
    workDirectory: fields.text('work-dir'),
  };
}
