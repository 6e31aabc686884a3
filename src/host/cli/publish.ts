import { writeFileSync } from 'node:fs';
import type { ActionReport } from '../../base/action.ts';
import { DomainError, describeError, UsageError } from '../../base/error.ts';
import { cleanLine } from '../machine/clean-line.ts';

/** Standard output and standard error, written to the end before the process goes. */
const STDOUT = 1;
const STDERR = 2;

/** Tells how an action ended: why on standard error, the outputs as JSON on standard output where they are wanted, the exit code. */
export function publishReport(report: ActionReport, json: boolean): void {
  process.exitCode = report.exitCode;
  for (const { title, message, hint } of report.annotations) complain(title, message, hint);
  if (report.error !== undefined) complainOf(report.error);
  tellEnd(report.result, report.outputs, json);
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

function complain(title: string, message: string, hint: string | undefined): void {
  const lines = [`${title}: ${message}`, hint ?? ''].map(cleanLine).filter((line) => line !== '');
  writeFileSync(STDERR, `${lines.join('\n  ')}\n`);
}
