import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExternalRegistry, startDistribution } from '../../lab/external-registry.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { type BatchScene, endsOf, makeMember, pushMembers, setBatchScene, toPromotions } from './batch-fixture.ts';
import { errorsOf } from './fixture.ts';
import { readDigest } from './fixture-target.ts';

const MINUTES = 60_000;
const MEMBERS = [1, 2, 3, 4, 5, 6].map((n) => ({ name: `app-${n}`, image: makeMember(n) }));

let scene: BatchScene;
let staging: LabRegistry;
let production: ExternalRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setBatchScene('stand-in'), startRegistry(), startDistribution()]);
  await pushMembers(staging.host, MEMBERS);
}, 2 * MINUTES);

afterAll(() => Promise.all([scene?.close(), staging?.close(), production?.stop()]));

describe('a batch that is cancelled', () => {
  const promotions = () => toPromotions(MEMBERS, staging.host, production.host);

  it(
    'keeps what was promoted, tells what was not begun, and the next run does the rest',
    async () => {
      let pid = 0;
      let log = '';
      const cut = await scene.promoteBatch(promotions(), {
        inputs: { 'max-parallel': '1' },
        onStart: (id) => {
          pid = id;
        },
        onLog: (text) => {
          const wasThere = log.includes('2 of 6: ');
          log += text;
          if (!wasThere && log.includes('2 of 6: ')) process.kill(pid, 'SIGINT');
        },
      });
      expect([cut.code, cut.outputs.result]).toEqual([1, 'failed']);
      const ends = endsOf(cut);
      expect(ends.slice(0, 2)).toEqual([
        ['app-1:1.0', 'promoted', undefined],
        ['app-2:1.0', 'promoted', undefined],
      ]);
      expect(ends.slice(3).map(([, result, code]) => [result, code])).toEqual([
        ['failed', 'NOT_BEGUN'],
        ['failed', 'NOT_BEGUN'],
        ['failed', 'NOT_BEGUN'],
      ]);
      expect(errorsOf(cut).map(({ title }) => title)).toContain('CANCELLED');
      expect(cut.summary).toMatch(/^## Batch failed: .*not begun, 2 promoted/m);

      const rest = await scene.promoteBatch(promotions());
      expect([rest.code, rest.outputs.result]).toEqual([0, 'promoted']);
      const done = new Map(endsOf(rest).map(([name, result]) => [name, result]));
      expect([done.get('app-1:1.0'), done.get('app-2:1.0')]).toEqual(['unchanged', 'unchanged']);
      expect(done.get('app-6:1.0')).toBe('promoted');
      for (const { name, image } of MEMBERS) {
        expect(await readDigest(`${production.host}/prod/${name}:1.0`)).toBe(image.root.digest);
      }
    },
    3 * MINUTES,
  );
});
