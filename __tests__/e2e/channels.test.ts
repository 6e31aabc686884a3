import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { startTagPoller } from '../../lab/tag-poller.ts';
import { findTool } from '../../lab/tools.ts';
import { chainSchema, type ImageChain } from '../../src/verify/chain.ts';
import { endOf, recordsOf, refusalsOf, refused, type Scene, setScene, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { listEvidence, RECORD_TYPE } from './fixture-target.ts';

const TIMEOUT_MS = 60_000;
const POLICY = { targets: { channels: ['qa', 'prod'] }, scan: { mode: 'off' } };
const [FIRST, SECOND, THEIRS] = ['first', 'second', 'theirs'].map((name) =>
  makeImage('fixed', { labels: { name } }),
) as [BuiltImage, BuiltImage, BuiltImage];
/** What is attached to an image once it is promoted without a scan: signature, record and verification summary. */
const STATEMENTS = 3;

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;
let runs = 0;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
  await Promise.all([pushImage(staging.host, 'dev/web', '1', FIRST), pushImage(staging.host, 'dev/web', '2', SECOND)]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

/** Moves `prod/NAME:TAG`, of several tags all of them; each time in a run of its own. */
function move(
  version: string,
  targets: string | readonly string[],
  {
    policy = POLICY,
    inputs = {},
  }: { readonly policy?: object; readonly inputs?: Readonly<Record<string, string>> } = {},
): Promise<StepResult> {
  const names = [targets].flat().map((target) => `${production.host}/prod/${target}`);
  return scene.promote(version.includes('/') ? version : `${staging.host}/dev/web:${version}`, names.join('\n'), {
    policy: { ...policy },
    inputs: { 'existing-tag': 'move', ...inputs },
    env: { GITHUB_RUN_ID: String(++runs) },
  });
}

const previousOf = async (step: StepResult) => (await recordsOf(step)).map(({ predicate }) => predicate.previous);

/** A repository of its own, in which somebody else tagged an image. */
async function openRepository(name: string, ...tags: readonly string[]): Promise<void> {
  for (const tag of tags) await pushImage(production.host, `prod/${name}`, tag, THEIRS);
}

async function verify(image: string): Promise<ImageChain | undefined> {
  const step = await runStep({
    action: 'verify',
    inputs: {
      ...{ images: `${production.host}/prod/${image}`, cosign: findTool('cosign'), key: 'cosign.pub' },
      policy: JSON.stringify({ version: 1, signature: { transparencyLog: false } }),
    },
    files: { 'cosign.pub': scene.key.publicKey },
  });
  await step.remove();
  return chainSchema.parse(JSON.parse(step.outputs.chain ?? ''))[0];
}

describe('a channel', () => {
  it(
    'moves from release to release, back, and forth again; and who polls it sees nothing but signed digests',
    async () => {
      const name = `${production.host}/prod/way:prod`;
      const poller = await startTagPoller(production.host, 'prod/way', 'prod', STATEMENTS);
      const first = await move('1', 'way:prod');
      expect([endOf(first), await previousOf(first)]).toEqual([success('promoted'), [undefined]]);
      const second = await move('2', 'way:prod');
      const was = (image: BuiltImage) => [{ target: name, digest: image.root.digest }];
      expect([endOf(second), await previousOf(second)]).toEqual([success('promoted'), [was(FIRST)]]);
      expect(production.digestOf('prod/way', 'prod')).toBe(SECOND.root.digest);
      expect(await verify('way:prod')).toMatchObject({
        digest: SECOND.root.digest,
        promotion: { previous: was(FIRST), targets: [{ reference: name, state: 'current' }] },
      });
      // What was there before was promoted too, and is no longer what the channel is.
      expect(await verify(`way@${FIRST.root.digest}`)).toMatchObject({
        result: 'verified',
        promotion: { targets: [{ reference: name, state: 'moved', digest: SECOND.root.digest }] },
      });

      const back = await move(`${production.host}/prod/way@${FIRST.root.digest}`, 'way:prod');
      expect([endOf(back), await previousOf(back)]).toEqual([success('promoted'), [was(SECOND)]]);
      expect(production.digestOf('prod/way', 'prod')).toBe(FIRST.root.digest);
      expect(await verify('way:prod')).toMatchObject({
        digest: FIRST.root.digest,
        promotion: { previous: was(SECOND), targets: [{ reference: name, state: 'current' }] },
      });

      // The very plan of the second move: the record of that one does not stand in for this one.
      const again = await move('2', 'way:prod');
      expect([endOf(again), await previousOf(again)]).toEqual([success('promoted'), [was(FIRST)]]);
      const told = await verify('way:prod');
      expect(told?.promotion?.runUrl).toContain(`/runs/${runs}/`);
      const report = await poller.stop();
      expect(report).toMatchObject({ wrong: [], digest: SECOND.root.digest });
      expect(report.sightings).toBeGreaterThan(3);
    },
    2 * TIMEOUT_MS,
  );

  it(
    'moves away from what nobody promoted, beside a new tag; and once it is done, a second run adds nothing',
    async () => {
      await openRepository('beside', 'prod');
      const step = await move('1', ['beside:1.0.0', 'beside:prod']);
      expect(endOf(step)).toEqual(success('promoted'));
      const previous = [{ target: `${production.host}/prod/beside:prod`, digest: THEIRS.root.digest }];
      expect(await previousOf(step)).toEqual([previous]);
      expect(production.tags('prod/beside')).toEqual(['1.0.0', 'prod']);
      const before = await listEvidence(production.host, 'prod/beside', FIRST.root.digest);
      expect(before.filter((type) => type === RECORD_TYPE)).toHaveLength(1);
      expect(endOf(await move('1', ['beside:1.0.0', 'beside:prod']))).toEqual(success('unchanged'));
      expect(await listEvidence(production.host, 'prod/beside', FIRST.root.digest)).toEqual(before);
    },
    TIMEOUT_MS,
  );
});

describe('nothing else moves', () => {
  it.each([
    ['a version, beside a channel that could move', 'version', ['version:prod', 'version:1.0.0'], POLICY, 'move'],
    ['a channel in another spelling', 'spelling', ['spelling:Prod'], POLICY, 'move'],
    ['a channel without existing-tag: move', 'unasked', ['unasked:prod'], POLICY, 'accept-same-digest'],
    ['any tag, where the policy names no channels', 'none', ['none:prod'], { scan: { mode: 'off' } }, 'move'],
  ] as const)(
    '%s',
    async (_, name, targets, policy, existing) => {
      const tags = targets.map((target) => target.split(':')[1] ?? '');
      await openRepository(name, ...tags);
      production.log.clear();
      const step = await move('1', targets, { policy, inputs: { 'existing-tag': existing } });
      expect(endOf(step)).toEqual(refused('TAG_EXISTS'));
      expect(tags.map((tag) => production.digestOf(`prod/${name}`, tag))).toEqual(tags.map(() => THEIRS.root.digest));
      expect(production.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'a tag that one of two policies does not name as its channel',
    async () => {
      await openRepository('two', 'prod');
      const directory = await scene.makeDirectory();
      const paths = [['prod'], ['qa']].map((channels, i) => ({ path: join(directory, `${i}.yml`), channels }));
      for (const { path, channels } of paths) {
        const signature = { transparencyLog: false };
        await writeFile(path, JSON.stringify({ version: 1, ...POLICY, signature, targets: { channels } }));
      }
      const policy = paths.map(({ path }) => path).join('\n');
      const step = await move('1', 'two:prod', { inputs: { policy } });
      expect(endOf(step)).toEqual(refused('TAG_EXISTS'));
      expect(production.digestOf('prod/two', 'prod')).toBe(THEIRS.root.digest);
    },
    TIMEOUT_MS,
  );
});

describe('a channel that somebody else moves at the same time', () => {
  it(
    'is theirs when it moved before our write: TAG_MOVED, and it is not written over',
    async () => {
      await openRepository('race', 'prod');
      await pushImage(production.host, 'prod/race', 'theirs', SECOND);
      production.faults.push({
        ...{ method: 'POST', path: /prod\/race\/blobs\/uploads/, times: 1 },
        before: () => production.setTag('prod/race', 'prod', SECOND.root.digest),
      });
      const step = await move('1', 'race:prod');
      expect(endOf(step)).toEqual(refused('TAG_MOVED'));
      expect(refusalsOf(step)[0]?.message).toContain(`is ${SECOND.root.digest} now, and was ${THEIRS.root.digest}`);
      expect(production.digestOf('prod/race', 'prod')).toBe(SECOND.root.digest);
      expect(
        production.log.entries.filter(({ method, path }) => method === 'PUT' && /race\/manifests\/prod$/.test(path)),
      ).toHaveLength(1);
    },
    TIMEOUT_MS,
  );

  it(
    'is refused for all tags of the promotion: none of them is written',
    async () => {
      await openRepository('race-all', 'prod');
      await pushImage(production.host, 'prod/race-all', 'theirs', SECOND);
      production.faults.push({
        ...{ method: 'POST', path: /prod\/race-all\/blobs\/uploads/, times: 1 },
        before: () => production.setTag('prod/race-all', 'prod', SECOND.root.digest),
      });
      const step = await move('1', ['race-all:1.0.0', 'race-all:prod']);
      expect(endOf(step)).toEqual(refused('TAG_MOVED'));
      expect(production.tags('prod/race-all')).toEqual(['prod', 'theirs']);
      expect(production.digestOf('prod/race-all', 'prod')).toBe(SECOND.root.digest);
    },
    TIMEOUT_MS,
  );

  it(
    'right after our write is told: TAG_MOVED, though the write itself was taken',
    async () => {
      await openRepository('after', 'prod');
      await pushImage(production.host, 'prod/after', 'theirs', SECOND);
      const path = /prod\/after\/manifests\/prod$/;
      const isWritten = () => production.log.manifestWrites('prod').some((entry) => path.test(entry.path));
      const before = () => {
        if (isWritten()) production.setTag('prod/after', 'prod', SECOND.root.digest);
      };
      production.log.clear();
      production.faults.push({ method: 'HEAD', path, before });
      const step = await move('1', 'after:prod');
      expect(endOf(step)).toEqual(refused('TAG_MOVED'));
      expect(production.digestOf('prod/after', 'prod')).toBe(SECOND.root.digest);
    },
    TIMEOUT_MS,
  );
});
