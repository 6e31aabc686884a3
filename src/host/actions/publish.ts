import { appendFile } from 'node:fs/promises';
import * as core from '@actions/core';
import type { ActionReport, Annotation } from '../../base/action.ts';
import { DomainError, describeError, UsageError } from '../../base/error.ts';
import { cleanLine, formatPlace } from '../machine/clean-line.ts';

/** Tells how an action ended: outputs, an annotation for each refusal, the job summary, the exit code. */
export async function publishReport(report: ActionReport, summaryFile: string | undefined): Promise<void> {
  process.exitCode = report.exitCode;
  annotateAll(report.annotations);
  if (report.error !== undefined) annotateError(report.error);
  if (report.document) printDocument(report.document);
  core.info(`Result: ${report.result}`);
  if (summaryFile) await writeSummary(await report.renderSummary(), summaryFile);
  writeOutputs(report.outputs);
}

/** For a person to read: a log has neither every byte nor every line. */
function printDocument(text: string): void {
  const lines = text.replace(/\n$/, '').split('\n');
  for (const line of lines.slice(0, MAX_LOGGED)) core.info(cleanLine(line));
  if (lines.length > MAX_LOGGED) core.info(`… and ${lines.length - MAX_LOGGED} more lines`);
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
  readonly renderCrash: (error: unknown) => string | Promise<string>;
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
  if (summaryFile) await writeSummary(await renderCrash(error), summaryFile);
  writeOutputs(noOutputs);
}

function annotateError(error: unknown): void {
  if (error instanceof DomainError) annotate(error.code, describeError(error), error.hint);
  else annotate('Failed', describeError(error), undefined);
  if (error instanceof Error && error.stack !== undefined) core.debug(cleanLine(error.stack));
}

/** GitHub shows ten errors and ten warnings of a step; https://docs.github.com/en/rest/checks/runs */
const MAX_SHOWN = 10;
/** A log with more lines is read by nobody. */
const MAX_LOGGED = 2000;

/** Shows what GitHub would show, the last of it saying how many more there are: those are lines of the log. */
function annotateAll(annotations: readonly Annotation[]): void {
  for (const level of ['error', 'warning'] as const) {
    const all = annotations.filter((annotation) => (annotation.level ?? 'error') === level);
    const shown = all.length > MAX_SHOWN ? all.slice(0, MAX_SHOWN - 1) : all;
    for (const annotation of shown) show(annotation);
    const rest = all.slice(shown.length);
    if (rest.length === 0) continue;
    for (const { title, message, ...place } of rest.slice(0, MAX_LOGGED)) {
      core.info(cleanLine(`${formatPlace(place)}${title}: ${message}`));
    }
    const told = rest.length > MAX_LOGGED ? `the first ${MAX_LOGGED} are in the log` : 'they are in the log';
    const hint = 'GitHub shows ten of a step. The job summary has them too.';
    show({ title: 'More of these', message: `${rest.length} more were found; ${told}.`, hint, level });
  }
}

function annotate(title: string, message: string, hint: string | undefined): void {
  show({ title, message, hint });
}

function show({ title, message, hint, file, line, column, level }: Annotation): void {
  const lines = [message, hint ?? ''].map(cleanLine).filter((text) => text !== '');
  const place = {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { startLine: line }),
    ...(column === undefined ? {} : { startColumn: column }),
  };
  const tell = level === 'warning' ? core.warning : core.error;
  tell(lines.join('\n'), { title, ...place });
}
