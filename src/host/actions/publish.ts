import { appendFile } from 'node:fs/promises';
import * as core from '@actions/core';
import { DomainError, describeError, UsageError } from '../../base/error.ts';
import type { Outcome } from '../../promote/outcome.ts';
import { toExitCode, toOutputs } from '../../promote/outputs.ts';
import { renderSummary } from '../../promote/report.ts';
import { neutralizeCommands, stripControl } from '../../report/escape.ts';

/** Tells how a promotion ended: outputs, an annotation for each refusal, the job summary, the exit code. */
export async function publishOutcome(outcome: Outcome, summaryFile: string | undefined): Promise<void> {
  for (const [name, value] of Object.entries(toOutputs(outcome))) core.setOutput(name, value);
  for (const { code, message, hint } of outcome.refusals) annotate(code, message, hint);
  if (outcome.result === 'failed') annotateError(outcome.error);
  core.info(`Result: ${outcome.result}`);
  process.exitCode = toExitCode(outcome);
  if (summaryFile) await writeSummary(outcome, summaryFile);
}

/** A summary that cannot be written changes nothing in how the promotion ended. */
async function writeSummary(outcome: Outcome, file: string): Promise<void> {
  try {
    await appendFile(file, renderSummary(outcome));
  } catch (error) {
    core.warning(clean(`The job summary could not be written: ${describeError(error)}`));
  }
}

/** Tells of what ended before there was an outcome: wrong use, each problem an annotation of its own, or a crash. */
export function publishCrash(error: unknown): void {
  core.setOutput('result', 'failed');
  if (error instanceof UsageError) {
    for (const { where, message, fix } of error.problems) annotate('Wrong use', `${where}: ${message}`, fix);
    process.exitCode = 2;
    return;
  }
  annotateError(error);
  process.exitCode = 1;
}

function annotateError(error: unknown): void {
  if (error instanceof DomainError) annotate(error.code, describeError(error), error.hint);
  else annotate('Failed', describeError(error), undefined);
  if (error instanceof Error && error.stack !== undefined) core.debug(clean(error.stack));
}

function annotate(title: string, message: string, hint: string | undefined): void {
  core.error(clean(hint === undefined || hint === '' ? message : `${message}\n${hint}`), { title });
}

function clean(text: string): string {
  return neutralizeCommands(stripControl(text));
}
