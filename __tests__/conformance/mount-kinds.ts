import type { Kind } from './kind.ts';
import { blobOf, closing, type Repository, UPLOADS } from './repository.ts';

const BYTES = 'a blob to share';
const BLOB = blobOf(BYTES);

/** Asks for a mount, goes on with an upload where one is opened instead, and looks for the blob. */
async function mount(repository: Repository, query: string) {
  const answer = await repository.send('POST', `${UPLOADS}?mount=${BLOB.digest}${query}`);
  const before = (await repository.send('HEAD', `blobs/${BLOB.digest}`)).status;
  const end =
    answer.status === 202
      ? await repository.send('PUT', closing(answer.location, BLOB.digest), { body: BYTES })
      : answer;
  const pulled = await repository.send('GET', end.location || `blobs/${BLOB.digest}`);
  return { POST: answer.status, before, body: pulled.body.equals(BLOB.bytes) ? 'right' : pulled.status };
}

async function prepareSource(repository: Repository): Promise<string> {
  const source = repository.sibling('source');
  await source.pushBlob(BYTES);
  return source.name;
}

const UPLOADED = { POST: 202, before: 404, body: 'right' };

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#mounting-a-blob-from-another-repository */
export const MOUNT_KINDS: readonly Kind[] = [
  {
    name: 'from a repository that has the blob: 201',
    run: async (repository) => mount(repository, `&from=${encodeURIComponent(await prepareSource(repository))}`),
    expected: { POST: 201, before: 200, body: 'right' },
  },
  {
    name: 'from a repository that does not have it: an upload',
    run: async (repository) => {
      await repository.sibling('b').pushBlob('something else');
      return mount(repository, `&from=${repository.name}-b`);
    },
    expected: UPLOADED,
  },
  {
    name: 'from a repository that does not exist: an upload',
    run: (repository) => mount(repository, `&from=${repository.name}-nowhere`),
    expected: UPLOADED,
  },
  {
    name: 'without a source: an upload, as nobody said where to look',
    run: async (repository) => {
      await prepareSource(repository);
      return mount(repository, '');
    },
    expected: UPLOADED,
  },
  {
    name: 'from a repository whose name is none: an upload',
    run: (repository) => mount(repository, '&from=NOT/a/NAME'),
    expected: UPLOADED,
  },
  {
    name: 'of a digest that is none: an upload',
    run: async (repository) => ({
      POST: (await repository.send('POST', `${UPLOADS}?mount=sha256:beef&from=${await prepareSource(repository)}`))
        .status,
    }),
    expected: { POST: 202 },
    deviations: { olareg: { because: 'what is no digest is refused', observed: { POST: 400 } } },
  },
];
