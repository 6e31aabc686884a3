import type { Annotation, ExitCode } from '../base/action.ts';
import { DomainError } from '../base/error.ts';
import { formatCount } from '../report/format.ts';
import type { VERIFY_OUTPUTS } from './inputs.ts';
import type { VerifyOutcome } from './outcome.ts';
import type { RecordEntry } from './record-entry.ts';

/** The outputs of a run that ended before there was an outcome. */
export const NO_VERIFY_OUTPUTS: Readonly<Record<keyof typeof VERIFY_OUTPUTS, string>> = {
  result: 'failed',
  chain: '[]',
  records: '[]',
};

/** GitHub keeps 1 MB of all outputs of a job, counted in UTF-16; a job has others: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_RECORDS_LENGTH = 350_000;
/** GitHub shows ten errors of a step. */
const MAX_ANNOTATED_RECORDS = 9;

/** An outcome as the outputs of the action. */
export function toVerifyOutputs({ result, images, fleet }: VerifyOutcome): Record<keyof typeof VERIFY_OUTPUTS, string> {
  return { result, chain: JSON.stringify(images), records: toRecordsOutput(fleet?.records ?? []) };
}

/** What is wrong comes first, so that it is what is kept. */
export function sortByTrouble(records: readonly RecordEntry[]): RecordEntry[] {
  const rank = { failed: 0, refused: 1, verified: 2 } as const;
  return records.toSorted((a, b) => rank[a.result] - rank[b.result]);
}

function toRecordsOutput(records: readonly RecordEntry[]): string {
  const kept: string[] = [];
  let length = 2;
  for (const entry of sortByTrouble(records)) {
    const text = JSON.stringify(entry);
    length += text.length + 1;
    if (length > MAX_RECORDS_LENGTH) break;
    kept.push(text);
  }
  return `[${kept.join(',')}]`;
}

/** 0 when every image is verified, else 1: whoever asks wants a yes, and anything else is none. `result` tells a refusal from what could not be decided. */
export function toVerifyExitCode({ result, error }: VerifyOutcome): ExitCode {
  if (result === 'verified') return 0;
  return error instanceof DomainError && error.code === 'USAGE' ? 2 : 1;
}

/** One for each image or target that is not verified; of a plan, the first few and how many more there are. */
export function toVerifyAnnotations({ images, fleet }: VerifyOutcome): Annotation[] {
  const told = images
    .filter(({ result }) => result !== 'verified')
    .map(({ image, code = 'FAILED', message = '', hint }) => ({ title: code, message: `${image}: ${message}`, hint }));
  const bad = sortByTrouble(fleet?.records ?? []).filter(({ result }) => result !== 'verified');
  const first = bad
    .slice(0, MAX_ANNOTATED_RECORDS)
    .map(({ item, shard, target, code = 'FAILED', message = '', hint }) => {
      const whose = shard === undefined ? '' : ` (item ${item}, shard ${shard})`;
      return { title: code, message: `${target}${whose}: ${message}`, hint };
    });
  const rest = bad.length - first.length;
  if (rest === 0) return [...told, ...first];
  const message = `${formatCount(rest, 'target')} more of the plan not verified.`;
  return [...told, ...first, { title: 'NOT_VERIFIED', message, hint: 'The job summary names them.' }];
}
