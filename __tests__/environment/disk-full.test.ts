import { mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type BuiltImage, ContentSet } from '../../lab/image/descriptor.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, type PromoteStep, type Scene, setScene } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { BARE, complaintOf, createNetworks, seedDatabase } from './network.ts';

const image = makeImage('fixed');
const layer = [...image.contents].find(([, { kind, mediaType }]) => kind === 'blob' && /layer|tar/.test(mediaType));
const hexOf = (digest: string): string => digest.replace('sha256:', '');
const SCAN_ONLY = { ...BARE, scan: 'enforce' };

let scene: Scene;
const open: LabRegistry[] = [];
const networks = createNetworks();
beforeAll(async () => {
  scene = await setScene('stand-in');
});
afterEach(async () => {
  await Promise.all([networks.close(), ...open.splice(0).map((registry) => registry.close())]);
});
afterAll(() => scene?.close());

/** A registry for both sides, and a work-dir in which files can be made to be on a full disk while the promotion runs. */
async function start(seeded: BuiltImage = image) {
  const registry = await startRegistry();
  open.push(registry);
  registry.seed('dev/web', seeded, '1');
  const workDirectory = await scene.makeDirectory();
  const findRoom = async (): Promise<string> => join(workDirectory, (await readdir(workDirectory))[0] ?? '');
  return {
    ...{ registry, findRoom },
    /** What is written to this file of the run meets a full disk: every write to /dev/full ends with ENOSPC. */
    fill: async (path: string): Promise<void> => {
      const file = join(await findRoom(), path);
      await mkdir(dirname(file), { recursive: true });
      await symlink('/dev/full', file).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    },
    promote: ({ inputs, ...step }: PromoteStep = {}): Promise<StepResult> =>
      scene.promote(`${registry.host}/dev/web:1`, `${registry.host}/prod/web:1`, {
        ...step,
        inputs: { 'work-dir': workDirectory, ...inputs },
      }),
  };
}

/** The end of every promotion for which the disk was too small. */
async function expectFull(step: StepResult, { registry, findRoom }: Awaited<ReturnType<typeof start>>): Promise<void> {
  expect(endOf(step)).toMatchObject({ code: 1, result: 'failed', refusals: [] });
  expect(complaintOf(step)).toMatch(/^DISK_FULL: .*Point work-dir at a larger disk, or free some space\.$/s);
  expect(registry.tags('prod/web')).toEqual([]);
  expect(await readdir(await findRoom())).toEqual(['results']);
}

describe('a disk that is full', () => {
  it('while a layer is fetched ends the promotion, and nothing is at the target', async () => {
    const room = await start();
    const [digest = ''] = layer ?? [];
    const names = [1, 2, 3, 4].map((number) => `layout/blobs/sha256/${hexOf(digest)}.${number}.partial`);
    const before = async () => void (await Promise.all(names.map(room.fill)));
    room.registry.faults.push({ method: 'GET', path: new RegExp(`blobs/${digest}`), before });
    const step = await room.promote({ inputs: SCAN_ONLY });
    await expectFull(step, room);
    expect(complaintOf(step)).toContain(hexOf(digest));
    expect(room.registry.log.uploads()).toEqual([]);
  }, 120_000);

  it.each([
    ['the plan', 'plan.json', /manifests\/1$/, SCAN_ONLY],
    ['the scan report', 'scan.json', /blobs\/sha256/, SCAN_ONLY],
    ['the SARIF file', 'scan.sarif', /blobs\/sha256/, SCAN_ONLY],
  ])(
    'while %s is written does, too',
    async (_, name, path, inputs) => {
      const room = await start();
      room.registry.faults.push({ path, before: () => room.fill(`results/${name}`) });
      await expectFull(await room.promote({ inputs }), room);
      expect(room.registry.log.uploads()).toEqual([]);
    },
    120_000,
  );

  it('while the record is written leaves the target without a tag', async () => {
    const room = await start();
    const repository = `${room.registry.host}/prod/web`;
    const names = [repository.replace(/[^a-z0-9.-]+/g, '_'), hexOf(digestOf(repository)).slice(0, 12)];
    const record = `record-${names.join('-')}-${hexOf(image.root.digest).slice(0, 12)}.json`;
    room.registry.faults.push({ path: /blobs\/sha256/, before: () => room.fill(`results/${record}`) });
    await expectFull(await room.promote({ inputs: { scan: 'off' } }), room);
    expect(room.registry.log.manifestWrites('1')).toEqual([]);
  }, 120_000);

  it('while the scanner’s database is fetched is told as that, not as a mirror’s fault', async () => {
    const room = await start();
    const { databases } = scene;
    const fault = { path: /trivy-db\/blobs/, before: () => room.fill('trivy/cache/trivy-db.tar.gz') };
    databases.faults.push(fault);
    const mirror = `${databases.host}/mirror/trivy-db:2`;
    const step = await room.promote({ inputs: SCAN_ONLY, policy: { scan: { databases: [mirror, mirror] } } });
    databases.faults.length = 0;
    await expectFull(step, room);
    expect(databases.spoilt(fault)).toBe(1);
  }, 120_000);

  it('while a tool is downloaded does, too', async () => {
    const room = await start();
    const network = await networks.open();
    seedDatabase(await network.open('mirror.test'));
    const before = async (): Promise<void> => {
      const folders = await readdir(await room.findRoom(), { recursive: true });
      const folder = folders.find((name) => basename(name).startsWith('trivy-')) ?? '';
      await room.fill(`${folder}/trivy_9.9.9_Linux-${process.arch === 'x64' ? '64bit' : 'ARM64'}.tar.gz`);
    };
    const answer = { status: 200, body: 'an archive', before };
    await network.open('github.com', { faults: [{ path: /aquasecurity/, ...answer }] });
    const step = await room.promote({
      ...network.step,
      inputs: { ...SCAN_ONLY, trivy: `9.9.9@${digestOf('an archive')}` },
    });
    await expectFull(step, room);
  }, 120_000);
});

/** An image that declares each layer with a million gigabytes. */
function makeHuge(): BuiltImage {
  const set = new ContentSet();
  const manifest = JSON.parse(image.contents.get(image.root.digest)?.bytes.toString() ?? '');
  for (const { bytes, kind, mediaType } of image.contents.values()) if (kind === 'blob') set.addBlob(bytes, mediaType);
  const layers = manifest.layers.map((each: object) => ({ ...each, size: 1e15 }));
  const root = set.addManifest({ ...manifest, layers });
  return { root, contents: set.contents };
}

describe('an image that no disk has room for', () => {
  it('is found out where none of it touches the disk: its blobs are not as large as it says', async () => {
    const room = await start(makeHuge());
    const step = await room.promote({ inputs: BARE });
    expect(endOf(step)).toMatchObject({ code: 1, result: 'failed', refusals: [] });
    expect(complaintOf(step)).toMatch(/^SIZE_MISMATCH: /);
    expect(room.registry.tags('prod/web')).toEqual([]);
  }, 120_000);

  it('is told from its declared size, before any byte is fetched', async () => {
    const room = await start(makeHuge());
    const step = await room.promote({ inputs: SCAN_ONLY });
    await expectFull(step, room);
    expect(complaintOf(step)).toMatch(/needs \d+ MB in .*, which has \d+ MB free/);
    expect(room.registry.log.find('GET', /blobs/)).toEqual([]);
  }, 120_000);

  it('nor for its scanner’s database, is told as quickly', async () => {
    const room = await start();
    const network = await networks.open();
    const mirror = await network.open('mirror.test');
    const layerType = 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip';
    const set = new ContentSet();
    const [config, blob] = [set.addBlob('{}', 'application/json'), set.addBlob('x', layerType, { size: 1e14 })];
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const root = set.addManifest({ schemaVersion: 2, mediaType, config, layers: [blob] });
    mirror.seed('mirror/trivy-db', { root, contents: set.contents }, '2');
    const step = await room.promote({ ...network.step, inputs: SCAN_ONLY });
    await expectFull(step, room);
    expect(complaintOf(step)).toContain('trivy-db needs');
    expect(mirror.log.find('GET', /blobs/)).toEqual([]);
  }, 120_000);
});
