import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Scene, setScene, success } from '../e2e/fixture.ts';
import { killAndRerun } from './kill-room.ts';
import { IMAGE } from './sample.ts';
import { KILL_STEPS } from './steps.ts';

const WHOLE = { digest: IMAGE.root.digest, missing: [] };
const CANCELLED = { code: 1, result: 'failed', refusals: [], failures: ['CANCELLED: cancelled by SIGTERM'] };

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 120_000);
afterAll(() => scene?.close());

describe('a promotion that gets a SIGTERM', () => {
  it.each([
    { id: 'commit-look', end: CANCELLED, tag: undefined },
    { id: 'tag-before', end: CANCELLED, tag: undefined },
    { id: 'tag-after', end: success('promoted'), tag: WHOLE },
    { id: 'read-back', end: success('promoted'), tag: WHOLE },
  ])(
    'at the commit point ($id) says what became of the tag, and the rerun makes it whole',
    async ({ id, end, tag }) => {
      const step = KILL_STEPS.find((each) => each.id === id);
      if (step === undefined) throw new TypeError(`there is no step ${id}`);
      expect(await killAndRerun(step, scene, 'SIGTERM')).toMatchObject({
        ...{ killed: end, between: tag, after: WHOLE, missing: [], leaked: [], doubled: [] },
        rerun: success(tag === undefined ? 'promoted' : 'unchanged'),
        polled: { wrong: [], digest: IMAGE.root.digest },
      });
    },
    120_000,
  );
});
