import type { Annotation, ExitCode } from '../base/action.ts';
import { DomainError } from '../base/error.ts';
import { SEVERITIES, type Severity } from '../image/finding.ts';
import { formatReference } from '../image/reference.ts';
import type { PROMOTE_OUTPUTS } from '../promote/inputs.ts';
import { NO_OUTPUTS } from '../promote/outputs.ts';
import { listTroubles, nameTargets } from './item-text.ts';
import { listImages } from './list-images.ts';
import { type BatchOutcome, type BatchPlanFile, type ItemOutcome, worstFirst } from './outcome.ts';

/** GitHub keeps 1 MB of a job's outputs, counted as UTF-16: two bytes a character. All together stay below; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_LENGTHS = { images: 240_000, refusals: 100_000, record: 100_000 } as const;
/** How many findings a refusal tells of, the most that leave room for all refusals. */
const FINDINGS = [100, 20, 5, 0] as const;
/** More annotations than these only make the log long: the summary has all. */
const MAX_ANNOTATIONS = 50;

/** An outcome as the outputs of the action; what is not known is the empty string, or empty JSON. */
export function toBatchOutputs(outcome: BatchOutcome): Record<keyof typeof PROMOTE_OUTPUTS, string> {
  const { result, items, scanReports, sarif, plan, dryRun } = outcome;
  return {
    ...NO_OUTPUTS,
    ...{ result, images: listFittingImages(items), refusals: listRefusals(items) },
    vulnerabilities: JSON.stringify(sumCounts(items)),
    ...{ 'scan-report': scanReports ?? '', sarif: sarif ?? '' },
    ...{ plan: plan?.path ?? '', 'plan-digest': plan?.digest ?? '' },
    matrix: JSON.stringify(dryRun && plan !== undefined ? toMatrix(plan) : {}),
    record: listRecords(items),
  };
}

/** 0 done or nothing to do, 1 could not decide, 2 wrong use (found late, and nothing else went wrong), 3 refused. */
export function toBatchExitCode({ result, items, error }: BatchOutcome): ExitCode {
  if (result === 'refused') return 3;
  if (result !== 'failed') return 0;
  const failed = items.filter(({ begun, outcome }) => begun && outcome.result === 'failed');
  const causes = error === undefined ? failed.map(({ outcome }) => outcome.error) : [error];
  const isUsage = causes.every((cause) => cause instanceof DomainError && cause.code === 'USAGE');
  return causes.length > 0 && isUsage ? 2 : 1;
}

/** One for each promotion that went wrong, those that failed first: GitHub shows the first ten. */
export function toBatchAnnotations({ items }: BatchOutcome): Annotation[] {
  const bad = worstFirst(items).filter(({ begun, outcome }) => begun && listTroubles(outcome).length > 0);
  const shown = bad.slice(0, MAX_ANNOTATIONS).flatMap(({ outcome }): Annotation[] => {
    const [first, ...rest] = listTroubles(outcome);
    if (first === undefined) return [];
    const more = rest.map(({ code, message }) => ` ${code}: ${message}`).join('');
    return [{ title: first.code, message: `${nameTargets(outcome)}: ${first.message}${more}`, hint: first.hint }];
  });
  const rest = bad.length - shown.length;
  if (rest <= 0) return shown;
  return [
    ...shown,
    { title: 'More', message: `${rest} more were refused or failed; the job summary has every image.` },
  ];
}

/** In the order of the file; where there is no room for all, what went wrong comes first. */
function listFittingImages(items: readonly ItemOutcome[]): string {
  const text = JSON.stringify(listImages(items));
  return text.length <= MAX_LENGTHS.images ? text : toJson(listImages(worstFirst(items)), MAX_LENGTHS.images);
}

/** As many entries as there is room for. */
function toJson(entries: readonly unknown[], maxLength: number): string {
  return `[${takeFitting(
    entries.map((entry) => JSON.stringify(entry)),
    maxLength - 2,
  ).join(',')}]`;
}

function takeFitting(texts: readonly string[], maxLength: number): readonly string[] {
  let length = 0;
  const end = texts.findIndex((text) => {
    length += text.length + 1;
    return length > maxLength;
  });
  return end < 0 ? texts : texts.slice(0, end);
}

function listRefusals(items: readonly ItemOutcome[]): string {
  const refusals = items.flatMap(({ outcome }) =>
    outcome.refusals.map((refusal) => ({ source: formatReference(outcome.source), ...refusal })),
  );
  const tellWith = (most: number) =>
    refusals.map((refusal) =>
      refusal.findings === undefined ? refusal : { ...refusal, findings: refusal.findings.slice(0, most) },
    );
  const fitting = FINDINGS.map(tellWith).find((told) => JSON.stringify(told).length <= MAX_LENGTHS.refusals);
  return toJson(fitting ?? tellWith(0), MAX_LENGTHS.refusals);
}

function listRecords(items: readonly ItemOutcome[]): string {
  const paths = items.flatMap(({ outcome }) => outcome.evidence.flatMap(({ recordPath }) => recordPath ?? []));
  return takeFitting(paths, MAX_LENGTHS.record).join('\n');
}

function toMatrix({ shards }: BatchPlanFile): object {
  return { shard: Array.from({ length: shards }, (_, i) => `${i + 1}/${shards}`) };
}

function sumCounts(items: readonly ItemOutcome[]): Partial<Record<Severity, number>> {
  const counts = items.flatMap(({ outcome }) => outcome.scan?.counts ?? []);
  if (counts.length === 0) return {};
  return Object.fromEntries(
    SEVERITIES.map((severity) => [severity, counts.reduce((sum, each) => sum + each[severity], 0)]),
  );
}
