import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { DomainError } from '../../src/base/error.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import type { PromotePorts } from '../../src/promote/ports.ts';
import { promote } from '../../src/promote/promote.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { makeRequest } from './fake-step.ts';

const IMAGE = buildImage({ layers: [{ randomBytes: 1000 }] });
const OTHER = buildImage({ labels: { name: 'another' } });
const DIGEST = IMAGE.root.digest;

let source: LabRegistry;
let target: LabRegistry;
let ports: FakePorts;

beforeEach(async () => {
  [source, target, ports] = await Promise.all([startRegistry(), startRegistry(), openPorts()]);
  await pushImage(source.host, 'dev/app', '1.0', IMAGE);
  source.log.clear();
});
afterEach(() => Promise.all([ports.close(), source.close(), target.close()]));

async function run(
  inputs: Readonly<Record<string, string>> = {},
  options: { readonly env?: Readonly<Record<string, string>>; readonly ports?: Partial<PromotePorts> } = {},
): Promise<Outcome> {
  const places = { source: `${source.host}/dev/app:1.0`, target: `${target.host}/prod/app:1.0` };
  const request = await makeRequest({ ...places, ...inputs }, options.env === undefined ? {} : { env: options.env });
  return promote(request, { ...ports, ...options.ports });
}

/** What is left in the work directory, by the paths in the one room of the run. */
async function listRoom(): Promise<string[]> {
  const [room = '', another] = await readdir(ports.workDirectory);
  expect(another).toBeUndefined();
  return readdir(join(ports.workDirectory, room), { recursive: true });
}

describe('a promotion that neither scans nor signs', () => {
  it('copies the image, writes the tag and needs no tool at all', async () => {
    const outcome = await run();
    expect(outcome).toMatchObject({
      result: 'promoted',
      pinned: { digest: DIGEST },
      targets: [{ result: 'promoted' }],
      scan: undefined,
      publicKey: undefined,
      targetTouched: true,
      error: undefined,
    });
    expect(outcome.gates.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
      'Allowed registries: passed',
      'Allowed tags: passed',
      'Target tag: passed',
      'Vulnerability scan: off',
    ]);
    expect(target.digestOf('prod/app', '1.0')).toBe(DIGEST);
    expect(ports.commands).toEqual([]);
  });

  it('reads the source tag once, and each blob once', async () => {
    await run();
    expect(source.log.entries.filter(({ path }) => path.endsWith('/manifests/1.0'))).toHaveLength(1);
    for (const [digest, { kind }] of IMAGE.contents) {
      if (kind === 'blob') expect(source.log.blobReads(digest)).toHaveLength(1);
    }
  });

  it('promotes what the tag meant when it was resolved, also when it moves meanwhile', async () => {
    await pushImage(source.host, 'dev/app', undefined, OTHER);
    const before = (): void => source.setTag('dev/app', '1.0', OTHER.root.digest);
    source.faults.push({ method: 'GET', path: /blobs/, times: 1, before });
    expect(await run()).toMatchObject({ result: 'promoted' });
    expect(target.digestOf('prod/app', '1.0')).toBe(DIGEST);
  });

  it('leaves the plan, and neither bytes nor tools', async () => {
    const { plan } = await run();
    expect((await listRoom()).sort()).toEqual(['results', 'results/plan.json']);
    expect(digestOf(await readFile(plan?.path ?? ''))).toBe(plan?.digest);
  });
});

describe('a dry run', () => {
  it('decides, writes the plan and nothing to the target, not even an upload session', async () => {
    expect(await run({ 'dry-run': 'true' })).toMatchObject({ result: 'planned', targets: [{ result: 'planned' }] });
    expect(target.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
    expect(await listRoom()).toContain('results/plan.json');
  });

  it('is refused as the real one would be', async () => {
    await pushImage(target.host, 'prod/app', '1.0', OTHER);
    expect(await run({ 'dry-run': 'true' })).toMatchObject({ result: 'refused', refusals: [{ code: 'TAG_EXISTS' }] });
  });
});

describe('a refusal before the bytes', () => {
  it('reads no blob, writes nothing, and tells every target why', async () => {
    await pushImage(target.host, 'prod/app', '1.0', OTHER);
    target.log.clear();
    const both = `${target.host}/prod/app:1.0\n${target.host}/prod/app:latest`;
    const outcome = await run({ target: both });
    expect(outcome).toMatchObject({
      result: 'refused',
      pinned: { digest: DIGEST },
      targetTouched: false,
      targets: [{ code: 'TAG_EXISTS' }, { code: 'TAG_NOT_ALLOWED' }],
    });
    expect(outcome.refusals.map(({ code }) => code).sort()).toEqual(['TAG_EXISTS', 'TAG_NOT_ALLOWED']);
    expect(source.log.blobReads()).toEqual([]);
    expect(target.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
  });
});

describe('a scan that refuses', () => {
  it('because nobody can judge the image, before anything is written', async () => {
    const outcome = await run({
      scan: 'enforce',
      trivy: '/trivy',
      policy: '{"version": 1, "scan": {"databases": ["127.0.0.1:1/db:2"]}}',
    });
    expect(outcome).toMatchObject({
      result: 'failed',
      targets: [{ code: 'DATABASE_UNAVAILABLE' }],
      targetTouched: false,
    });
    expect(outcome.gates).toHaveLength(3);
    expect(target.log.uploads()).toEqual([]);
  });
});

describe('a failure', () => {
  it('is an outcome that holds the gates and the digest known so far', async () => {
    source.faults.push({ method: 'GET', path: /blobs/, status: 403 });
    const outcome = await run();
    expect(outcome).toMatchObject({
      result: 'failed',
      pinned: { digest: DIGEST },
      targets: [{ result: 'failed', code: 'DENIED' }],
      targetTouched: false,
    });
    expect(outcome.gates).toHaveLength(3);
    expect(outcome.plan?.digest).toMatch(/^sha256:/);
    expect(target.log.uploads()).toEqual([]);
    expect((await listRoom()).sort()).toEqual(['results', 'results/plan.json']);
  });

  it('to find the source has no digest, and is not "absent"', async () => {
    const outcome = await run({ source: `${source.host}/dev/gone:1.0` });
    expect(outcome).toMatchObject({ result: 'failed', pinned: undefined, targets: [{ code: 'NOT_FOUND' }] });
  });

  it.each([401, 403])('to see the target (%i) is never taken for a free tag', async (status) => {
    target.faults.push({ path: /manifests\/1\.0/, status });
    expect(await run()).toMatchObject({ result: 'failed', targetTouched: false });
    expect(target.log.uploads()).toEqual([]);
  });

  it('to be allowed to push is found before anything is written', async () => {
    target.faults.push({ method: 'POST', path: /uploads/, status: 403 });
    expect(await run()).toMatchObject({ result: 'failed', targets: [{ code: 'DENIED' }], targetTouched: false });
    expect(target.log.uploads()).toEqual([]);
  });

  it('of bytes that are not those of their digest writes nothing', async () => {
    source.faults.push({ method: 'GET', path: /blobs/, corruptBytes: 1 });
    expect(await run()).toMatchObject({ result: 'failed', targets: [{ code: 'DIGEST_MISMATCH' }] });
    expect(target.log.uploads()).toEqual([]);
  });

  it('of the key is found before anything is written, whatever the registries say', async () => {
    const script = join(ports.workDirectory, '..', `cosign-${process.pid}.sh`);
    await writeFile(script, '#!/bin/sh\necho "Error: decrypt: wrong" >&2\nexit 1\n');
    await chmod(script, 0o755);
    const provideTool: PromotePorts['provideTool'] = async (name) => ({
      ...{ name, version: '3.1.3', path: script, provenance: 'path', sha256: 'ab'.repeat(32), trustedAsGiven: true },
    });
    const outcome = await run(
      { sign: 'true', 'cosign-key': 'env://KEY' },
      { env: { KEY: 'k' }, ports: { provideTool, keyEnv: { KEY: 'k', COSIGN_PASSWORD: 'wrong' } } },
    );
    expect(outcome).toMatchObject({
      result: 'failed',
      error: { code: 'KEY_UNUSABLE', hint: expect.stringContaining('COSIGN_PASSWORD') },
    });
    expect(target.log.uploads()).toEqual([]);
    expect(ports.commands.map(({ env }) => Object.keys(env).sort())).toEqual([
      ['COSIGN_PASSWORD', 'HOME', 'KEY', 'TMPDIR'],
    ]);
    expect(await listRoom()).toEqual(['results']);
    await rm(script);
  });

  it('between copy and tag leaves no tag, and the next run succeeds', async () => {
    target.faults.push({ method: 'PUT', path: /manifests\/1\.0/, status: 403, times: 1 });
    expect(await run()).toMatchObject({ result: 'failed', targetTouched: true });
    expect(target.tags('prod/app')).toEqual([]);
    expect(target.hasManifest('prod/app', DIGEST)).toBe(true);
    const again = await openPorts();
    expect(await run({}, { ports: again })).toMatchObject({ result: 'promoted' });
    await again.close();
  });

  it('is what a cancelled run ends as, with the reason it was cancelled for', async () => {
    const reason = new DomainError('TIMEOUT', 'it took too long');
    source.faults.push({ method: 'GET', path: /blobs/, before: () => ports.cancel.abort(reason) });
    expect(await run()).toMatchObject({ result: 'failed', targetTouched: false, error: reason });
    expect(target.log.uploads()).toEqual([]);
    expect((await listRoom()).sort()).toEqual(['results', 'results/plan.json']);
  });
});

describe('the tag that exists', () => {
  it('with this digest is unchanged where that is accepted', async () => {
    await pushImage(target.host, 'prod/app', '1.0', IMAGE);
    target.log.clear();
    expect(await run({ 'existing-tag': 'accept-same-digest' })).toMatchObject({
      result: 'unchanged',
      targets: [{ result: 'unchanged' }],
      targetTouched: false,
    });
    expect(target.log.uploads()).toEqual([]);
  });
});

describe('two repositories', () => {
  it('are both filled when the second tag fails: PARTIAL, with what was done', async () => {
    target.faults.push({ method: 'PUT', path: /prod\/b\/manifests\/1/, status: 403 });
    const outcome = await run({ target: `${target.host}/prod/a:1\n${target.host}/prod/b:1` });
    expect(outcome).toMatchObject({
      result: 'failed',
      error: { code: 'PARTIAL' },
      targets: [{ result: 'promoted' }, { result: 'failed', code: 'PARTIAL' }],
    });
    expect(target.hasManifest('prod/b', DIGEST)).toBe(true);
    expect([target.tags('prod/a'), target.tags('prod/b')]).toEqual([['1'], []]);
  });
});

describe('a room that cannot be emptied', () => {
  it('changes nothing in how the promotion ended', async () => {
    const { log } = ports;
    const group: PromotePorts['log']['group'] = async (title, body) => {
      const result = await body();
      if (title === 'Tag') await spoilRoom();
      return result;
    };
    expect(await run({}, { ports: { log: { ...log, group } } })).toMatchObject({ result: 'promoted' });
    expect(log.lines).toContainEqual(expect.stringMatching(/^warning .*could not be emptied/));
  });

  async function spoilRoom(): Promise<void> {
    const [room = ''] = await readdir(ports.workDirectory);
    await rename(join(ports.workDirectory, room), join(ports.workDirectory, 'elsewhere'));
    await mkdir(join(ports.workDirectory, 'kept'));
  }
});
