import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lab/registry/faults.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { endOf, type Scene, setScene, success } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { BARE, complaintOf } from './network.ts';

const image = makeImage('fixed');
let scene: Scene;
const open: LabRegistry[] = [];
beforeAll(async () => {
  scene = await setScene('stand-in');
});
afterAll(() => Promise.all([scene?.close(), ...open.map((registry) => registry.close())]));

/** A source, and two hosts with a login each that hold three targets. */
async function start(faults: readonly Fault[] = []) {
  const [source, near, far] = await Promise.all([
    startRegistry(),
    startRegistry({ auth: { kind: 'bearer', username: 'near-user', password: 'near-secret' } }),
    startRegistry({ auth: { kind: 'basic', username: 'far-user', password: 'far-secret' }, faults }),
  ]);
  open.push(source, near, far);
  source.seed('dev/web', image, '1');
  const targets = [`${near.host}/prod/web:1`, `${far.host}/prod/web:1`, `${near.host}/backup/web:1`];
  const login = ({ host }: LabRegistry, name: string) =>
    `- { registry: "${host}", username: "${name}-user", password: "${name}-secret" }`;
  return {
    ...{ source, near, far, targets },
    promote: (inputs: Readonly<Record<string, string>> = {}) =>
      scene.promote(`${source.host}/dev/web:1`, targets.join('\n'), {
        inputs: { 'registry-auth': [login(near, 'near'), login(far, 'far')].join('\n'), ...inputs },
      }),
    tags: () => [near.tags('prod/web'), far.tags('prod/web'), near.tags('backup/web')],
  };
}

describe('a promotion to three targets on two hosts with different logins', () => {
  it('brings bytes and evidence to all of them before the first tag is written', async () => {
    const { promote, near, far, tags, targets } = await start();
    const step = await promote();
    expect(endOf(step)).toEqual(success('promoted'));
    expect(tags()).toEqual([['1'], ['1'], ['1']]);
    expect(JSON.parse(step.outputs.images ?? '')).toEqual(
      targets.map((target) => ({ target, digest: image.root.digest, result: 'promoted' })),
    );
    const writes = [near, far].flatMap(({ log }) => log.uploads());
    const tagged = writes.filter(({ path }) => path.endsWith('/manifests/1'));
    const others = writes.filter(({ path }) => !path.endsWith('/manifests/1'));
    expect(tagged).toHaveLength(3);
    expect(Math.max(...others.map(({ at }) => at))).toBeLessThanOrEqual(Math.min(...tagged.map(({ at }) => at)));
    expect(near.log.entries.some(({ account }) => account === 'near-user')).toBe(true);
    expect(far.log.entries.some(({ account }) => account === 'far-user')).toBe(true);
    const refused = [near, far].flatMap(({ log }) => log.entries.filter(({ status }) => status === 403));
    expect(refused).toEqual([]);
  }, 120_000);

  it.concurrent.each<[string, Fault]>([
    ['is gone', { dropConnection: true }],
    ['takes no blob', { method: 'PUT', path: /blobs\/uploads/, status: 507 }],
    ['takes no manifest', { method: 'PUT', path: /manifests\/sha256/, status: 403 }],
  ])(
    'writes no tag anywhere while one host %s',
    async (_, fault) => {
      const { promote, tags } = await start([fault]);
      const step = await promote(BARE);
      expect(endOf(step)).toMatchObject({ code: 1, result: 'failed' });
      expect(tags()).toEqual([[], [], []]);
      const images = JSON.parse(step.outputs.images ?? '') as { result: string }[];
      expect(images.map(({ result }) => result)).toEqual(['failed', 'failed', 'failed']);
    },
    120_000,
  );

  it('tells each target apart when one refuses its tag, and a second run completes it', async () => {
    const { promote, tags, far, targets } = await start([{ method: 'PUT', path: /manifests\/1$/, status: 403 }]);
    const step = await promote(BARE);
    expect(endOf(step)).toMatchObject({ code: 1, result: 'failed' });
    expect(complaintOf(step)).toMatch(/^PARTIAL: not all targets were tagged/);
    expect(tags()).toEqual([['1'], [], []]);
    const { digest } = image.root;
    expect(JSON.parse(step.outputs.images ?? '')).toEqual([
      { target: targets[0], digest, result: 'promoted' },
      expect.objectContaining({ target: targets[1], result: 'failed' }),
      expect.objectContaining({ target: targets[2], result: 'failed' }),
    ]);
    far.faults.length = 0;
    expect(endOf(await promote({ ...BARE, 'existing-tag': 'accept-same-digest' }))).toEqual(success('promoted'));
    expect(tags()).toEqual([['1'], ['1'], ['1']]);
  }, 120_000);
});
