import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BLOB_KINDS } from './blob-kinds.ts';
import { CHUNK_KINDS } from './chunk-kinds.ts';
import { DATA_KINDS } from './data-kinds.ts';
import { DELETE_KINDS } from './delete-kinds.ts';
import { REGISTRIES, type RunningRegistry, startByName } from './four-registries.ts';
import { expectationOf, type Kind, type Observation } from './kind.ts';
import { MANIFEST_KINDS } from './manifest-kinds.ts';
import { MOUNT_KINDS } from './mount-kinds.ts';
import { PULL_KINDS } from './pull-kinds.ts';
import { REFERRERS_KINDS } from './referrers-kinds.ts';
import { Repository } from './repository.ts';
import { TAGS_KINDS } from './tags-kinds.ts';

const GROUPS: Readonly<Record<string, readonly Kind[]>> = {
  pull: PULL_KINDS,
  'push of blobs': BLOB_KINDS,
  'push in chunks': CHUNK_KINDS,
  mount: MOUNT_KINDS,
  'push of manifests': MANIFEST_KINDS,
  data: DATA_KINDS,
  tags: TAGS_KINDS,
  referrers: REFERRERS_KINDS,
  management: DELETE_KINDS,
};

const ALL = Object.entries(GROUPS).flatMap(([group, kinds]) => kinds.map((kind, i) => ({ group, kind, i })));
/** Kinds at once: each has its own repository. */
const LANES = 8;

/** Runs every kind on a registry; what one throws is kept for its own test. */
async function runAll(host: string): Promise<ReadonlyMap<Kind, Promise<Observation>>> {
  const outcomes = new Map<Kind, Promise<Observation>>();
  const waiting = [...ALL];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { group, kind, i } = next;
      const outcome = kind.run(new Repository(host, `kinds/${group.replaceAll(' ', '-')}-${i}`));
      outcomes.set(kind, outcome);
      await outcome.catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  return outcomes;
}

describe.each(REGISTRIES)('%s', (name) => {
  let registry: RunningRegistry;
  let outcomes: ReadonlyMap<Kind, Promise<Observation>>;
  beforeAll(async () => {
    registry = await startByName(name);
    outcomes = await runAll(registry.host);
  }, 60_000);
  afterAll(() => registry.stop());

  it.each(ALL.map(({ group, kind }) => [group, kind.name, kind] as const))('%s: %s', async (_group, _name, kind) => {
    expect(await outcomes.get(kind)).toEqual(expectationOf(kind, name));
  });
});

describe('the table', () => {
  it('states a reason for each deviation, and none that is no deviation', () => {
    const stated = ALL.flatMap(({ kind }) => Object.values(kind.deviations ?? {}).map((each) => [kind, each] as const));
    expect(stated.filter(([kind, { observed }]) => isDeepStrictEqual(observed, kind.expected))).toEqual([]);
    expect(stated.filter(([, { because }]) => because === '')).toEqual([]);
  });
});
