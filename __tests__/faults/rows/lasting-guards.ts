import type { GuardName } from '../guards.ts';
import type { Point } from '../point.ts';
import type { LastingFault } from './lasting-faults.ts';

/** What looks at the status of an answer, by the point that gets it. */
const STATUS_GUARD: Readonly<Record<string, GuardName>> = {
  'source-ping': 'ping-may-fail',
  'database-ping': 'ping-may-fail',
  'target-ping': 'ping-may-fail',
  'source-token': 'token-status',
  'target-token': 'token-status',
  'source-tag': 'manifest-status',
  child: 'manifest-status',
  referrer: 'manifest-status',
  'source-fallback': 'manifest-status',
  'fallback-read': 'manifest-status',
  'root-check': 'manifest-status',
  'verify-manifest': 'manifest-status',
  config: 'blob-status',
  layer: 'blob-status',
  'referrer-blob': 'blob-status',
  'verify-blob': 'blob-status',
  'database-manifest': 'no-database-no-scan',
  database: 'no-database-no-scan',
  'source-referrers': 'referrers-no-api',
  'present-list': 'referrers-no-api',
  'verify-list': 'referrers-no-api',
  'tag-look': 'head-status',
  'tag-check': 'head-status',
  'tag-read': 'head-status',
  'present-look': 'head-status',
  'last-look': 'head-status',
  'blob-look': 'blob-look-status',
  probe: 'session-status',
  'upload-start': 'session-status',
  'probe-end': 'cancel-is-a-favour',
  mount: 'mount-falls-back',
  upload: 'part-status',
  'upload-end': 'commit-status',
  'child-write': 'put-status',
  'root-write': 'put-status',
  'referrer-write': 'put-status',
  'evidence-write': 'put-status',
  'fallback-write': 'put-status',
  'tag-write': 'put-status',
};

/** The guard that a lasting fault meets at a point. */
export function chooseGuard({ id }: LastingFault, point: Point): GuardName {
  if (point.side === 'databases' && point.id !== 'database-ping') return 'no-database-no-scan';
  if (point.id === 'tag-read' && READS_TAG.includes(id)) return 'head-falls-back';
  const special = SPECIAL[id]?.(point);
  return special ?? STATUS_GUARD[point.id] ?? 'manifest-status';
}

const isBlob = ({ path }: Point): boolean => path.source.includes('blobs');

/** What notices that something was said to be stored, and is not. */
const CLAIM_GUARD: Readonly<Record<string, GuardName>> = {
  'tag-write': 'tag-is-stored',
  'root-write': 'root-is-read',
  'upload-end': 'commit-vague',
};

const READS_TAG: readonly string[] = ['lost-it', 'not-found-page', 'web-page'];
const LISTS: readonly string[] = ['source-referrers', 'present-list', 'verify-list'];
const BY_TAG: readonly string[] = ['source-tag', 'source-fallback', 'fallback-read'];

/** What notices that content is not what it should be. */
function guardContent(point: Point): GuardName {
  if (point.id.endsWith('-token')) return 'token-is-there';
  if (LISTS.includes(point.id)) return 'referrers-page';
  if (point.id === 'fallback-read') return 'absence-is-told';
  return BY_TAG.includes(point.id) ? 'digest-header' : 'manifest-digest';
}

const SPECIAL: Readonly<Record<string, (point: Point) => GuardName | undefined>> = {
  loops: () => 'redirect-end',
  'empty-answer': ({ id }) => CLAIM_GUARD[id],
  'fails-for-good': ({ id }) => (LISTS.includes(id) ? 'referrers-undecided' : undefined),
  denies: ({ id }) => (LISTS.includes(id) ? 'referrers-undecided' : undefined),
  'asks-who': ({ id }) => (LISTS.includes(id) ? 'referrers-401' : undefined),
  'lost-it': ({ id }) => {
    if (id === 'source-fallback' || id === 'fallback-read') return 'absence-is-absence';
    return id === 'referrer' || id === 'referrer-blob' ? 'listed-may-be-gone' : undefined;
  },
  'not-found-page': ({ id }) => (id === 'source-fallback' || id === 'fallback-read' ? 'absence-is-told' : undefined),
  'web-page': (point) => {
    if (point.id.endsWith('-token')) return 'token-is-there';
    if (BY_TAG.includes(point.id)) return 'manifest-parses';
    if (point.method === 'PUT') return CLAIM_GUARD[point.id];
    if (point.method !== 'GET' || point.carries !== 'content') return undefined;
    return isBlob(point) ? 'blob-size' : 'manifest-digest';
  },
  'wrong-digest-header': (point) => {
    if (point.method === 'PUT') return isBlob(point) ? 'blob-digest-header' : 'put-digest';
    if (point.method === 'HEAD') return isBlob(point) ? 'blob-digest-header' : 'tag-content-decides';
    return isBlob(point) ? 'blob-digest-header' : 'digest-header';
  },
  'other-bytes': (point) => (isBlob(point) ? 'blob-digest' : guardContent(point)),
  'too-few-bytes': (point) => (isBlob(point) ? 'blob-size' : guardContent(point)),
  'too-many-bytes': (point) => (isBlob(point) ? 'blob-size' : guardContent(point)),
  'never-ends': (point) =>
    isBlob(point) ? 'blob-size' : point.id.endsWith('token') ? 'token-limit' : 'manifest-limit',
  'stores-nothing': ({ id }) => (id === 'upload-end' ? 'put-status' : CLAIM_GUARD[id]),
};
