import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { type Repository, registryOf, type TagReference } from '../../src/image/reference.ts';
import { listSignatures, type SignedEvidence, signEvidence } from '../../src/promote/evidence.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { createFakeSigner, type FakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';
import { loadImage } from './load-image.ts';
import { sampleRecord } from './sample-record.ts';

const IMAGE = buildImage();
const HEX = IMAGE.root.digest.slice('sha256:'.length);

let ports: FakePorts;
let signer: FakeSigner;
beforeEach(async () => {
  ports = await openPorts();
  signer = createFakeSigner();
});
afterEach(() => ports.close());

async function sign(
  targets: readonly string[],
  inputs: Readonly<Record<string, string>> = {},
): Promise<readonly SignedEvidence[]> {
  const policy = '{"version": 1, "environments": {"prod": {}}}';
  const both = { sign: 'true', attest: 'true', 'cosign-key': 'env://KEY' };
  const request = await makeRequest(
    { source: 'dev.test/app:1.0', target: targets.join('\n'), ...both, policy, environment: 'prod', ...inputs },
    { env: { KEY: 'k' } },
  );
  const { graph, store } = await loadImage(IMAGE, ports.workDirectory);
  const resultDirectory = join(ports.workDirectory, 'results');
  await mkdir(resultDirectory, { recursive: true });
  const signed: SignedEvidence[] = [];
  for (const [repository, own] of Map.groupBy<Repository, TagReference>(request.targets, (t) => t.repository)) {
    const record = sampleRecord({ targets: targets.filter((name) => name.startsWith(registryOf(repository))) });
    const wanted = { repository, targets: own, root: graph.root, record, resultDirectory, isUnchanged: false };
    signed.push(...(await signEvidence({ ...wanted, layout: store.layout }, request, signer, ports)));
  }
  return signed;
}

describe('the evidence of a repository', () => {
  it('is a signature that names target and environment, and a record whose subject is the repository', async () => {
    const signed = await sign(['prod.test/app:1.0'], { 'signature-annotations': 'team=shop' });
    expect(signed.map(({ predicateType }) => predicateType)).toEqual([SIGNATURE_PREDICATE, RECORD_PREDICATE]);
    const annotations = { team: 'shop', target: 'prod.test/app:1.0', environment: 'prod' };
    expect(signer.signed).toMatchObject([
      { predicateType: SIGNATURE_PREDICATE, subject: [{ digest: { sha256: HEX }, annotations }] },
      { predicateType: RECORD_PREDICATE, subject: [{ name: 'prod.test/app', digest: { sha256: HEX } }] },
    ]);
  });

  it('refers to the image, and is kept in the layout until it is pushed', async () => {
    const [first] = await sign(['prod.test/app:1.0']);
    expect(first?.referrer.subject).toBe(IMAGE.root.digest);
    expect(first?.referrer.content.manifest.subject).toMatchObject({ digest: IMAGE.root.digest });
  });

  it.each([
    [{ sign: 'false' }, [RECORD_PREDICATE]],
    [{ attest: 'false' }, [SIGNATURE_PREDICATE]],
  ])('is with %j only what is wanted', async (inputs, types) => {
    expect((await sign(['prod.test/app:1.0'], inputs)).map(({ predicateType }) => predicateType)).toEqual(types);
  });

  it('keeps the statement of the record, as it was signed, for the user', async () => {
    const { recordPath = '' } = (await sign(['prod.test/app:1.0'])).at(-1) ?? {};
    expect(JSON.parse(await readFile(recordPath, 'utf8'))).toEqual(signer.signed.at(-1));
  });

  it('keeps one record for each repository, also where two read alike or are very long', async () => {
    const long = `prod.test/${'a'.repeat(240)}:1`;
    const signed = await sign(['prod.test/a/b:1', 'prod.test/a_b:1', long], { sign: 'false' });
    const names = signed.map(({ recordPath = '' }) => basename(recordPath));
    expect(new Set(names).size).toBe(3);
    expect((await readdir(join(ports.workDirectory, 'results'))).sort()).toEqual(names.sort());
  });
});

describe('listSignatures', () => {
  it('is one for each target, so that each can be asked for', async () => {
    const request = await makeRequest({ source: 'dev.test/app:1', target: 'prod.test/app:1\nprod.test/app:2' });
    expect(listSignatures(request.targets, request)).toEqual([
      { target: 'prod.test/app:1' },
      { target: 'prod.test/app:2' },
    ]);
  });
});
