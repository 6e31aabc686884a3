import { expect } from '@jest/globals';
import { inDistribution } from './deviations.ts';
import { prepareImage, store, storeImage } from './documents.ts';
import type { Deviations, Kind, Observation } from './kind.ts';
import { type Repository, refusalOf } from './repository.ts';

const TAGS = ['b', 'a', '1.0', 'latest', 'a-b'];
const SORTED = ['1.0', 'a', 'a-b', 'b', 'latest'];

/** In any order: that of its file system. */
const ALL: unknown = expect.arrayContaining(SORTED);

function unpaged(observed: Observation): Deviations {
  return { 'docker-registry': { because: 'it knows no pages and no order: it lists every tag', observed } };
}

async function prepareTags(repository: Repository): Promise<void> {
  const image = await prepareImage(repository);
  for (const tag of TAGS) await store(repository, image, tag);
}

async function list(repository: Repository, query = '') {
  const answer = await repository.send('GET', `tags/list${query}`);
  const { name, tags } = JSON.parse(answer.body.toString() || '{"tags":[]}') as { name: string; tags: string[] };
  const [, next] = /^<([^>]+)>; *rel="?next"?$/.exec(answer.headers.get('link') ?? '') ?? [];
  return { status: answer.status, name, tags, next };
}

function listKind(name: string, query: string, tags: readonly string[], deviations: Deviations = {}): Kind {
  return {
    name: `${name} (${query})`,
    run: async (repository) => {
      await prepareTags(repository);
      const { status, tags: listed } = await list(repository, query);
      return { status, tags: listed };
    },
    expected: { status: 200, tags },
    deviations: { ...unpaged({ status: 200, tags: ALL }), ...deviations },
  };
}

const CRASHES = 'a fault of its own: the request ends without an answer';

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
export const TAGS_KINDS: readonly Kind[] = [
  {
    name: 'come all, in order',
    run: async (repository) => {
      await prepareTags(repository);
      const { status, name, tags, next } = await list(repository);
      return { status, name: name === repository.name ? 'right' : name, tags, next };
    },
    expected: { status: 200, name: 'right', tags: SORTED, next: undefined },
    deviations: unpaged({ status: 200, name: 'right', tags: ALL, next: undefined }),
  },
  listKind('come as many as asked for', '?n=2', ['1.0', 'a']),
  listKind('come after the last one', '?n=2&last=a', ['a-b', 'b']),
  listKind('come after a last one that is not there', '?n=2&last=aa', ['b', 'latest']),
  listKind('come to the end after the last one', '?last=a-b', ['b', 'latest']),
  listKind('are none when none are asked for', '?n=0', [], {
    olareg: { because: CRASHES, observed: { status: 0, tags: [] } },
  }),
  listKind('are none after the end', '?n=2&last=latest', []),
  {
    name: 'come in pages that link to the next until there is none',
    run: async (repository) => {
      await prepareTags(repository);
      const pages: string[][] = [];
      for (let query: string | undefined = '?n=2'; query !== undefined && pages.length < 9; ) {
        const { tags, next } = await list(repository, query);
        pages.push(tags);
        query = next === undefined ? undefined : new URL(next, 'http://any').search;
      }
      return { pages };
    },
    expected: { pages: [['1.0', 'a'], ['a-b', 'b'], ['latest']] },
    deviations: unpaged({ pages: [ALL] }),
  },
  {
    name: 'are none in a repository that has manifests only',
    run: async (repository) => {
      await store(repository, await prepareImage(repository));
      const answer = await repository.send('GET', 'tags/list');
      return { status: answer.status, tags: (JSON.parse(`${answer.body}`) as { tags?: unknown }).tags };
    },
    expected: { status: 200, tags: [] },
    deviations: inDistribution('a repository without tags is none', { status: 404 }),
  },
  {
    name: 'of a number that is none are refused',
    run: async (repository) => {
      await storeImage(repository, '1');
      return {
        word: refusalOf(await repository.send('GET', 'tags/list?n=many')),
        negative: refusalOf(await repository.send('GET', 'tags/list?n=-1')),
      };
    },
    expected: { word: '400 PAGINATION_NUMBER_INVALID', negative: '400 PAGINATION_NUMBER_INVALID' },
    deviations: {
      olareg: {
        because: `what is no number counts as none; ${CRASHES}`,
        observed: { word: '200 no code', negative: '0 no JSON' },
      },
      ...unpaged({ word: '200 no code', negative: '200 no code' }),
    },
  },
];
