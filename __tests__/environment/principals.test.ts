import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../lab/registry/auth.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { endOf, type Scene, setScene, success } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { BARE } from './network.ts';

const image = makeImage('fixed');
const blobs = [...image.contents].filter(([, { kind }]) => kind === 'blob').map(([digest]) => digest);
const READER: Account = { username: 'reader', password: 'reads-dev', pull: ['dev/'], push: [] };
const WRITER: Account = { username: 'writer', password: 'writes-prod', pull: ['prod/'], push: ['prod/'] };
const INPUTS = {
  ...{ 'source-username': READER.username, 'source-password': READER.password },
  ...{ 'target-username': WRITER.username, 'target-password': WRITER.password },
};

let scene: Scene;
const open: LabRegistry[] = [];
beforeAll(async () => {
  scene = await setScene('stand-in');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});
afterAll(() => scene?.close());

async function start(kind: 'basic' | 'bearer', writer: Account): Promise<LabRegistry> {
  const auth = { kind, username: 'admin', password: 'not-given-to-anyone', accounts: [READER, writer] };
  const registry = await startRegistry({ auth });
  registry.seed('dev/web', image, '1');
  open.push(registry);
  return registry;
}

/** Who asked for anything below a path, logins apart from those who brought none. */
function accountsAt({ log }: LabRegistry, start: string): string[] {
  const entries = log.entries.filter(({ path }) => path.startsWith(start));
  return [...new Set(entries.flatMap(({ account }) => account ?? []))].sort();
}

function tokenScopes({ log }: LabRegistry, account: string): string[] {
  const asked = log.entries.filter((entry) => entry.path.startsWith('/token') && entry.account === account);
  const scopes = asked.flatMap(({ path }) => new URLSearchParams(path.split('?')[1]).getAll('scope'));
  return [...new Set(scopes)].sort();
}

describe.each(['basic', 'bearer'] as const)('two principals on one host, by %s authentication', (kind) => {
  it('stay apart: each does its own part, and what the target may not mount is uploaded', async () => {
    const registry = await start(kind, WRITER);
    const { host, log } = registry;
    const step = await scene.promote(`${host}/dev/web:1`, `${host}/prod/web:1`, { inputs: INPUTS });
    expect(endOf(step)).toEqual(success('promoted'));
    expect([accountsAt(registry, '/v2/dev/'), accountsAt(registry, '/v2/prod/')]).toEqual([['reader'], ['writer']]);
    const mounts = log.find('POST', /[?&]mount=/);
    expect(mounts.filter(({ status }) => status === 201)).toEqual([]);
    expect(mounts.every(({ account }) => account === 'writer' || account === undefined)).toBe(true);
    expect(blobs.every((digest) => registry.hasBlob('prod/web', digest))).toBe(true);
    if (kind === 'bearer') {
      expect(tokenScopes(registry, 'reader')).toEqual(['repository:dev/web:pull']);
      expect(tokenScopes(registry, 'writer').filter((scope) => /dev.*push/.test(scope))).toEqual([]);
    }
  }, 120_000);

  it('from a Docker config with a login for a part of the registry, without any input', async () => {
    const registry = await start(kind, WRITER);
    const { host } = registry;
    const directory = await scene.makeDirectory();
    const auths = Object.fromEntries(
      [READER, WRITER].map(({ username, password }, i) => [
        `${host}/${['dev', 'prod'][i]}`,
        { auth: Buffer.from(`${username}:${password}`).toString('base64') },
      ]),
    );
    await writeFile(join(directory, 'config.json'), JSON.stringify({ auths }));
    const env = { DOCKER_CONFIG: directory };
    const step = await scene.promote(`${host}/dev/web:1`, `${host}/prod/web:1`, {
      env,
      inputs: kind === 'basic' ? BARE : {},
    });
    expect(endOf(step)).toEqual(success('promoted'));
    expect([accountsAt(registry, '/v2/dev/'), accountsAt(registry, '/v2/prod/')]).toEqual([['reader'], ['writer']]);
  }, 120_000);
});

it('a target that may read the source mounts, and no byte of the image is uploaded', async () => {
  const registry = await start('bearer', { ...WRITER, pull: ['prod/', 'dev/'] });
  const { host, log } = registry;
  const step = await scene.promote(`${host}/dev/web:1`, `${host}/prod/web:1`, { inputs: INPUTS });
  expect(endOf(step)).toEqual(success('promoted'));
  const granted = log.find('POST', /[?&]mount=/).filter(({ status }) => status === 201);
  expect(granted.map(({ account }) => account)).toEqual(blobs.map(() => 'writer'));
  expect(log.uploads().filter(({ path }) => blobs.some((digest) => path.endsWith(encodeURIComponent(digest))))).toEqual(
    [],
  );
  expect([accountsAt(registry, '/v2/dev/'), accountsAt(registry, '/v2/prod/')]).toEqual([['reader'], ['writer']]);
}, 120_000);

it('the source’s login is no way into the target, nor the other way round', async () => {
  const { host, tags } = await start('bearer', WRITER);
  const swapped = {
    ...{ 'source-username': WRITER.username, 'source-password': WRITER.password },
    ...{ 'target-username': READER.username, 'target-password': READER.password },
  };
  for (const inputs of [
    swapped,
    { ...INPUTS, ...swapped, 'source-username': 'reader', 'source-password': 'reads-dev' },
  ]) {
    const step = await scene.promote(`${host}/dev/web:1`, `${host}/prod/web:1`, { inputs: { ...BARE, ...inputs } });
    expect(endOf(step)).toMatchObject({ code: 1, result: 'failed' });
  }
  expect(tags('prod/web')).toEqual([]);
}, 120_000);
