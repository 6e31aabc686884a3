import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runTrivy } from '../../lab/stand-in/trivy.ts';
import type { Exec } from '../../src/base/ports.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { promote } from '../../src/promote/promote.ts';
import { renderSummary } from '../../src/promote/report.ts';
import { makeImage, makeIndex } from '../e2e/fixture-images.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { findProblems, makeRequest } from './fake-step.ts';

const CLEAN = makeIndex('fixed');
const VULNERABLE = makeIndex('vulnerable');

let source: LabRegistry;
let target: LabRegistry;
let databases: LabRegistry;
let ports: FakePorts;

beforeEach(async () => {
  [source, target, databases, ports] = await Promise.all([
    startRegistry(),
    startRegistry(),
    startRegistry(),
    openPorts(),
  ]);
  await pushDatabase(databases.host, 'mirror/trivy-db', '2', buildDatabase());
});
afterEach(() => Promise.all([ports.close(), source.close(), target.close(), databases.close()]));

/** When the last scan had ended, in milliseconds since 1970. */
let scannedAt: number;

/** Promotes an image; each scan ends only after `until`. */
async function run(
  image: BuiltImage,
  inputs: Readonly<Record<string, string>>,
  until: () => Promise<unknown> = async () => undefined,
): Promise<Outcome> {
  await pushImage(source.host, 'dev/app', '1.0', image);
  for (const registry of [source, target]) registry.log.clear();
  const exec: Exec = async ({ args, env }) => {
    await until();
    const result = await runTrivy({ args, env });
    scannedAt = Date.now();
    // What is asked for in the same millisecond was not asked for before.
    await wait(2);
    return { ...result, signal: null };
  };
  const scan = { databases: [`${databases.host}/mirror/trivy-db:2`] };
  const request = await makeRequest({
    ...{ source: `${source.host}/dev/app:1.0`, target: `${target.host}/prod/app:1.0`, scan: 'enforce' },
    policy: JSON.stringify({ version: 1, scan }),
    ...inputs,
  });
  return promote(request, { ...ports, exec, clock: () => new Date() });
}

const blobsOf = ({ contents }: BuiltImage): string[] =>
  [...contents].flatMap(([digest, { kind }]) => (kind === 'blob' ? [digest] : []));

/** Resolves when the target holds all blobs of an image; never when they do not come. */
async function arrival(image: BuiltImage): Promise<void> {
  const isStored = (digest: string): boolean =>
    target.log.entries.some(({ status, path }) => status === 201 && path.includes(encodeURIComponent(digest)));
  while (!blobsOf(image).every(isStored)) await wait(5);
}

describe('upload: during-gates', () => {
  it('brings every blob to the target while it is still being scanned, and no manifest and no tag before the gates have passed', async () => {
    const outcome = await run(CLEAN, { upload: 'during-gates' }, () => arrival(CLEAN));
    expect(outcome).toMatchObject({ result: 'promoted', targetTouched: true });
    const writes = target.log.manifestWrites();
    expect(writes.map(({ path }) => path.split('/').at(-1))).toContain('1.0');
    for (const { at } of writes) expect(at).toBeGreaterThanOrEqual(scannedAt);
    expect(target.digestOf('prod/app', '1.0')).toBe(CLEAN.root.digest);
  });

  it('reads each blob of the source once all the same', async () => {
    await run(CLEAN, { upload: 'during-gates' });
    for (const digest of blobsOf(CLEAN)) expect(source.log.blobReads(digest)).toHaveLength(1);
  });

  it('leaves nothing but blobs that nothing refers to when it is refused, and says so', async () => {
    const outcome = await run(VULNERABLE, { upload: 'during-gates' }, () => arrival(VULNERABLE));
    expect(outcome).toMatchObject({ result: 'refused', refusals: [{ code: 'VULNERABLE' }], targetTouched: true });
    expect(target.log.manifestWrites()).toEqual([]);
    expect(target.tags('prod/app')).toEqual([]);
    expect(renderSummary(outcome)).toContain('blobs that nothing refers to');
  });

  it('sends nothing where what needs no bytes refuses already', async () => {
    await pushImage(target.host, 'prod/app', '1.0', makeImage('fixed'));
    const outcome = await run(CLEAN, { upload: 'during-gates' });
    expect(outcome).toMatchObject({ result: 'refused', refusals: [{ code: 'TAG_EXISTS' }], targetTouched: false });
    expect(target.log.uploads()).toEqual([]);
  });

  it('sends nothing before the key was tried', async () => {
    const script = join(ports.workDirectory, 'cosign.sh');
    await writeFile(script, '#!/bin/sh\nsleep 0.3\necho "Error: decrypt: wrong" >&2\nexit 1\n', { mode: 0o755 });
    await pushImage(source.host, 'dev/app', '1.0', CLEAN);
    const request = await makeRequest(
      {
        ...{ source: `${source.host}/dev/app:1.0`, target: `${target.host}/prod/app:1.0`, sign: 'true' },
        ...{ 'cosign-key': 'env://KEY', upload: 'during-gates' },
      },
      { env: { KEY: 'k' } },
    );
    const provideTool: FakePorts['provideTool'] = async (name) => ({
      ...{ name, version: '3.1.3', path: script, provenance: 'path', sha256: 'ab'.repeat(32), trustedAsGiven: true },
    });
    const keyEnv = { KEY: 'k', COSIGN_PASSWORD: 'wrong' };
    expect(await promote(request, { ...ports, provideTool, keyEnv })).toMatchObject({
      ...{ result: 'failed', targetTouched: false, error: { code: 'KEY_UNUSABLE' } },
    });
    expect(target.log.uploads()).toEqual([]);
  });

  it('uploads nothing in a dry run', async () => {
    expect(await run(CLEAN, { upload: 'during-gates', 'dry-run': 'true' })).toMatchObject({ result: 'planned' });
    expect(target.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
  });
});

describe('after-gates, which is the default', () => {
  it('writes nothing at all before the gates have passed', async () => {
    expect(await run(CLEAN, {})).toMatchObject({ result: 'promoted' });
    for (const { at } of target.log.uploads()) expect(at).toBeGreaterThanOrEqual(scannedAt);
  });

  it('writes nothing at all when it is refused', async () => {
    expect(await run(VULNERABLE, {})).toMatchObject({ result: 'refused', targetTouched: false });
    expect(target.log.uploads()).toEqual([]);
  });

  it('wins in a policy over the input', async () => {
    const policy = '{"version": 1, "upload": "after-gates"}';
    expect(await findProblems({ policy, upload: 'during-gates' })).toMatchObject([
      { where: 'input upload', message: expect.stringContaining('upload: after-gates') },
    ]);
  });
});

describe('a pull request', () => {
  it('uploads nothing: without a dry run it is wrong use, and with one nothing is written', async () => {
    const [problem] = await findProblems({ upload: 'during-gates' }, { event: 'pull_request' });
    expect(problem).toMatchObject({ where: 'input dry-run' });
  });
});
