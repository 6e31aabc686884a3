import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import { makeStatement } from '../../src/chain/statement.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { readOrigin } from '../../src/promote/origin.ts';
import { loadImage } from './load-image.ts';
import { sampleRecord } from './sample-record.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-origin-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const record = makeRecord(
  parseRepository('qa.test/app'),
  digestOf('the image'),
  sampleRecord({ environment: 'qa', actor: 'alice', runId: '7' }),
);
const signer = 'keys/qa.pub';

describe('where an image comes from', () => {
  it('is the commit of verified evidence, and what each verified record says once', async () => {
    const { graph, store } = await loadImage(buildImage(), directory);
    const scan = { signer, statement: makeStatement({}, 'https://example.test/scan', { actor: 'eve' }) };
    const revision = { commit: 'abc', from: 'provenance' } as const;
    const accepted = [{ signer, statement: record }, { signer, statement: record }, scan];
    expect(await readOrigin({ revision, accepted }, graph, store.layout)).toEqual({
      revision,
      former: [
        { signer, environment: 'qa', actor: 'alice', run: '7', finishedAt: new Date('2026-11-21T10:01:00.000Z') },
      ],
    });
  });

  it('is unknown where nothing says it', async () => {
    const { graph, store } = await loadImage(buildImage(), directory);
    expect(await readOrigin({}, graph, store.layout)).toEqual({ revision: undefined, former: [] });
  });
});
