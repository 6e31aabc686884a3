import { appendFile } from 'node:fs/promises';
import * as core from '@actions/core';
import { DomainError, describeError, UsageError } from '../../base/error.ts';
import type { Outcome } from '../../promote/outcome.ts';
import { NO_OUTPUTS, toExitCode, toOutputs } from '../../promote/outputs.ts';
import { renderCrash } from '../../promote/report/crash.ts';
import { renderSummary } from '../../promote/report.ts';
import { cleanLine } from './log.ts';

/** Tells how a promotion ended: outputs, an annotation for each refusal, the job summary, the exit code. */
export async function publishOutcome(outcome: Outcome, summaryFile: string | undefined): Promise<void> {
  process.exitCode = toExitCode(outcome);
  for (const { code, message, hint } of outcome.refusals) annotate(code, message, hint);
  if (outcome.result === 'failed') annotateError(outcome.error);
  core.info(`Result: ${outcome.result}`);
  if (summaryFile) await writeSummary(renderSummary(outcome), summaryFile);
  writeOutputs(toOutputs(outcome));
}

/** Later steps need the outputs: a step that cannot write them fails, whatever it did, and says so beside what it did. */
function writeOutputs(outputs: Readonly<Record<string, string>>): void {
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch (cause) {
    annotate(
      'Failed',
      `the outputs could not be written: ${describeError(cause)}`,
      'Check the file behind GITHUB_OUTPUT.',
    );
    process.exitCode ||= 1;
  }
}

/** A summary that cannot be written changes nothing in how the promotion ended. */
async function writeSummary(markdown: string, file: string): Promise<void> {
  try {
    await appendFile(file, markdown);
  } catch (error) {
    core.warning(cleanLine(`The job summary could not be written: ${describeError(error)}`));
  }
}

/** Tells of what ended before there was an outcome: wrong use, each problem an annotation of its own, or a crash. */
export async function publishCrash(error: unknown, summaryFile: string | undefined): Promise<void> {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  if (error instanceof UsageError) {
    for (const { where, message, fix } of error.problems) annotate('Wrong use', `${where}: ${message}`, fix);
  } else annotateError(error);
  if (summaryFile) await writeSummary(renderCrash(error), summaryFile);
  writeOutputs(NO_OUTPUTS);
}

function annotateError(error: unknown): void {
  if (error instanceof DomainError) annotate(error.code, describeError(error), error.hint);
  else annotate('Failed', describeError(error), undefined);
  if (error instanceof Error && error.stack !== undefined) core.debug(cleanLine(error.stack));
}

function annotate(title: string, message: string, hint: string | undefined): void {
  const lines = [message, hint ?? ''].map(cleanLine).filter((line) => line !== '');
  core.error(lines.join('\n'), { title });
}
