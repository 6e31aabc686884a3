import type { Fault } from '../../../lab/registry/faults.ts';
import type { Outcome } from '../../../src/promote/outcome.ts';
import { RegistryError } from '../../../src/registry/error.ts';
import { type Point, WHO } from '../point.ts';
import type { Ending, FaultRow } from '../row.ts';
import type { PromotionRun } from '../run-promotion.ts';
import { SBOM, type World } from '../world.ts';
import { LASTING_ENDS } from './lasting-ends.ts';
import { LASTING_PAIRS, type LastingFault } from './lasting-faults.ts';
import { chooseGuard } from './lasting-guards.ts';

/** Every lasting fault at every point it can hit: the promotion stops by name, or does without. */
export const LASTING_ROWS: readonly FaultRow[] = LASTING_PAIRS.map(({ fault, point }) => toRow(fault, point));

function toRow(lasting: LastingFault, point: Point): FaultRow {
  const { method, path, skip, afterPut } = point;
  const ends = endOf(lasting, point);
  return {
    id: `${point.id}-${lasting.id}`,
    area: 'Faults that stay',
    says: `${WHO[point.side]} ${lasting.says} ${point.says}`,
    guard: chooseGuard(lasting, point),
    world: { ...point.world, ...losesReferrers(lasting, point, ends) },
    side: point.side,
    faults: [
      {
        ...{ ...lasting.fault, ...withoutName(lasting, point), method, path },
        ...(skip === undefined ? {} : { skip }),
        ...(afterPut === undefined ? {} : { afterPut }),
      },
    ],
    ends,
    findWrong: (_world, run) =>
      typeof ends === 'string' ? findSilence(lasting, point, run) : findOtherCause(lasting, point, run.outcome),
    ...chooseRerun(lasting, point, ends),
  };
}

/** Content that is not what it should be is to be noticed by itself, not by the headers beside it. */
function withoutName({ id }: LastingFault, { path }: Point): Fault {
  const isByDigest = path.source.includes('sha256:');
  const isContent = ['other-bytes', 'too-few-bytes', 'too-many-bytes'].includes(id);
  const isCounted = path.source.includes('blobs') && ['web-page', 'too-few-bytes', 'too-many-bytes'].includes(id);
  return {
    ...(isByDigest && isContent ? { headers: { 'Docker-Content-Digest': undefined } } : {}),
    ...(isCounted ? { withoutLength: true } : {}),
  };
}

function endOf({ id }: LastingFault, point: Point): Ending {
  const [end = 'promoted'] =
    Object.entries(LASTING_ENDS[id] ?? {}).find(([, points]) => points.split(' ').includes(point.id)) ?? [];
  const [kind, code = ''] = end.split(' ');
  if (kind === 'failed') return { failed: code };
  return kind === 'refused' ? { refused: code } : 'promoted';
}

/** What is listed nowhere cannot be carried: the promotion says so, and is whole without it. */
function losesReferrers({ id }: LastingFault, point: Point, ends: Ending): World['options'] {
  const isListed = ['source-fallback', 'referrer', 'referrer-blob'].includes(point.id) && id === 'lost-it';
  return (point.id === 'source-referrers' || isListed) && ends === 'promoted' ? { lost: [SBOM] } : {};
}

/** What is not carried must be told; only a plain 404 says that there is no referrers API. */
function findSilence({ id }: LastingFault, point: Point, { lines }: PromotionRun): readonly string[] {
  if (point.id !== 'source-referrers' || id === 'lost-it' || id === 'not-found-page') return [];
  return lines.some((line) => line.startsWith('warning') && line.includes('referrers')) ? [] : ['nobody was told'];
}

/** What is left at the target depends on whether the request took effect, was said to, or did not, and on nothing else: one row each has a next run. */
function chooseRerun({ id }: LastingFault, { method }: Point, ends: Ending): Partial<FaultRow> {
  if (mayBeTagged(ends)) return { rerun: { 'existing-tag': 'accept-same-digest' }, rerunEnds: 'unchanged' };
  const hasEffect = method === 'PUT' && ['wrong-digest-header', 'stores-nothing'].includes(id);
  return typeof ends === 'string' || id === 'fails-for-good' || hasEffect ? {} : { rerunEnds: 'shown' };
}

/** After the tag's PUT the tag is there, whatever else goes wrong. */
function mayBeTagged(ends: Ending): boolean {
  return typeof ends !== 'string' && 'failed' in ends && ends.failed === 'TAG_UNCERTAIN';
}

/** Success that was claimed and is none comes out at what follows. */
const CLAIMS: readonly string[] = ['web-page', 'empty-answer', 'stores-nothing'];

/** The code alone may have another reason: the request that failed must be the one that was spoilt. */
function findOtherCause({ id, fault }: LastingFault, point: Point, { error }: Outcome): readonly string[] {
  if (CLAIMS.includes(id) && point.method === 'PUT') return [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof RegistryError) || cause.url === undefined) continue;
    const { pathname } = new URL(cause.url);
    if (fault.status !== undefined && cause.status !== undefined && cause.status !== fault.status) {
      return [`it stopped at a status of ${cause.status}, not of ${fault.status}`];
    }
    const isSame =
      (cause.method ?? point.method) === point.method && (point.path.test(pathname) || pathname.includes('/uploads/'));
    return isSame ? [] : [`it stopped at ${cause.method} ${pathname}, not at ${point.method} ${point.path.source}`];
  }
  return [];
}
