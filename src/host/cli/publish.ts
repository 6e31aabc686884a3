import { writeFileSync } from 'node:fs';
import type { ActionReport, Annotation } from '../../base/action.ts';
import { DomainError, describeError, UsageError } from '../../base/error.ts';
import { cleanLine, formatPlace } from '../machine/clean-line.ts';

/** Standard output and standard error, written to the end before the process goes. */
const STDOUT = 1;
const STDERR = 2;

/** More lines than these are read by nobody. */
const MAX_TOLD = 5000;

/** Tells how an action ended: why on standard error, the outputs as JSON on standard output where they are wanted, the exit code. */
export function publishReport(report: ActionReport, json: boolean): void {
  process.exitCode = report.exitCode;
  for (const annotation of report.annotations.slice(0, MAX_TOLD)) complainAt(annotation);
  const rest = report.annotations.length - MAX_TOLD;
  if (rest > 0) complain('More of these', `${rest} more were found.`, 'The outputs have them: add --json.');
  if (report.error !== undefined) complainOf(report.error);
  if (report.document !== undefined && !json) printDocument(report.document);
  tellEnd(report.result, report.outputs, json);
}

/** Every byte for a program that reads it; nothing that moves the cursor on a terminal. */
function printDocument(text: string): void {
  writeFileSync(STDOUT, process.stdout.isTTY ? `${text.split('\n').map(cleanLine).join('\n')}` : text);
}

/** Tells of what ended before there was an outcome: every problem of wrong use, or a crash. */
export function publishCrash(error: unknown, noOutputs: Readonly<Record<string, string>>, json: boolean): void {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  if (error instanceof UsageError) {
    for (const { where, message, fix } of error.problems) complain('Wrong use', `${where}: ${message}`, fix);
  } else complainOf(error);
  tellEnd(noOutputs.result ?? 'failed', noOutputs, json);
}

function tellEnd(result: string, outputs: Readonly<Record<string, string>>, json: boolean): void {
  const text = json ? JSON.stringify(mapValues(outputs), null, 2) : `Result: ${result}`;
  writeFileSync(STDOUT, `${text}\n`);
}

/** An output that is JSON becomes part of the document, not a text in it. */
function mapValues(outputs: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, parseJson(value)]));
}

function parseJson(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function complainOf(error: unknown): void {
  if (error instanceof DomainError) complain(error.code, describeError(error), error.hint);
  else complain('Failed', describeError(error), undefined);
}

/** What only warns says so, since nothing else tells it from what refuses. */
function complainAt({ title, message, hint, level, ...place }: Annotation): void {
  complain(`${formatPlace(place)}${level === 'warning' ? 'warning: ' : ''}${title}`, message, hint);
}

function complain(title: string, message: string, hint: string | undefined): void {
  const lines = [`${title}: ${message}`, hint ?? ''].map(cleanLine).filter((line) => line !== '');
  writeFileSync(STDERR, `${lines.join('\n  ')}\n`);
}
