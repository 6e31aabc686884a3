import { everywhere } from './deviations.ts';
import { MANIFEST, storeImage } from './documents.ts';
import type { Deviations, Kind } from './kind.ts';
import { blobOf, comparedWith, type Repository, RIGHT, refusalOf } from './repository.ts';

const DIGITS = '0123456789';

async function readRange(repository: Repository, range: string, method = 'GET') {
  const { digest } = await repository.pushBlob(DIGITS);
  const answer = await repository.send(method, `blobs/${digest}`, { headers: { Range: range } });
  return {
    status: answer.status,
    range: answer.headers.get('content-range'),
    ...(answer.status >= 200 && answer.status < 300 && { body: `${answer.body}` }),
  };
}

function rangeKind(what: string, range: string, expected: Kind['expected'], more: Partial<Kind> = {}): Kind {
  return { name: `${what} of a blob (${range})`, run: (r) => readRange(r, range), expected, ...more };
}

function imageKind(method: 'GET' | 'HEAD', by: 'tag' | 'digest'): Kind {
  return {
    name: `${method} a manifest by ${by}`,
    run: async (repository) => {
      const image = await storeImage(repository, '1');
      const answer = await repository.send(method, `manifests/${by === 'tag' ? '1' : image.digest}`);
      return { ...comparedWith(answer, image, method), type: answer.headers.get('content-type') };
    },
    expected: { ...RIGHT, type: MANIFEST },
  };
}

function blobKind(method: 'GET' | 'HEAD'): Kind {
  return {
    name: `${method} a blob`,
    run: async (repository) => {
      const blob = await repository.pushBlob('some bytes');
      return comparedWith(await repository.send(method, `blobs/${blob.digest}`), blob, method);
    },
    expected: RIGHT,
  };
}

function missingKind(name: string, path: string, code: string, more: Partial<Kind> = {}): Kind {
  return {
    name: `404 for ${name}, by GET and by HEAD`,
    run: async (repository) => {
      await repository.pushBlob('so that the repository exists');
      return {
        GET: refusalOf(await repository.send('GET', path)),
        HEAD: (await repository.send('HEAD', path)).status,
      };
    },
    expected: { GET: `404 ${code}`, HEAD: 404 },
    ...more,
  };
}

const BREAKS_OFF: Deviations = {
  'docker-registry': {
    because: 'a fault of its own: it answers 416 with the length of the blob, sends nothing and hangs up',
    observed: { status: 0, range: null },
  },
};

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull */
export const PULL_KINDS: readonly Kind[] = [
  {
    name: 'the base says that the API is there',
    run: async (repository) => ({ status: (await repository.send('GET', '/v2/')).status }),
    expected: { status: 200 },
  },
  imageKind('GET', 'tag'),
  imageKind('GET', 'digest'),
  imageKind('HEAD', 'tag'),
  imageKind('HEAD', 'digest'),
  blobKind('GET'),
  blobKind('HEAD'),
  missingKind('a tag', 'manifests/none', 'MANIFEST_UNKNOWN'),
  missingKind('a digest of a manifest', `manifests/${blobOf('none').digest}`, 'MANIFEST_UNKNOWN'),
  missingKind('a digest of a blob', `blobs/${blobOf('none').digest}`, 'BLOB_UNKNOWN'),
  {
    name: '404 for a repository that does not exist',
    run: async (repository) => ({
      tag: (await repository.send('GET', 'manifests/1')).status,
      blob: (await repository.send('GET', `blobs/${blobOf('none').digest}`)).status,
      tags: refusalOf(await repository.send('GET', 'tags/list')),
    }),
    expected: { tag: 404, blob: 404, tags: '404 NAME_UNKNOWN' },
    deviations: {
      olareg: {
        because:
          'a repository that nobody wrote to has an empty list of tags: the list "assumes a repository is found"',
        observed: { tag: 404, blob: 404, tags: '200 no code' },
      },
    },
  },
  {
    name: 'a blob is in no repository that it was not put into',
    run: async (repository) => {
      const { digest } = await repository.pushBlob('private');
      await repository.sibling('b').pushBlob('other');
      return { other: (await repository.sibling('b').send('HEAD', `blobs/${digest}`)).status };
    },
    expected: { other: 404 },
  },
  {
    name: 'a manifest is not given as a blob',
    run: async (repository) => {
      const { digest } = await storeImage(repository, '1');
      return { status: (await repository.send('GET', `blobs/${digest}`)).status };
    },
    expected: { status: 404 },
    deviations: { olareg: { because: 'it keeps manifests among the blobs', observed: { status: 200 } } },
  },
  {
    name: 'an image is given as it is to who accepts anything',
    run: async (repository) => {
      const image = await storeImage(repository, '1');
      return comparedWith(await repository.send('GET', 'manifests/1', { headers: { Accept: '*/*' } }), image, 'GET');
    },
    expected: RIGHT,
    deviations: everywhere('an OCI type that Accept does not name is not given, a wildcard notwithstanding', {
      status: 404,
    }),
  },
  {
    name: 'a digest that is none is refused',
    run: async (repository) => {
      await repository.pushBlob('so that the repository exists');
      return {
        blob: (await repository.send('GET', 'blobs/sha256:beef')).status,
        manifest: (await repository.send('GET', 'manifests/sha256:beef')).status,
      };
    },
    expected: { blob: 400, manifest: 400 },
    deviations: {
      olareg: { because: 'what is no digest is looked for, and not found', observed: { blob: 400, manifest: 404 } },
      'docker-registry': {
        because: 'a fault of its own: 500 for a short digest',
        observed: { blob: 400, manifest: 500 },
      },
    },
  },
  {
    name: 'no endpoint, no answer',
    run: async (repository) => ({
      path: (await repository.send('GET', 'nothing/here')).status,
      method: (await repository.send('POST', 'manifests/1')).status,
    }),
    expected: { path: 404, method: 405 },
  },
  rangeKind('the middle', 'bytes=3-5', { status: 206, range: 'bytes 3-5/10', body: '345' }),
  rangeKind('one byte', 'bytes=0-0', { status: 206, range: 'bytes 0-0/10', body: '0' }),
  rangeKind('the rest', 'bytes=7-', { status: 206, range: 'bytes 7-9/10', body: '789' }),
  rangeKind('the end', 'bytes=-2', { status: 206, range: 'bytes 8-9/10', body: '89' }),
  rangeKind('more than all', 'bytes=8-99', { status: 206, range: 'bytes 8-9/10', body: '89' }),
  rangeKind('what is behind the end', 'bytes=10-', { status: 416, range: 'bytes */10' }, { deviations: BREAKS_OFF }),
  rangeKind(
    'a unit nobody knows',
    'lines=1-2',
    { status: 200, range: null, body: DIGITS },
    {
      deviations: { ...everywhere('Go refuses a unit it does not know', { status: 416, range: null }), ...BREAKS_OFF },
    },
  ),
  {
    name: 'a range means nothing to HEAD',
    run: (repository) => readRange(repository, 'bytes=3-5', 'HEAD'),
    expected: { status: 200, range: null, body: '' },
    deviations: everywhere('Go answers HEAD as it would answer GET', {
      status: 206,
      range: 'bytes 3-5/10',
      body: '',
    }),
  },
];
