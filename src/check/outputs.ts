import type { Annotation, ExitCode } from '../base/action.ts';
import { DomainError, describeError } from '../base/error.ts';
import { IMAGE_RULES } from '../policy/image-rules.ts';
import type { CheckFinding, FoundAt } from './finding.ts';
import type { CHECK_OUTPUTS } from './inputs.ts';
import type { FindingOutput } from './json-outputs.ts';
import { type CheckOutcome, listViolations, type UndecidedImage } from './outcome.ts';

/** The outputs of a run that ended before there was an outcome. */
export const NO_CHECK_OUTPUTS: Readonly<Record<keyof typeof CHECK_OUTPUTS, string>> = {
  result: 'failed',
  violations: '',
  findings: '[]',
  images: '[]',
  sarif: '',
};

/** GitHub keeps 1 MB of all outputs of a job, counted in UTF-16; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_LIST_LENGTH = 350_000;

/** An outcome as the outputs of the action. */
export function toCheckOutputs(outcome: CheckOutcome): Record<keyof typeof CHECK_OUTPUTS, string> {
  return {
    result: outcome.result,
    violations: String(listViolations(outcome).length),
    findings: toList(outcome.findings.map(toFindingOutput)),
    images: toList(outcome.images),
    sarif: outcome.sarif ?? '',
  };
}

/** 0 passed, 3 refused, 1 could not decide. */
export function toCheckExitCode({ result }: CheckOutcome): ExitCode {
  if (result === 'passed') return 0;
  return result === 'refused' ? 3 : 1;
}

/** One for each line with findings, and for each image that could not be decided: those first, then the worst rules. */
export function toCheckAnnotations({
  findings,
  undecided,
}: Pick<CheckOutcome, 'findings' | 'undecided'>): Annotation[] {
  const lines = Map.groupBy(findings, ({ file, line, column, where, level }) =>
    JSON.stringify([level, file, line, column, line === undefined ? where : '']),
  );
  const told = [...lines.values()]
    .map((same) => same.toSorted((a, b) => rankOf(a) - rankOf(b)))
    .toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : rankOf(a) - rankOf(b)))
    .flatMap(annotateLine);
  return [...undecided.map(annotateUndecided), ...told];
}

function annotateLine(findings: readonly CheckFinding[]): Annotation[] {
  const [worst] = findings;
  if (worst === undefined) return [];
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const messages = [...new Set(findings.map(({ message }) => message))].join(' ');
  const names = [worst.line === undefined ? worst.where : '', worst.image].filter((name) => name !== '');
  const message = [...names, messages].join(': ');
  return [{ ...placeOf(worst), level: worst.level, title: rules.join(', '), message, hint: worst.hint }];
}

function annotateUndecided({ image, uses, error }: UndecidedImage): Annotation {
  const [first] = uses;
  const { code, hint } = error instanceof DomainError ? error : { code: 'Failed', hint: undefined };
  const message = `${image}: ${describeError(error)}`;
  return { ...(first === undefined ? {} : placeOf(first)), title: code, message, hint };
}

function placeOf({ file, line, column }: FoundAt): Pick<Annotation, 'file' | 'line' | 'column'> {
  return line === undefined || column === undefined ? {} : { file, line, column };
}

/** A warning after every error; a file that cannot be read before all. */
function rankOf({ rule, level }: CheckFinding): number {
  const rank = rule === 'unreadable-file' ? -1 : IMAGE_RULES.indexOf(rule);
  return level === 'error' ? rank : IMAGE_RULES.length + rank + 1;
}

function toFindingOutput({ file, line, column, image, rule, message, level }: CheckFinding): FindingOutput {
  return {
    file,
    ...(line === undefined || column === undefined ? {} : { line, column }),
    ...{ image, rule, message },
    ...(level === 'warning' ? { level } : {}),
  };
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
