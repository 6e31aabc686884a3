import { appendFile } from 'node:fs/promises';
import * as core from '@actions/core';
import type { ActionReport } from '../../base/action.ts';
import { DomainError, describeError, UsageError } from '../../base/error.ts';
import { cleanLine } from '../machine/clean-line.ts';

/** Tells how an action ended: outputs, an annotation for each refusal, the job summary, the exit code. */
export async function publishReport(report: ActionReport, summaryFile: string | undefined): Promise<void> {
  process.exitCode = report.exitCode;
  for (const { title, message, hint } of report.annotations) annotate(title, message, hint);
  if (report.error !== undefined) annotateError(report.error);
  core.info(`Result: ${report.result}`);
  if (summaryFile) await writeSummary(report.renderSummary(), summaryFile);
  writeOutputs(report.outputs);
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

/** A summary that cannot be written changes nothing in how the action ended. */
async function writeSummary(markdown: string, file: string): Promise<void> {
  try {
    await appendFile(file, markdown);
  } catch (error) {
    core.warning(cleanLine(`The job summary could not be written: ${describeError(error)}`));
  }
}

/** What an action leaves when it ended before there was an outcome. */
export interface CrashReport {
  readonly noOutputs: Readonly<Record<string, string>>;
  readonly renderCrash: (error: unknown) => string;
}

/** Tells of what ended before there was an outcome: wrong use, each problem an annotation of its own, or a crash. */
export async function publishCrash(
  error: unknown,
  { noOutputs, renderCrash }: CrashReport,
  summaryFile: string | undefined,
): Promise<void> {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  if (error instanceof UsageError) {
    for (const { where, message, fix } of error.problems) annotate('Wrong use', `${where}: ${message}`, fix);
  } else annotateError(error);
  if (summaryFile) await writeSummary(renderCrash(error), summaryFile);
  writeOutputs(noOutputs);
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
