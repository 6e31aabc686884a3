import type { Deviation, Kind } from './kind.ts';
import { type Answer, blobOf, closing, type Repository, refusalOf } from './repository.ts';

const BYTES = 'abcdefghij';
const { digest: DIGEST } = blobOf(BYTES);
const UNKNOWN = '404 BLOB_UPLOAD_UNKNOWN';

/** Sends bytes `from` to `to` (inclusive), as a PATCH or as the closing PUT. */
function sendChunk(repository: Repository, location: string, from: number, to: number, method = 'PATCH') {
  return repository.send(method, method === 'PUT' ? closing(location, DIGEST) : location, {
    body: BYTES.slice(from, to + 1),
    headers: { 'Content-Type': 'application/octet-stream', 'Content-Range': `${from}-${to}` },
  });
}

function describeStep({ status, headers, location }: Answer) {
  return { status, range: headers.get('range'), location: location === '' ? 'none' : 'given' };
}

/** Opens a session and sends the first four bytes; gives the next place. */
async function startChunks(repository: Repository): Promise<string> {
  const { location } = await repository.openUpload();
  const first = await sendChunk(repository, location, 0, 3);
  if (first.status !== 202) throw new Error(`the first chunk was refused: ${first.status}`);
  return first.location;
}

const TAKES_ANYTHING = 'it does not look at Content-Range: what comes is added to the end, and the digest shows it';

function as400(observed: Deviation['observed']): { olareg: Deviation } {
  return { olareg: { because: 'it answers 400 for a session it does not know', observed } };
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks */
export const CHUNK_KINDS: readonly Kind[] = [
  {
    name: 'chunks in order, then an empty PUT',
    run: async (repository) => {
      const { location } = await repository.openUpload();
      const first = await sendChunk(repository, location, 0, 3);
      const second = await sendChunk(repository, first.location, 4, 9);
      const end = await repository.send('PUT', closing(second.location, DIGEST));
      const { body } = await repository.send('GET', end.location);
      return { first: describeStep(first), second: describeStep(second), PUT: end.status, body: `${body}` };
    },
    expected: {
      first: { status: 202, range: '0-3', location: 'given' },
      second: { status: 202, range: '0-9', location: 'given' },
      PUT: 201,
      body: BYTES,
    },
  },
  {
    name: 'the last chunk in the PUT',
    run: async (repository) => {
      const end = await sendChunk(repository, await startChunks(repository), 4, 9, 'PUT');
      return { PUT: end.status, body: `${(await repository.send('GET', end.location)).body}` };
    },
    expected: { PUT: 201, body: BYTES },
  },
  {
    name: 'a GET tells how far an upload is, and where to go on',
    run: async (repository) => {
      const place = await startChunks(repository);
      const status = await repository.send('GET', place);
      const next = await sendChunk(repository, status.location, 4, 9);
      return { GET: describeStep(status), PATCH: next.status };
    },
    expected: { GET: { status: 204, range: '0-3', location: 'given' }, PATCH: 202 },
  },
  {
    name: 'a chunk out of order is refused with 416, and the upload goes on where it was',
    run: async (repository) => {
      const place = await startChunks(repository);
      const early = await sendChunk(repository, place, 6, 9);
      const status = await repository.send('GET', place);
      const next = await sendChunk(repository, status.location || place, 4, 9);
      const end = await repository.send('PUT', closing(next.location || place, DIGEST));
      return { PATCH: early.status, GET: describeStep(status), next: next.status, PUT: end.status };
    },
    expected: { PATCH: 416, GET: { status: 204, range: '0-3', location: 'given' }, next: 202, PUT: 201 },
    deviations: {
      'docker-registry': {
        because: TAKES_ANYTHING,
        observed: { PATCH: 202, GET: { status: 404, range: null, location: 'none' }, next: 404, PUT: 404 },
      },
    },
  },
  {
    name: 'a chunk sent twice is refused with 416',
    run: async (repository) => ({
      again: (await sendChunk(repository, await startChunks(repository), 0, 3)).status,
    }),
    expected: { again: 416 },
    deviations: { 'docker-registry': { because: TAKES_ANYTHING, observed: { again: 202 } } },
  },
  {
    name: 'a last chunk out of order is refused with 416',
    run: async (repository) => ({
      PUT: (await sendChunk(repository, await startChunks(repository), 6, 9, 'PUT')).status,
      stored: (await repository.send('HEAD', `blobs/${DIGEST}`)).status,
    }),
    expected: { PUT: 416, stored: 404 },
    deviations: { 'docker-registry': { because: TAKES_ANYTHING, observed: { PUT: 400, stored: 404 } } },
  },
  {
    name: 'a range of another length than the chunk is refused',
    run: async (repository) => {
      const place = await startChunks(repository);
      const answer = await repository.send('PATCH', place, {
        body: BYTES.slice(4),
        headers: { 'Content-Type': 'application/octet-stream', 'Content-Range': '4-6' },
      });
      return { PATCH: answer.status };
    },
    expected: { PATCH: 416 },
    deviations: {
      olareg: { because: 'it looks at the start of the range only', observed: { PATCH: 202 } },
      distribution: { because: 'it calls the length wrong, not the place', observed: { PATCH: 400 } },
      'docker-registry': { because: TAKES_ANYTHING, observed: { PATCH: 202 } },
    },
  },
  {
    name: 'an upload that is cancelled is gone',
    run: async (repository) => {
      const place = await startChunks(repository);
      const cancelled = await repository.send('DELETE', place);
      return {
        DELETE: cancelled.status,
        GET: refusalOf(await repository.send('GET', place)),
        PATCH: (await sendChunk(repository, place, 4, 9)).status,
        PUT: (await sendChunk(repository, place, 4, 9, 'PUT')).status,
        again: (await repository.send('DELETE', place)).status,
      };
    },
    expected: { DELETE: 204, GET: UNKNOWN, PATCH: 404, PUT: 404, again: 404 },
    deviations: {
      olareg: {
        because: 'it answers 202 to a cancellation, and 400 for a session it does not know',
        observed: { DELETE: 202, GET: '400 BLOB_UPLOAD_UNKNOWN', PATCH: 400, PUT: 400, again: 400 },
      },
    },
  },
  {
    name: 'an upload that is finished is gone',
    run: async (repository) => {
      const end = await startChunks(repository);
      await sendChunk(repository, end, 4, 9, 'PUT');
      return { GET: (await repository.send('GET', end)).status };
    },
    expected: { GET: 404 },
    deviations: as400({ GET: 400 }),
  },
  {
    name: 'an upload nobody opened is not there',
    run: async (repository) => {
      await repository.pushBlob('so that the repository exists');
      const place = 'blobs/uploads/6b3c9a93-af5d-473f-a4de-9710022185cd';
      return {
        GET: refusalOf(await repository.send('GET', place)),
        DELETE: (await repository.send('DELETE', place)).status,
      };
    },
    expected: { GET: UNKNOWN, DELETE: 404 },
    deviations: {
      ...as400({ GET: '400 BLOB_UPLOAD_UNKNOWN', DELETE: 400 }),
      'docker-registry': {
        because: 'a session needs the state that its Location carries',
        observed: { GET: '404 BLOB_UPLOAD_INVALID', DELETE: 404 },
      },
    },
  },
  {
    name: 'an upload belongs to its repository',
    run: async (repository) => {
      await repository.sibling('b').pushBlob('so that the repository exists');
      const place = (await startChunks(repository)).replace(`/${repository.name}/`, `/${repository.name}-b/`);
      return { GET: (await repository.send('GET', place)).status };
    },
    expected: { GET: 404 },
    deviations: as400({ GET: 400 }),
  },
];
