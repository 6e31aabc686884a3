import type { Fault } from '../../../lab/registry/faults.ts';
import type { GuardName } from '../guards.ts';
import { type Point, WHO } from '../point.ts';
import { POINTS } from '../points.ts';
import type { FaultRow } from '../row.ts';
import { findMoved } from './uploads.ts';

/** A fault that passes by itself, and what makes the promotion outlive it. */
interface PassingFault {
  readonly id: string;
  /** Between who and what: "the source … the read of a layer". */
  readonly says: string;
  readonly make: () => Fault;
  readonly guard: GuardName;
  /** Which points it can hit at all. */
  readonly hits?: (point: Point) => boolean;
}

const isContent = ({ carries, method }: Point): boolean => method === 'GET' && carries !== 'nothing';
const busy = (headers: NonNullable<Fault['headers']>): Fault => ({ status: 429, headers, quietMs: 1_000 });

const PASSING: readonly PassingFault[] = [
  {
    id: 'drops',
    says: 'hangs up before it answers',
    make: () => ({ times: 1, dropConnection: true }),
    guard: 'retry-fault',
  },
  {
    id: 'drops-during',
    says: 'hangs up in the middle of',
    make: () => ({ times: 1, dropConnection: 'during' }),
    guard: 'retry-fault',
    hits: ({ method, path }) => method === 'PATCH' || (method === 'PUT' && !path.source.includes('uploads')),
  },
  {
    id: 'loses-answer',
    says: 'does what it should, and hangs up instead of answering',
    make: () => ({ times: 1, dropConnection: 'after' }),
    guard: 'retry-fault',
  },
  { id: 'fails', says: 'has an internal error at', make: () => ({ times: 2, status: 500 }), guard: 'retry-status' },
  {
    id: 'fails-late',
    says: 'does what it should, and answers with a gateway time-out to',
    make: () => ({ times: 1, status: 504, takesEffect: true }),
    guard: 'retry-status',
    hits: ({ method }) => method !== 'GET' && method !== 'HEAD',
  },
  {
    id: 'proxy-page',
    says: 'has a proxy before it that answers with a page of its own, 502, to',
    make: () => ({ times: 2, status: 502, headers: { 'Content-Type': 'text/html' }, body: '<html>Bad Gateway</html>' }),
    guard: 'retry-status',
  },
  {
    id: 'busy-seconds',
    says: 'is busy, and asks to wait a second with',
    make: () => busy({ 'Retry-After': '2' }),
    guard: 'retry-after',
  },
  {
    id: 'busy-date',
    says: 'is busy, and names the time to come back for',
    make: () =>
      busy({
        /** Of the moment in which it is said. */
        get 'Retry-After'() {
          return new Date(Date.now() + 3_000).toUTCString();
        },
      }),
    guard: 'retry-after-date',
  },
  {
    id: 'silent',
    says: 'takes, and never answers,',
    make: () => ({ times: 1, silent: true }),
    guard: 'headers-timeout',
  },
  {
    id: 'garbled',
    says: 'answers with something that is no HTTP to',
    make: () => ({ times: 1, raw: 'SSH-2.0-OpenSSH_9.2\r\n' }),
    guard: 'retry-garbled',
  },
  {
    id: 'cut',
    says: 'hangs up in the middle of its answer to',
    make: () => ({ times: 1, cutAfterBytes: 1 }),
    guard: 'read-again',
    hits: isContent,
  },
  {
    id: 'stalls',
    says: 'stops in the middle of its answer to',
    make: () => ({ times: 1, stallAfterBytes: 1 }),
    guard: 'body-timeout',
    hits: isContent,
  },
];

/** Every passing fault at every point: the promotion ends well all the same. */
export const PASSING_ROWS: readonly FaultRow[] = PASSING.flatMap((fault) =>
  POINTS.filter((point) => fault.hits?.(point) ?? true).map((point) => ({
    id: `${point.id}-${fault.id}`,
    area: 'Faults that pass',
    says: `${WHO[point.side]} ${fault.says} ${point.says}`,
    guard: chooseGuard(fault, point),
    ...(point.world === undefined ? {} : { world: point.world }),
    side: point.side,
    faults: () => [
      {
        ...fault.make(),
        method: point.method,
        path: point.path,
        ...(point.skip === undefined ? {} : { skip: point.skip }),
        ...(point.afterPut === undefined ? {} : { afterPut: point.afterPut }),
      },
    ],
    ends: 'promoted',
    ...(point.id === 'mount' ? { findWrong: findMoved } : {}),
  })),
);

/** What repeats the step, where it is not the request itself that is sent again. */
function chooseGuard({ id, guard }: PassingFault, { repeats, method, path }: Point): GuardName {
  const isBlob = method === 'GET' && path.source.includes('blobs');
  const byTime: readonly GuardName[] = ['retry-after', 'retry-after-date', 'headers-timeout', 'body-timeout'];
  if (guard === 'headers-timeout' && repeats === 'upload') return 'stored-timeout';
  if (id === 'cut' && isBlob) return 'blob-resumes';
  if (id === 'cut' && method === 'GET' && path.source.includes('token')) return 'retry-fault';
  if (path.source === '^\\/v2\\/$' && isStatus(id)) return 'ping-may-fail';
  if (repeats === 'never') return 'cancel-is-a-favour';
  if (byTime.includes(guard) || repeats === 'request') return guard;
  return repeats === 'upload'
    ? 'upload-starts-over'
    : repeats === 'tag'
      ? hasEffect(id)
        ? 'tag-looks-after'
        : 'tag-repeats'
      : 'cancel-is-a-favour';
}

/** An answer in the usual form, which is no reason to do without the first contact. */
function isStatus(id: string): boolean {
  return ['fails', 'proxy-page', 'busy-seconds', 'busy-date'].includes(id);
}

/** The tag was written although nobody said so. */
function hasEffect(id: string): boolean {
  return id === 'loses-answer' || id === 'fails-late';
}
