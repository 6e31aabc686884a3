import { createHash } from 'node:crypto';
import { inDistribution } from './deviations.ts';
import type { Kind } from './kind.ts';
import {
  type Answer,
  blobOf,
  closing,
  comparedWith,
  type Repository,
  RIGHT,
  refusalOf,
  UPLOADS,
} from './repository.ts';

const BYTES = 'the bytes of a blob';
const BLOB = blobOf(BYTES);
const SHA512 = `sha512:${createHash('sha512').update(BYTES).digest('hex')}`;
const OTHER = blobOf('other bytes').digest;
const OCTETS = { 'Content-Type': 'application/octet-stream' };
const STORED = { status: 201, location: 'pullable' };

/** How a blob's upload ended, and whether what it points at can be pulled. */
async function describeEnd(repository: Repository, answer: Answer) {
  const pulled = await repository.send('GET', answer.location);
  return { status: answer.status, location: pulled.body.equals(BLOB.bytes) ? 'pullable' : pulled.status };
}

async function isStored(repository: Repository, digest = BLOB.digest): Promise<number> {
  return (await repository.send('HEAD', `blobs/${digest}`)).status;
}

function refusedKind(name: string, digest: string, expected: Kind['expected'], more: Partial<Kind> = {}): Kind {
  return {
    name,
    run: async (repository) => {
      const { location } = await repository.openUpload();
      const answer = await repository.send('PUT', closing(location, digest), { body: BYTES, headers: OCTETS });
      return { PUT: refusalOf(answer), stored: await isStored(repository) };
    },
    expected,
    ...more,
  };
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
export const BLOB_KINDS: readonly Kind[] = [
  {
    name: 'POST, then PUT',
    run: async (repository) => {
      const { location } = await repository.openUpload();
      return describeEnd(
        repository,
        await repository.send('PUT', closing(location, BLOB.digest), { body: BYTES, headers: OCTETS }),
      );
    },
    expected: STORED,
  },
  {
    name: 'POST, one PATCH without a range, PUT',
    run: async (repository) => {
      const { location } = await repository.openUpload();
      const patched = await repository.send('PATCH', location, { body: BYTES, headers: OCTETS });
      const end = await repository.send('PUT', closing(patched.location, BLOB.digest));
      return { PATCH: patched.status, range: patched.headers.get('range'), ...(await describeEnd(repository, end)) };
    },
    expected: { PATCH: 202, range: `0-${BYTES.length - 1}`, ...STORED },
  },
  {
    name: 'a single POST',
    run: async (repository) => {
      const answer = await repository.send('POST', `${UPLOADS}?digest=${BLOB.digest}`, {
        body: BYTES,
        headers: OCTETS,
      });
      return describeEnd(repository, answer);
    },
    expected: STORED,
    deviations: inDistribution('it opens a session instead, as it may', { status: 202, location: 204 }),
  },
  {
    name: 'a single POST that falls back to a PUT',
    run: async (repository) => {
      const opened = await repository.send('POST', `${UPLOADS}?digest=${BLOB.digest}`, {
        body: BYTES,
        headers: OCTETS,
      });
      const isSession = opened.status === 202;
      const end = isSession
        ? await repository.send('PUT', closing(opened.location, BLOB.digest), { body: BYTES, headers: OCTETS })
        : opened;
      return describeEnd(repository, end);
    },
    expected: STORED,
  },
  {
    name: 'the same blob twice',
    run: async (repository) => {
      await repository.pushBlob(BYTES);
      const { location } = await repository.openUpload();
      return describeEnd(repository, await repository.send('PUT', closing(location, BLOB.digest), { body: BYTES }));
    },
    expected: STORED,
  },
  {
    name: 'a blob of no bytes',
    run: async (repository) => {
      const empty = await repository.pushBlob('');
      return {
        GET: comparedWith(await repository.send('GET', `blobs/${empty.digest}`), empty, 'GET'),
        HEAD: comparedWith(await repository.send('HEAD', `blobs/${empty.digest}`), empty, 'HEAD'),
      };
    },
    expected: {
      GET: RIGHT,
      HEAD: RIGHT,
    },
  },
  {
    name: 'a blob by its sha512',
    run: async (repository) => {
      const { location } = await repository.openUpload('?digest-algorithm=sha512');
      const end = await repository.send('PUT', closing(location, SHA512), { body: BYTES, headers: OCTETS });
      const found = await repository.send('HEAD', `blobs/${SHA512}`);
      return { PUT: end.status, HEAD: comparedWith(found, { ...BLOB, digest: SHA512 }, 'HEAD') };
    },
    expected: { PUT: 201, HEAD: RIGHT },
    deviations: inDistribution('it takes any digest and knows the blob by its sha256, which it then tells', {
      PUT: 201,
      HEAD: { ...RIGHT, digest: 'wrong' },
    }),
  },
  refusedKind(
    'bytes that do not have the digest are refused',
    OTHER,
    { PUT: '400 DIGEST_INVALID', stored: 404 },
    {
      deviations: {
        olareg: { because: 'it has another word for it', observed: { PUT: '400 BLOB_UPLOAD_INVALID', stored: 404 } },
      },
    },
  ),
  refusedKind('a digest that is none is refused', 'sha256:beef', { PUT: '400 DIGEST_INVALID', stored: 404 }),
  refusedKind('an algorithm nobody knows is refused', `md4:${'0'.repeat(32)}`, {
    PUT: '400 DIGEST_INVALID',
    stored: 404,
  }),
  {
    name: 'a PUT without a digest is refused',
    run: async (repository) => {
      const { location } = await repository.openUpload();
      const answer = await repository.send('PUT', location, { body: BYTES, headers: OCTETS });
      return { PUT: refusalOf(answer), stored: await isStored(repository) };
    },
    expected: { PUT: '400 DIGEST_INVALID', stored: 404 },
  },
  {
    name: 'a single POST of bytes that do not have the digest stores nothing',
    run: async (repository) => {
      const answer = await repository.send('POST', `${UPLOADS}?digest=${OTHER}`, { body: BYTES, headers: OCTETS });
      return { POST: answer.status, stored: [await isStored(repository), await isStored(repository, OTHER)] };
    },
    expected: { POST: 400, stored: [404, 404] },
    deviations: inDistribution('it opens a session instead, as it may', { POST: 202, stored: [404, 404] }),
  },
];
