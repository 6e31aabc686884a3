import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, type PromoteStep, refused, type Scene, setScene, success } from './fixture.ts';
import { makeImage, makeIndex } from './fixture-images.ts';
import { EVIDENCE_TYPES, findMissing, listEvidence, verifyAttestation, verifySignature } from './fixture-target.ts';

const EVIDENCE = [...EVIDENCE_TYPES].sort();
const IMAGE: BuiltImage = makeIndex('fixed', { attestations: true });
const OTHER: BuiltImage = makeImage('fixed', { labels: { of: 'somebody else' } });

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;
const opened: LabRegistry[] = [];

beforeAll(async () => {
  scene = await setScene('stand-in');
}, 120_000);

afterAll(() => scene?.close());

beforeEach(async () => {
  [staging, production] = await Promise.all([open(), open()]);
  await pushImage(staging.host, 'dev/web', '1', IMAGE);
  staging.log.clear();
});

afterEach(() => Promise.all(opened.splice(0).map((registry) => registry.close())));

async function open(options: RegistryOptions = {}): Promise<LabRegistry> {
  const registry = await startRegistry(options);
  opened.push(registry);
  return registry;
}

const promote = (step?: PromoteStep): Promise<StepResult> =>
  scene.promote(`${staging.host}/dev/web:1`, `${production.host}/prod/web:1`, step);

/** All of it is there, the tag points at it, and stock cosign accepts the evidence. */
async function expectPromoted(step: StepResult): Promise<void> {
  expect(endOf(step)).toEqual(success('promoted'));
  expect(production.digestOf('prod/web', '1')).toBe(IMAGE.root.digest);
  expect(await findMissing(production.host, 'prod/web', IMAGE)).toEqual([]);
  const name = `${production.host}/prod/web:1`;
  const verified = [
    verifySignature(name, scene.key.publicKey, { target: name }),
    verifyAttestation(name, scene.key.publicKey),
  ];
  expect(await Promise.all(verified)).toMatchObject([{ code: 0 }, { code: 0 }]);
}

/** The digests of the blobs that were uploaded to the target, sorted. */
const listUploaded = (): string[] =>
  production.log
    .find('PUT', /blobs\/uploads/)
    .map(({ path }) => new URLSearchParams(path.split('?')[1]).get('digest') ?? '')
    .sort();

/** The spoilt answers of a registry, so that no test passes because its fault was never met. */
const countSpoilt = ({ log }: LabRegistry, { status = 0, cutAfterBytes }: Fault): number =>
  log.entries.filter((entry) =>
    cutAfterBytes === undefined ? entry.status === status : entry.responseBytes === cutAfterBytes,
  ).length;

describe('a crash between the copy and the tag', () => {
  it('leaves no tag, and the rerun succeeds without uploading a blob again', async () => {
    // It kills the action when what was written is verified: all but the tag is there by then.
    const cosign = await scene.makeTool('cosign', 'case "$1" in verify*) kill -9 $PPID; exit 1;; esac');
    const crashed = await promote({ inputs: { cosign } });
    expect(crashed).toMatchObject({ code: null, outputs: {} });
    const blobs = [...IMAGE.contents].flatMap(([digest, { kind }]) => (kind === 'blob' ? [digest] : [])).sort();
    expect(listUploaded()).toEqual(expect.arrayContaining(blobs));
    expect(await findMissing(production.host, 'prod/web', IMAGE)).toEqual([]);
    expect(production.tags('prod/web')).toEqual([]);

    production.log.clear();
    await expectPromoted(await promote());
    expect(listUploaded().filter((digest) => blobs.includes(digest))).toEqual([]);
  }, 120_000);

  it('is no different when the signer fails: the step fails, and there is no tag', async () => {
    const script = 'case "$1" in attest-blob) echo "main.go:74: error during command execution: no" >&2; exit 1;; esac';
    const step = await promote({ inputs: { cosign: await scene.makeTool('cosign', script) } });
    expect(step).toMatchObject({ code: 1, outputs: { result: 'failed', image: '' } });
    expect(errorsOf(step).map(({ title }) => title)).toEqual(['SIGNING_FAILED']);
    expect(production.tags('prod/web')).toEqual([]);
    expect(step.summary).toContain('No tag was written.');
  }, 120_000);

  it.each([
    { what: 'signature', inputs: { attest: 'false' } },
    { what: 'record', inputs: { sign: 'false' } },
  ])(
    'is no different when the target does not show the $what: what cannot be verified is not tagged',
    async ({ inputs }) => {
      const headers = { 'Content-Type': 'application/vnd.oci.image.index.v1+json' };
      const body = '{"schemaVersion":2,"manifests":[]}';
      production.faults.push({ method: 'GET', path: /\/referrers\//, status: 200, body, headers });
      const step = await promote({ inputs });
      expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
      expect(errorsOf(step).map(({ title }) => title)).toEqual(['VERIFICATION_FAILED']);
      expect(production.tags('prod/web')).toEqual([]);
    },
    120_000,
  );
});

describe('a tag that moves', () => {
  it('at the source, after it was resolved: the first digest is promoted', async () => {
    const other = await pushImage(staging.host, 'dev/web', 'other', OTHER);
    staging.faults.push({
      method: 'GET',
      path: /\/blobs\//,
      times: 1,
      before: () => staging.setTag('dev/web', '1', other),
    });
    await expectPromoted(await promote());
    expect(staging.digestOf('dev/web', '1')).toBe(other);
  }, 120_000);

  it('at the target, while the image is copied: TAG_EXISTS, and theirs is untouched', async () => {
    const theirs = await pushImage(production.host, 'prod/web', 'theirs', OTHER);
    const write = (): void => production.setTag('prod/web', '1', theirs);
    production.faults.push({ method: 'PUT', path: /\/manifests\/sha256:/, times: 1, before: write });
    expect(endOf(await promote())).toEqual(refused('TAG_EXISTS'));
    expect(production.digestOf('prod/web', '1')).toBe(theirs);
    expect(production.log.manifestWrites('1')).toEqual([]);
  }, 120_000);

  it('at the target, right after our write: TAG_MOVED', async () => {
    const theirs = await pushImage(production.host, 'prod/web', 'theirs', OTHER);
    const write = (): void => production.setTag('prod/web', '1', theirs);
    production.faults.push({ method: 'HEAD', path: /\/manifests\/1$/, skip: 2, times: 1, before: write });
    expect(endOf(await promote())).toEqual(refused('TAG_MOVED'));
    expect(production.digestOf('prod/web', '1')).toBe(theirs);
  }, 120_000);

  it.each([409, 400])(
    'into our digest before our PUT, which an immutable registry answers with %d: success',
    async (status) => {
      production.faults.push({
        method: 'PUT',
        path: /\/manifests\/1$/,
        status,
        before: () => production.setTag('prod/web', '1', IMAGE.root.digest),
      });
      await expectPromoted(await promote());
    },
    120_000,
  );

  it('into another digest before our PUT, which an immutable registry refuses: TAG_EXISTS', async () => {
    const theirs = await pushImage(production.host, 'prod/web', 'theirs', OTHER);
    production.faults.push({
      method: 'PUT',
      path: /\/manifests\/1$/,
      status: 409,
      before: () => production.setTag('prod/web', '1', theirs),
    });
    expect(endOf(await promote())).toEqual(refused('TAG_EXISTS'));
    expect(production.digestOf('prod/web', '1')).toBe(theirs);
  }, 120_000);

  it('by us, and the answer is lost: success after a look, also where tags are immutable', async () => {
    production = await open({ immutableTags: true });
    production.faults.push({ method: 'PUT', path: /\/manifests\/1$/, times: 1, dropConnection: 'after' });
    await expectPromoted(await promote());
  }, 120_000);
});

describe('a registry that collects what is untagged', () => {
  it.each([true, false])(
    'before the tag is written (referrers API: %s): it is pushed again',
    async (referrersApi) => {
      production = await open({ referrersApi });
      let collected: string[] = [];
      const collect = (): void => {
        collected = [...collected, ...production.collectUntagged('prod/web')];
      };
      // The read from outside is the last thing before the commit point.
      const perform: Fault = {
        method: 'HEAD',
        path: new RegExp(`/manifests/${IMAGE.root.digest}$`),
        // The first is the look for what an earlier run may have left.
        skip: 1,
        times: 1,
        before: collect,
      };
      production.faults.push(perform);
      await expectPromoted(await promote());
      expect(collected).toContain(IMAGE.root.digest);
      expect(await listEvidence(production.host, 'prod/web', IMAGE.root.digest)).toEqual(EVIDENCE);
    },
    120_000,
  );
});

describe('a registry that has a bad day', () => {
  it('as target, and spoils requests of every kind: opening, upload, manifest, tag, referrers, and asks to wait', async () => {
    const faults: readonly Fault[] = [
      { method: 'HEAD', times: 2, status: 429, headers: { 'Retry-After': '1' } },
      { method: 'POST', times: 2, status: 503 },
      { method: 'PUT', path: /\/blobs\/uploads\//, times: 2, status: 500 },
      { method: 'PUT', path: /\/blobs\/uploads\//, times: 1, dropConnection: true },
      { method: 'PUT', path: /\/manifests\/sha256/, times: 1, status: 502 },
      { method: 'GET', path: /\/referrers\//, times: 1, status: 408 },
      { method: 'PUT', path: /\/manifests\/1$/, times: 1, status: 504 },
    ];
    production.faults.push(...faults);
    await expectPromoted(await promote());
    for (const fault of faults)
      expect({ fault, met: countSpoilt(production, fault) }).toEqual({ fault, met: fault.times });
  }, 120_000);

  it('as source, and spoils manifests and blobs, cuts one short, and asks to wait', async () => {
    const faults: readonly Fault[] = [
      { method: 'GET', path: /\/manifests\//, times: 2, status: 503 },
      { method: 'GET', path: /\/blobs\//, times: 1, cutAfterBytes: 10 },
      { method: 'GET', path: /\/blobs\//, times: 2, status: 429, headers: { 'Retry-After': '1' } },
      { method: 'GET', path: /\/referrers\//, times: 1, status: 500 },
    ];
    staging.faults.push(...faults);
    await expectPromoted(await promote());
    for (const fault of faults)
      expect({ fault, met: countSpoilt(staging, fault) }).toEqual({ fault, met: fault.times });
  }, 120_000);

  it('as source, and sends other bytes than those of the digest: the step fails, and nothing is written', async () => {
    staging.faults.push({ method: 'GET', path: /\/blobs\//, corruptBytes: 4 });
    const step = await promote();
    expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
    expect(errorsOf(step)[0]?.message).toMatch(/digest/);
    expect(production.log.uploads()).toEqual([]);
  }, 120_000);

  it('with tokens that expire while the image is copied', async () => {
    const login = { username: 'ci', password: 'short lived' };
    production = await open({ auth: { kind: 'bearer', ...login, tokenSeconds: 1 } });
    production.faults.push({ method: 'PUT', path: /\/blobs\/uploads\//, times: 3, delayMs: 1_200 });
    const step = await promote({ inputs: { 'target-username': login.username, 'target-password': login.password } });
    expect(endOf(step)).toEqual(success('promoted'));
    expect(production.digestOf('prod/web', '1')).toBe(IMAGE.root.digest);
  }, 120_000);
});

describe('a run that is started again', () => {
  const attempt = (run: string, number: string): PromoteStep => ({
    env: { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: number },
  });

  it('finds the tag that its first attempt wrote: unchanged', async () => {
    await expectPromoted(await promote(attempt('77', '1')));
    production.log.clear();
    const second = await promote(attempt('77', '2'));
    expect(endOf(second)).toEqual(success('unchanged'));
    expect(production.log.uploads()).toEqual([]);
  }, 120_000);

  it.each([
    { whose: 'another run', step: attempt('78', '1') },
    { whose: 'the second attempt of another run', step: attempt('78', '2') },
    {
      whose: 'the same run id in another repository',
      step: { env: { ...attempt('77', '2').env, GITHUB_REPOSITORY: 'acme/other' } },
    },
  ])(
    'is not $whose: TAG_EXISTS',
    async ({ step }) => {
      await expectPromoted(await promote(attempt('77', '1')));
      expect(endOf(await promote(step))).toEqual(refused('TAG_EXISTS'));
    },
    120_000,
  );
});
