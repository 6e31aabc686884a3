import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import { parseDigest } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { type Facts, gatherFacts } from '../../src/promote/facts.ts';
import type { RunIdentity } from '../../src/promote/ports.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { createFakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';
import { sampleRecord } from './sample-record.ts';

const IMAGE = buildImage();
const DIGEST = parseDigest(IMAGE.root.digest);
const OTHER = buildImage({ labels: { name: 'another' } });

let registry: LabRegistry;
let ports: FakePorts;
const nobody = async () => undefined;

beforeEach(async () => {
  [registry, ports] = await Promise.all([startRegistry(), openPorts()]);
  await pushImage(registry.host, 'dev/app', '1.0', IMAGE);
});
afterEach(() => Promise.all([ports.close(), registry.close()]));

const RUN: RunIdentity = { runId: '4711', runAttempt: 2, repository: 'acme/shop' };

/** Gathers facts; a record, when there is one, is attached to the target and verified. */
async function gather(
  options: {
    readonly target?: string;
    readonly dryRun?: boolean;
    readonly record?: Partial<PromotionRecord>;
    readonly of?: string;
    readonly run?: RunIdentity;
  } = {},
): Promise<Facts> {
  const name = `${registry.host}/prod/app:1.0`;
  const request = await makeRequest({
    source: `${registry.host}/dev/app:1.0`,
    target: options.target ?? name,
    'dry-run': String(options.dryRun ?? false),
  });
  const signer = createFakeSigner();
  const record = sampleRecord({
    targets: [name],
    runId: '4711',
    runAttempt: 1,
    repository: 'acme/shop',
    ...options.record,
  });
  const statement = makeRecord(parseRepository(options.of ?? `${registry.host}/prod/app`), DIGEST, record);
  const verifier = { ...signer.verifier, verifyAttestation: async () => [statement] };
  const own = options.record === undefined ? undefined : { ...signer, verifier };
  return gatherFacts(request, async () => own, { ...ports, run: options.run ?? RUN });
}

describe('the facts', () => {
  it('are what the source means, and what each target tag points at', async () => {
    await pushImage(registry.host, 'prod/app', '1.0', OTHER);
    const { host } = registry;
    const facts = await gather({ target: `${host}/prod/app:1.0\n${host}/prod/app:2.0\n${host}/prod/new:1.0` });
    expect(facts.source.digest).toBe(DIGEST);
    expect(facts.targets.map(({ digest }) => digest)).toEqual([OTHER.root.digest, undefined, undefined]);
    expect(facts.targets.every(({ isOwnEarlierAttempt }) => !isOwnEarlierAttempt)).toBe(true);
  });

  it('are told as they are learned', async () => {
    await gather();
    expect(ports.log.lines).toEqual([
      `info Source  ${registry.host}/dev/app:1.0 is ${DIGEST}`,
      `info Target  ${registry.host}/prod/app:1.0 is free`,
    ]);
  });

  it.each([401, 403, 429, 500])('are unknown when the target answers %i: that is never "absent"', async (status) => {
    registry.faults.push({ path: /prod\/app\/manifests/, status });
    await expect(gather()).rejects.toMatchObject({ status });
  });

  it('are unknown when the source is not there', async () => {
    registry.faults.push({ path: /dev\/app\/manifests/, status: 404 });
    await expect(gather()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    [true, 'pull'],
    [false, 'pull,push'],
  ])('of a dry run (%s) are asked for with the right to %s', async (dryRun, right) => {
    await registry.close();
    registry = await startRegistry({ auth: { kind: 'bearer', username: 'u', password: 'p', pull: 'anonymous' } });
    await pushImage(registry.host, 'dev/app', '1.0', IMAGE, { username: 'u', password: 'p' });
    registry.log.clear();
    await gather({ dryRun }).catch(() => undefined);
    const scopes = registry.log
      .find('GET', /^\/token/)
      .map(({ path }) => decodeURIComponent(path.split('scope=')[1] ?? ''));
    expect(scopes.filter((scope) => scope.includes('prod/app')).map((scope) => scope.split(':').at(-1))).toContain(
      right,
    );
  });
});

describe('what else is asked of the source', () => {
  const requestFor = (): Promise<PromoteRequest> =>
    makeRequest({ source: `${registry.host}/dev/app:1.0`, target: `${registry.host}/prod/app:1.0` });

  it('is asked as soon as the source is known, beside the tags', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    registry.faults.push({ path: /prod\/app\/manifests/, before: () => promise });
    const { asked, targets } = await gatherFacts(await requestFor(), nobody, ports, async ({ digest }) => {
      resolve();
      return `about ${digest}`;
    });
    expect(asked).toBe(`about ${DIGEST}`);
    expect(targets).toHaveLength(1);
  });

  it('ends everything when it fails', async () => {
    const failure = new Error('cosign broke');
    const facts = gatherFacts(await requestFor(), nobody, ports, () => Promise.reject(failure));
    await expect(facts).rejects.toBe(failure);
  });
});

describe('a channel that moves', () => {
  it('leaves what its content says, not its header alone', async () => {
    await pushImage(registry.host, 'prod/app', '1.0', OTHER);
    const policy = 'version: 1\ntargets: { channels: ["1.0"] }\n';
    const request = await makeRequest(
      {
        source: `${registry.host}/dev/app:1.0`,
        target: `${registry.host}/prod/app:1.0`,
        'existing-tag': 'move',
      },
      { files: { '.github/promote-image.yml': policy } },
    );
    registry.faults.push({ method: 'HEAD', path: /prod\/app\/manifests/, wrongDigestHeader: true });
    const { targets } = await gatherFacts(request, nobody, ports);
    expect(targets.map(({ digest }) => digest)).toEqual([OTHER.root.digest]);
  });
});

describe('an earlier attempt of this run', () => {
  beforeEach(() => pushImage(registry.host, 'prod/app', '1.0', IMAGE));

  it('is known by a record of ours for this very tag', async () => {
    expect((await gather({ record: {} })).targets).toMatchObject([{ isOwnEarlierAttempt: true }]);
  });

  it.each<[string, Parameters<typeof gather>[0]]>([
    ['of another run', { record: { runId: '4712' } }],
    ['of the same attempt', { record: { runAttempt: 2 } }],
    ['of a later attempt', { record: { runAttempt: 3 } }],
    ['without an attempt', { record: {}, run: { runId: '4711', repository: 'acme/shop' } }],
    ['of another repository that ran under the same number', { record: { repository: 'evil/shop' } }],
    ['for another tag', { record: { targets: ['prod.test/app:2.0'] } }],
    ['about another repository', { record: {}, of: 'other.test/app' }],
    ['that no key vouches for', {}],
    ['when this is the first attempt', { record: {}, run: { ...RUN, runAttempt: 1 } }],
  ])('is not one %s', async (_, options) => {
    expect((await gather(options)).targets).toMatchObject([{ isOwnEarlierAttempt: false }]);
  });

  it('is not looked for where the tag has another digest', async () => {
    await pushImage(registry.host, 'prod/app', '1.0', OTHER);
    expect((await gather({ record: {} })).targets).toMatchObject([
      { isOwnEarlierAttempt: false, digest: OTHER.root.digest },
    ]);
  });
});
