import type { Annotation, ExitCode } from '../base/action.ts';
import { UsageError } from '../base/error.ts';
import { toCheckAnnotations } from '../check/outputs.ts';
import type { PIN_OUTPUTS } from './inputs.ts';
import type { ChangeOutput } from './json-outputs.ts';
import type { PinOutcome } from './outcome.ts';

/** The outputs of a run that ended before there was an outcome. */
export const NO_PIN_OUTPUTS: Readonly<Record<keyof typeof PIN_OUTPUTS, string>> = {
  result: 'failed',
  changes: '[]',
  'changed-files': '',
  'commit-sha': '',
  'pull-request-number': '',
  'pull-request-url': '',
};

/** GitHub keeps 1 MB of all outputs of a job, counted in UTF-16; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_LIST_LENGTH = 350_000;

/** An outcome as the outputs of the action. */
export function toPinOutputs({ result, changes, published }: PinOutcome): Record<keyof typeof PIN_OUTPUTS, string> {
  const { commit, pullRequest } = published;
  return {
    result,
    changes: toList(changes.map(({ file, line, from, to }): ChangeOutput => ({ file, line, from, to }))),
    'changed-files': [...new Set(changes.map(({ file }) => file))].join('\n'),
    'commit-sha': commit ?? '',
    'pull-request-number': pullRequest === undefined ? '' : String(pullRequest.number),
    'pull-request-url': pullRequest?.url ?? '',
  };
}

/** 0 done or nothing to do, 3 refused, 2 an image that no file names, 1 could not decide. */
export function toPinExitCode({ result, error }: PinOutcome): ExitCode {
  if (result === 'changed' || result === 'unchanged') return 0;
  if (result === 'refused') return 3;
  return error instanceof UsageError ? 2 : 1;
}

/** What refuses, what could not be decided, then what stayed as it was. */
export function toPinAnnotations(outcome: PinOutcome): Annotation[] {
  const { left, flaws } = outcome;
  const level = 'warning' as const;
  return [
    ...toCheckAnnotations(outcome),
    ...flaws.map(({ file, line, column, message }) => ({
      ...{ file, line, column, level, title: 'Not pinned', message: `The file cannot be read here: ${message}` },
      hint: 'Mend the file, or leave it out with ! in files.',
    })),
    ...left.map(({ use: { file, line, column, text }, why }) => ({
      ...{ file, line, column, level, title: 'Not pinned', message: `${text === '' ? '' : `${text}: `}${why}.` },
      hint: 'Write it by hand where it is to be pinned.',
    })),
  ];
}

/** A list as JSON that is cut between two entries. */
function toList(entries: readonly unknown[]): string {
  const kept: string[] = [];
  let length = 2;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    length += text.length + 1;
    if (length > MAX_LIST_LENGTH) break;
    kept.push(text);
  }
  return `[${kept.join(',')}]`;
}
