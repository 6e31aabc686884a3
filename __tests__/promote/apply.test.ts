import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { apply } from '../../src/promote/apply.ts';
import { gatherFacts } from '../../src/promote/facts.ts';
import { Journal } from '../../src/promote/journal.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { decide } from '../../src/promote/plan.ts';
import { composeRecord } from '../../src/promote/record.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import { loadGraph } from '../../src/transfer/graph.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { fetchReferrers } from '../../src/transfer/referrers.ts';
import { fetchStore } from '../../src/transfer/store.ts';
import { type FakePorts, NOW, openPorts } from './fake-ports.ts';
import { createFakeSigner, type FakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';

const AMD64 = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, layers: [{ randomBytes: 500, seed: 1 }] });
const ARM64 = buildImage({ platform: { os: 'linux', architecture: 'arm64' }, layers: [{ randomBytes: 500, seed: 2 }] });
const INDEX = buildIndex([AMD64, ARM64]);
const DIGEST = INDEX.root.digest;
const SBOM = buildReferrer(INDEX.root, { artifactType: 'application/spdx+json', bytes: '{}' });

let source: LabRegistry;
let target: LabRegistry;
let ports: FakePorts;
let signer: FakeSigner;

async function open(options: RegistryOptions = {}): Promise<void> {
  await target?.close();
  target = await startRegistry(options);
}

beforeEach(async () => {
  source = await startRegistry();
  ports = await openPorts();
  signer = createFakeSigner();
  for (const image of [INDEX, SBOM])
    await pushImage(source.host, 'dev/app', image === INDEX ? '1.0' : undefined, image);
  await open();
});
afterEach(async () => {
  await ports.close();
  await source.close();
  await target.close();
});

interface Options {
  readonly targets?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly isSigned?: boolean;
}

function toRequest({ targets = ['prod/app:1.0'], inputs = {}, isSigned = true }: Options): Promise<PromoteRequest> {
  const flag = String(isSigned);
  return makeRequest(
    {
      source: `${source.host}/dev/app:1.0`,
      target: targets.map((name) => `${target.host}/${name}`).join('\n'),
      ...{ sign: flag, attest: flag, 'cosign-key': 'env://KEY' },
      ...inputs,
    },
    { env: { KEY: 'k' } },
  );
}

/** Applies what would be applied after gates that all pass. */
async function run(options: Options = {}): Promise<{ outcome: Promise<Outcome>; journal: Journal }> {
  const request = await toRequest(options);
  const own = request.sign ? signer : undefined;
  const journal = new Journal(request, ports.clock);
  const facts = await gatherFacts(request, own, ports);
  const decision = decide(request, facts);
  const { repository } = request.source;
  const graph = await loadGraph(facts.source, (digest) => ports.source.getManifest(repository, digest));
  const layout = await createLayout(join(ports.workDirectory, `layout-${Math.random()}`));
  const quiet = { onBytes: () => undefined, onSmallDisk: () => undefined, signal: ports.signal };
  const store = await fetchStore(graph, { client: ports.source, repository, layout }, quiet);
  const referrers = await fetchReferrers(graph, ports.source, repository, layout);
  const resultDirectory = join(ports.workDirectory, 'results');
  await mkdir(resultDirectory, { recursive: true });
  target.log.clear();
  const outcome = apply(
    {
      ...{ plan: decision.plan, graph, store, referrers, signer: own, resultDirectory },
      makeRecord: (targets) =>
        composeRecord({
          ...{ request, ports, journal, targets, decision, signer, former: [], scanner: undefined },
          ...{ scan: { verdict: undefined, scannedAt: NOW }, revision: undefined, finishedAt: NOW },
        }),
    },
    request,
    ports,
    journal,
  );
  return { outcome, journal };
}

/** What was written to the target, in order: blobs as one word, manifests by what they are. */
function listWrites(): string[] {
  const known = new Map<string, string>([
    [AMD64.root.digest, 'amd64'],
    [ARM64.root.digest, 'arm64'],
    [DIGEST, 'index'],
    [SBOM.root.digest, 'sbom'],
    [DIGEST.replace(':', '-'), 'fallback index'],
  ]);
  const words = target.log.uploads().map(({ method, path }) => {
    const [, repository, reference = ''] = /^\/v2\/(.+?)\/manifests\/(.+)$/.exec(path) ?? [];
    if (repository === undefined) return method === 'PUT' || method === 'PATCH' ? 'blob' : 'open';
    return known.get(reference) ?? (reference.startsWith('sha256:') ? 'evidence' : `tag ${repository}:${reference}`);
  });
  return words.filter((word, i) => word !== words[i - 1]);
}

describe('the order of writes', () => {
  it('is blobs, children, root, referrers, evidence, and the tag last', async () => {
    const { outcome } = await run();
    expect(await outcome).toMatchObject({ result: 'promoted', targetTouched: true });
    const [first, ...rest] = listWrites();
    expect(first).toBe('blob');
    expect(rest.slice(0, 2).sort()).toEqual(['amd64', 'arm64']);
    expect(rest.slice(2)).toEqual([
      ...['index', 'blob', 'sbom', 'blob', 'evidence', 'blob', 'evidence'],
      'tag prod/app:1.0',
    ]);
    expect(target.digestOf('prod/app', '1.0')).toBe(DIGEST);
  });

  it('has one fallback index for all referrers before the tag, where there is no referrers API', async () => {
    await open({ referrersApi: false });
    expect(await (await run()).outcome).toMatchObject({ result: 'promoted' });
    expect(listWrites().slice(-2)).toEqual(['fallback index', 'tag prod/app:1.0']);
    expect(target.log.manifestWrites(DIGEST.replace(':', '-'))).toHaveLength(1);
    const index = JSON.parse(
      String(target.read('prod/app', target.digestOf('prod/app', DIGEST.replace(':', '-')) ?? '')),
    );
    expect(index.manifests).toHaveLength(3);
  });

  it('fills both repositories before the first tag', async () => {
    const { outcome } = await run({ targets: ['prod/a:1', 'prod/b:1', 'prod/a:2'] });
    expect((await outcome).targets.map(({ result }) => result)).toEqual(['promoted', 'promoted', 'promoted']);
    expect(listWrites().slice(-3)).toEqual(['tag prod/a:1', 'tag prod/b:1', 'tag prod/a:2']);
    for (const repository of ['prod/a', 'prod/b']) {
      expect([DIGEST, SBOM.root.digest].every((digest) => target.hasManifest(repository, digest))).toBe(true);
    }
  });

  it('mounts the blobs of the image where source and target share a registry', async () => {
    await target.close();
    target = source;
    await (await run({ isSigned: false })).outcome;
    const mounts = source.log.find('POST', /mount=sha256/);
    expect(mounts.length).toBeGreaterThanOrEqual(5);
    expect(mounts.every(({ status }) => status === 201)).toBe(true);
    // Only what the referrer is made of, `{}`, is sent.
    expect(source.log.find('PATCH', /uploads/).map(({ requestBytes }) => requestBytes)).toEqual([2]);
    target = await startRegistry();
  });
});

describe('the evidence', () => {
  it('is a signature for each target and a record for each repository, told in the outcome', async () => {
    const { outcome } = await run({ targets: ['prod/a:1', 'prod/a:2', 'prod/b:1'] });
    const evidence = (await outcome).evidence.map(({ repository, predicateType }) => [
      repository.replace(target.host, ''),
      predicateType,
    ]);
    expect(evidence).toEqual([
      ['/prod/a', SIGNATURE_PREDICATE],
      ['/prod/a', SIGNATURE_PREDICATE],
      ['/prod/a', RECORD_PREDICATE],
      ['/prod/b', SIGNATURE_PREDICATE],
      ['/prod/b', RECORD_PREDICATE],
    ]);
  });

  it('that the target does not show from outside keeps the tag from being written', async () => {
    signer.rejects = true;
    await expect((await run()).outcome).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
    expect(target.tags('prod/app')).toEqual([]);
  });

  it('of nothing needs no signer: the image and its referrers are copied', async () => {
    expect(await (await run({ isSigned: false })).outcome).toMatchObject({ result: 'promoted', evidence: [] });
    expect(signer.signed).toEqual([]);
  });
});

describe('a tag that has the digest already', () => {
  const inputs = { 'existing-tag': 'accept-same-digest' };

  it('is unchanged: no blob, no manifest of the image and no tag is written, evidence that is missing is', async () => {
    await pushImage(target.host, 'prod/app', '1.0', INDEX);
    expect(await (await run({ inputs })).outcome).toMatchObject({
      result: 'unchanged',
      targets: [{ result: 'unchanged' }],
      evidence: [{ predicateType: SIGNATURE_PREDICATE }, { predicateType: RECORD_PREDICATE }],
    });
    expect(listWrites()).toEqual(['blob', 'sbom', 'blob', 'evidence', 'blob', 'evidence']);
  });

  it('gets no evidence twice', async () => {
    await (await run()).outcome;
    expect((await (await run({ inputs })).outcome).evidence).toEqual([]);
    expect(signer.signed).toHaveLength(2);
  });

  it('is untouched when there is nothing to add', async () => {
    await pushImage(target.host, 'prod/app', '1.0', INDEX);
    await source.close();
    source = await startRegistry();
    await pushImage(source.host, 'dev/app', '1.0', INDEX);
    expect(await (await run({ inputs, isSigned: false })).outcome).toMatchObject({
      result: 'unchanged',
      targetTouched: false,
    });
    expect(target.log.uploads()).toEqual([]);
  });

  it('beside one that is free: the whole is promoted', async () => {
    await pushImage(target.host, 'prod/app', '1.0', INDEX);
    const { outcome } = await run({ inputs, targets: ['prod/app:1.0', 'prod/app:1.1'] });
    expect(await outcome).toMatchObject({
      result: 'promoted',
      targets: [{ result: 'unchanged' }, { result: 'promoted' }],
    });
  });
});

describe('between copy and tag', () => {
  it('what the registry collected is pushed again', async () => {
    const manifests = [DIGEST, AMD64.root.digest, ARM64.root.digest, SBOM.root.digest];
    const before = (): void => void target.collectUntagged('prod/app');
    const { outcome } = await run();
    target.faults.push({ method: 'HEAD', path: new RegExp(`manifests/${DIGEST}`), times: 1, before });
    expect(await outcome).toMatchObject({ result: 'promoted' });
    expect(manifests.every((digest) => target.hasManifest('prod/app', digest))).toBe(true);
    expect(ports.log.lines).toContainEqual(expect.stringContaining('collected untagged content'));
  });

  it('a tag that somebody else wrote is refused, and stays theirs', async () => {
    await pushImage(target.host, 'prod/app', undefined, AMD64);
    const { outcome, journal } = await run();
    const before = (): void => target.setTag('prod/app', '1.0', AMD64.root.digest);
    target.faults.push({ method: 'HEAD', path: /manifests\/1\.0/, times: 1, before });
    expect(await outcome).toMatchObject({ result: 'refused', targets: [{ result: 'refused', code: 'TAG_EXISTS' }] });
    expect(journal.refusals).toMatchObject([{ code: 'TAG_EXISTS' }]);
    expect(target.digestOf('prod/app', '1.0')).toBe(AMD64.root.digest);
  });
});

describe('after the first tag', () => {
  const targets = ['prod/a:1', 'prod/b:1', 'prod/c:1'];
  const expected = [
    { result: 'promoted' },
    { result: 'failed', code: 'PARTIAL' },
    { result: 'failed', code: 'PARTIAL' },
  ];

  it('a tag that cannot be written makes it partial, and the rest is left alone', async () => {
    const { outcome, journal } = await run({ targets });
    target.faults.push({ method: 'PUT', path: /prod\/b\/manifests\/1/, status: 403 });
    const error: unknown = await outcome.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PARTIAL', hint: expect.stringContaining('accept-same-digest') });
    expect(error).toMatchObject({ cause: { code: 'DENIED' }, message: expect.stringContaining('/prod/b:1 was not') });
    expect(journal.end('failed', error).targets).toMatchObject(expected);
    expect(targets.map((name) => target.tags(name.replace(':1', '')))).toEqual([['1'], [], []]);
  });

  it('a tag that was taken makes it partial too, and its own end is a refusal', async () => {
    await pushImage(target.host, 'prod/b', undefined, AMD64);
    const { outcome, journal } = await run({ targets });
    const before = (): void => target.setTag('prod/b', '1', AMD64.root.digest);
    target.faults.push({ method: 'PUT', path: /prod\/a\/manifests\/1/, times: 1, before });
    const error: unknown = await outcome.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PARTIAL' });
    expect(journal.end('failed', error).targets).toMatchObject([
      { result: 'promoted' },
      { result: 'refused', code: 'TAG_EXISTS' },
      { result: 'failed', code: 'PARTIAL' },
    ]);
  });

  it('before which something fails, it is no partial promotion', async () => {
    const { outcome } = await run({ targets });
    target.faults.push({ method: 'PUT', path: /prod\/a\/manifests\/1/, status: 403 });
    await expect(outcome).rejects.toMatchObject({ code: 'DENIED' });
    expect(targets.flatMap((name) => target.tags(name.replace(':1', '')))).toEqual([]);
  });
});
