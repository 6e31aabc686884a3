import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError, describeError, UsageError } from '../base/error.ts';
import { Judge } from '../check/judge.ts';
import { formatCount } from '../report/format.ts';
import type { FileReplacement } from '../workload/replace-files.ts';
import { formatUnifiedDiff } from '../workload/unified-diff.ts';
import { editFiles, isChanged } from './change.ts';
import { type Decisions, decide } from './decide.ts';
import { PinError } from './error.ts';
import { findPlaces } from './find-places.ts';
import { judgeNew, softenName } from './judge-new.ts';
import { lookUp } from './look-up.ts';
import { listRefusals, type PinOutcome } from './outcome.ts';
import type { PinPorts } from './ports.ts';
import { publish, startPublishing } from './publish.ts';
import type { PinRequest } from './request.ts';

type Known = Omit<PinOutcome, 'result' | 'seconds'>;

/** Writes digests into workload files: all that were decided, or nothing. Always returns an outcome. */
export async function pin(request: PinRequest, ports: PinPorts): Promise<PinOutcome> {
  const startedAt = ports.clock();
  const known = startOutcome(request);
  try {
    await pinAll(request, ports, startedAt, known);
  } catch (error) {
    const { aborted, reason } = ports.signal;
    known.error = aborted && reason instanceof DomainError ? reason : error;
  }
  // What was decided and not written is no change.
  const isKept = request.dryRun || known.published.isWritten || known.published.commit !== undefined;
  const outcome = isKept ? known : { ...known, changes: [], diff: '' };
  const seconds = (ports.clock().getTime() - startedAt.getTime()) / 1000;
  return { ...outcome, result: conclude(outcome), seconds };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function startOutcome({ files, dryRun, policy, environment, publishing }: PinRequest): Mutable<Known> {
  return {
    ...{ dryRun, environment, files: files.length, uses: 0, ticket: publishing.ticket },
    ...{ changes: [], diff: '', findings: [], excused: [], undecided: [], left: [], flaws: [] },
    ...{ verify: policy.images.verify, scan: policy.images.scan, policies: policy.policies },
    ...{ published: startPublishing(), error: undefined },
  };
}

async function pinAll(request: PinRequest, ports: PinPorts, now: Date, known: Mutable<Known>): Promise<void> {
  const { workspace, policy } = request;
  const found = await findPlaces(request.files, workspace, ports.signal);
  known.uses = found.uses.length;
  known.flaws = found.flaws;
  const decisions = decide(found.uses, request);
  known.left = decisions.left;
  refuseMissed(decisions, request);
  const judge = new Judge(policy, now);
  const { resolved, undecided } = await ports.log.group('Look up the tags', () =>
    lookUp(decisions.wanted, policy, judge, ports, now),
  );
  const changed = resolved.filter(isChanged);
  const places = changed.length === 1 ? '1 place changes' : `${changed.length} places change`;
  ports.log.info(`${formatCount(known.uses, 'image')} in ${formatCount(known.files, 'file')}: ${places}`);
  known.findings = judge.found.findings;
  known.undecided = undecided;
  if (isStopped(known)) return;
  const judged = await judgeNew(changed, request, ports, now);
  known.findings = judged.findings.map((finding) => softenName(finding, policy));
  known.excused = judged.excused;
  known.undecided = judged.undecided;
  if (isStopped(known)) return;
  const edited = await editFiles(changed, found, workspace);
  known.changes = edited.changes;
  known.diff = edited.files.map(toStates).map(formatUnifiedDiff).join('');
  if (request.patch !== undefined) await writePatch(request.patch, known.diff);
  if (request.dryRun || edited.files.length === 0) return;
  await publish(edited, request, ports, known.published);
}

/** What was refused, or could not be decided, about one image keeps all files as they are. */
function isStopped(known: Pick<Known, 'findings' | 'undecided'>): boolean {
  return known.undecided.length > 0 || listRefusals(known).length > 0;
}

function toStates({ file, before, after }: FileReplacement): FileReplacement {
  return { file, before, after };
}

/** An image that was to be set and is nowhere: the next thing that reads the files would deploy what was there before. */
function refuseMissed({ left, unused }: Decisions, { files }: PinRequest): void {
  if (unused.length > 0) {
    throw new UsageError(
      unused.map(({ line, from }) => ({
        where: 'input images',
        message: `says ${JSON.stringify(line)}, and none of ${formatCount(files.length, 'file')} names ${from}.`,
        fix: 'Check files; where the files have another registry, write old/repo=registry/repo:tag@sha256:….',
      })),
    );
  }
  const missed = left.filter(({ setting }) => setting !== undefined);
  const [first] = missed;
  if (first === undefined) return;
  const { file, line, column, where } = first.use;
  const more = missed.length === 1 ? '' : ` (and ${missed.length - 1} more)`;
  throw new PinError(
    'NOT_EDITABLE',
    `${first.setting?.from} cannot be set at ${file}:${line}:${column} (${where})${more}: ${first.why}; no file was written`,
    { hint: 'Write it by hand, or leave the file out with ! in files.' },
  );
}

async function writePatch(path: string, diff: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, diff);
  } catch (cause) {
    throw new PinError('PATCH_NOT_WRITTEN', `the changes could not be written to ${path}: ${describeError(cause)}`, {
      cause,
      hint: 'Name another path in patch. No workload file was written.',
    });
  }
}

function conclude(known: Omit<Known, 'published'>): PinOutcome['result'] {
  if (known.error !== undefined || known.undecided.length > 0) return 'failed';
  if (listRefusals(known).length > 0) return 'refused';
  return known.changes.length > 0 ? 'changed' : 'unchanged';
}
