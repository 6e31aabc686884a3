import type { Fault } from '../../../lab/registry/faults.ts';
import type { Point } from '../point.ts';
import { POINTS } from '../points.ts';

/** A fault that does not pass by itself. */
export interface LastingFault {
  readonly id: string;
  /** Between who and what: "the source … the read of a layer". */
  readonly says: string;
  readonly fault: Fault;
  readonly hits: (point: Point) => boolean;
}

const isAny = (): boolean => true;
const isRead = ({ method }: Point): boolean => method === 'GET';
const isContent = ({ carries }: Point): boolean => carries === 'content';
const isLook = ({ method }: Point): boolean => method === 'HEAD';
const isWrite = ({ method }: Point): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'DELETE';
const isStore = ({ method }: Point): boolean => method === 'PUT';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const refuse = (code: string, message = 'no'): string => JSON.stringify({ errors: [{ code, message }] });

export const LASTING_FAULTS: readonly LastingFault[] = [
  { id: 'fails-for-good', says: 'has an internal error, again and again, at', fault: { status: 500 }, hits: isAny },
  { id: 'denies', says: 'denies', fault: { status: 403, headers: JSON_TYPE, body: refuse('DENIED') }, hits: isAny },
  {
    id: 'asks-who',
    says: 'wants to know, again and again, who asks for',
    fault: {
      status: 401,
      headers: { ...JSON_TYPE, 'WWW-Authenticate': 'Basic realm="x"' },
      body: refuse('UNAUTHORIZED'),
    },
    hits: isAny,
  },
  {
    id: 'lost-it',
    says: 'knows nothing of',
    fault: { status: 404, headers: JSON_TYPE, body: refuse('MANIFEST_UNKNOWN') },
    hits: isAny,
  },
  {
    id: 'not-found-page',
    says: 'has a proxy before it that answers "not found" with a page of its own to',
    fault: { status: 404, headers: { 'Content-Type': 'text/html' }, body: '<html>404</html>' },
    hits: isAny,
  },
  {
    id: 'web-page',
    says: 'answers with a web page, and 200, to',
    fault: { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>Sign in</html>' },
    hits: isAny,
  },
  { id: 'empty-answer', says: 'answers with nothing, and 204, to', fault: { status: 204 }, hits: isAny },
  { id: 'loops', says: 'redirects to itself', fault: { status: 307, headers: { Location: '' } }, hits: isAny },
  {
    id: 'wrong-digest-header',
    says: 'names another digest in its answer to',
    fault: { wrongDigestHeader: true },
    hits: (point) => isContent(point) || isLook(point) || isStore(point),
  },
  { id: 'other-bytes', says: 'sends other bytes of the same length in', fault: { corruptBytes: 4 }, hits: isRead },
  { id: 'too-few-bytes', says: 'leaves a byte off in', fault: { shortenBytes: 1 }, hits: isContent },
  { id: 'too-many-bytes', says: 'adds a byte in', fault: { extraBytes: 1 }, hits: isContent },
  {
    id: 'never-ends',
    says: 'sends more than anyone could want in',
    fault: { extraBytes: 6 * 1024 * 1024, withoutLength: true },
    hits: (point) => isRead(point) && point.carries !== 'nothing',
  },
  { id: 'stores-nothing', says: 'says it has done what it has not: ', fault: { status: 201 }, hits: isStore },
  { id: 'too-large', says: 'finds too large', fault: { status: 413 }, hits: isWrite },
  {
    id: 'conflicts',
    says: 'sees a conflict in',
    fault: { status: 409, headers: JSON_TYPE, body: refuse('CONFLICT') },
    hits: isStore,
  },
];

/** Every lasting fault with the points it can hit. */
export const LASTING_PAIRS: readonly { readonly fault: LastingFault; readonly point: Point }[] = LASTING_FAULTS.flatMap(
  (fault) =>
    POINTS.filter((point) => fault.hits(point) && !isHarmless(fault, point)).map((point) => ({ fault, point })),
);

/** Where a fault says nothing but the truth, or nothing that anybody listens to, or what two guards see to, so that no row could show either. */
function isHarmless({ id }: LastingFault, point: Point): boolean {
  if (point.id.endsWith('-ping')) return ['asks-who', 'web-page', 'other-bytes'].includes(id);
  if (point.id === 'probe-end') return ['web-page', 'empty-answer'].includes(id);
  if (point.id === 'blob-look') return ['lost-it', 'not-found-page', 'web-page'].includes(id);
  if (id === 'empty-answer' && point.method === 'GET' && point.path.source.includes('blobs')) return true;
  if (id === 'too-many-bytes' && point.id === 'referrer') return true;
  if (id === 'empty-answer' && point.id === 'upload') return true;
  const isFree = ['tag-look', 'tag-check', 'present-look', 'last-look'].includes(point.id);
  return isFree && ['lost-it', 'not-found-page', 'web-page', 'wrong-digest-header'].includes(id);
}
