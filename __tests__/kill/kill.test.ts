import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { type Scene, setScene, success } from '../e2e/fixture.ts';
import { findSecrets, type KillResult, killAndRerun } from './kill-room.ts';
import { FORMER, IMAGE } from './sample.ts';
import { KILL_STEPS } from './steps.ts';

const WHOLE = { digest: IMAGE.root.digest, missing: [] };
/** What a channel is that was not moved. */
const WHOLE_BEFORE = { digest: FORMER.root.digest, missing: [] };

let scene: Scene;
/** By step: what becomes of it. Two run at a time, in the order of the tests that wait for them. */
const results = new Map(KILL_STEPS.map(({ id }) => [id, Promise.withResolvers<KillResult>()]));
let running: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  scene = await setScene();
  for (const { promise } of results.values()) promise.catch(() => undefined);
  running = mapConcurrently(KILL_STEPS, 2, async (step) => {
    const result = results.get(step.id);
    await killAndRerun(step, scene).then(result?.resolve, result?.reject);
  });
}, 120_000);

afterAll(async () => {
  await running;
  await scene?.close();
}, 120_000);

describe('a promotion that is killed', () => {
  it.each(KILL_STEPS)(
    '$says ($id): no tag but a signed one, and the rerun makes it whole',
    async ({ id, at, tag, hasRealTool = false }) => {
      const result = await results.get(id)?.promise;
      expect(result).toMatchObject({
        killed: { code: null, result: undefined },
        leaked: [],
        rerun: success(tag === 'written' ? 'unchanged' : 'promoted'),
        after: WHOLE,
        ...{ missing: [], doubled: [] },
        cosign: at.kind === 'tool' && at.tool === 'cosign' && hasRealTool ? [0, 0] : [],
        // Whatever the second process saw was complete and signed, and it did see the tag in the end.
        polled: { wrong: [], digest: IMAGE.root.digest },
      });
      expect(result?.between).toEqual({ written: WHOLE, former: WHOLE_BEFORE, absent: undefined }[tag]);
      expect(result?.polled.polls).toBeGreaterThan(10);
      expect(result?.polled.sightings).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe('the search for key material', () => {
  it('finds a file that holds it', async () => {
    const directory = await scene.makeDirectory();
    await writeFile(join(directory, 'harmless'), 'nothing');
    await writeFile(join(directory, 'left'), `x${scene.key.password}y`);
    expect(await findSecrets(directory, [scene.key.password])).toEqual([join(directory, 'left')]);
  });
});
