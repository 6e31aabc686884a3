import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { makeStatement, SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { type Repository, registryOf, type TagReference } from '../../src/image/reference.ts';
import type { Approved } from '../../src/promote/approved.ts';
import { type SignedSet, signEvidence } from '../../src/promote/evidence.ts';
import { listWanted } from '../../src/promote/wanted-evidence.ts';
import { Notary } from '../../src/steps/notary.ts';
import { NO_REFERRERS } from '../../src/transfer/referrers.ts';
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
): Promise<readonly SignedSet[]> {
  const policy = '{"version": 1, "environments": {"prod": {}}}';
  const both = { sign: 'true', attest: 'true', 'cosign-key': 'env://KEY' };
  const request = await makeRequest(
    { source: 'dev.test/app:1.0', target: targets.join('\n'), ...both, policy, environment: 'prod', ...inputs },
    { env: { KEY: 'k' } },
  );
  const { graph, store } = await loadImage(IMAGE, ports.workDirectory);
  const resultDirectory = join(ports.workDirectory, 'results');
  await mkdir(resultDirectory, { recursive: true });
  const sets: SignedSet[] = [];
  for (const [repository, own] of Map.groupBy<Repository, TagReference>(request.targets, (t) => t.repository)) {
    const make = (type: string) => (name: Repository) => makeStatement({ name, digest: { sha256: HEX } }, type, {});
    const approved = {
      ...{ graph, store, referrers: NO_REFERRERS, signer, resultDirectory },
      makeRecord: () => sampleRecord({ targets: targets.filter((name) => name.startsWith(registryOf(repository))) }),
      ...{ makeVsa: make(VSA_PREDICATE), makeVuln: make(VULN_PREDICATE) },
    };
    const wanted = await listWanted(repository, own, approved as unknown as Approved, request, signer);
    const place = { repository, root: graph.root, wanted, layout: store.layout, resultDirectory };
    const notary = new Notary(signer, false, undefined);
    sets.push(await signEvidence({ ...place, present: 'nothing' }, signer, notary, ports));
  }
  return sets;
}

const signedOf = (type: string) => signer.signed.find(({ predicateType }) => predicateType === type);
const typesOf = (sets: readonly SignedSet[]): string[] =>
  sets.flatMap(({ evidence }) => evidence.map(({ predicateType }) => predicateType));

describe('the evidence of a repository', () => {
  it('is a signature that names target and environment, and statements whose subject is the repository', async () => {
    const signed = await sign(['prod.test/app:1.0'], { 'signature-annotations': 'team=shop' });
    expect(typesOf(signed)).toEqual([SIGNATURE_PREDICATE, RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE]);
    const annotations = { team: 'shop', target: 'prod.test/app:1.0', environment: 'prod' };
    // All at once: in which order is nobody's business.
    const types = [SIGNATURE_PREDICATE, RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE];
    expect(types.map(signedOf)).toMatchObject([
      { predicateType: SIGNATURE_PREDICATE, subject: [{ digest: { sha256: HEX }, annotations }] },
      ...[RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE].map((predicateType) => ({
        ...{ predicateType, subject: [{ name: 'prod.test/app', digest: { sha256: HEX } }] },
      })),
    ]);
  });

  it('refers to the image, and is kept in the layout until it is pushed', async () => {
    const [first] = (await sign(['prod.test/app:1.0'])).flatMap(({ evidence }) => evidence);
    expect(first?.referrer.subject).toBe(IMAGE.root.digest);
    expect(first?.referrer.content.manifest.subject).toMatchObject({ digest: IMAGE.root.digest });
  });

  it.each([
    [{ sign: 'false' }, [RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE]],
    [{ attest: 'false' }, [SIGNATURE_PREDICATE]],
  ])('is with %j only what is wanted', async (inputs, types) => {
    expect(typesOf(await sign(['prod.test/app:1.0'], inputs))).toEqual(types);
  });

  it('keeps the statement of the record, as it was signed, for the user, and no other', async () => {
    const paths = (await sign(['prod.test/app:1.0'])).flatMap(({ evidence }) => evidence.map((e) => e.recordPath));
    expect(paths.map((path) => path === undefined)).toEqual([true, false, true, true]);
    expect(JSON.parse(await readFile(paths[1] ?? '', 'utf8'))).toEqual(signedOf(RECORD_PREDICATE));
  });

  it('keeps one record for each repository, also where two read alike or are very long', async () => {
    const long = `prod.test/${'a'.repeat(240)}:1`;
    const signed = await sign(['prod.test/a/b:1', 'prod.test/a_b:1', long], { sign: 'false' });
    const names = signed.flatMap(({ evidence }) => evidence.flatMap(({ recordPath = [] }) => recordPath));
    expect(new Set(names).size).toBe(3);
    expect((await readdir(join(ports.workDirectory, 'results'))).sort()).toEqual(names.map((n) => basename(n)).sort());
  });
});
