import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { pushImage } from '../../lab/image/push.ts';
import { requireSignature, runPolcheck, type SignedIdentity } from '../../lab/polcheck/run-polcheck.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { runSlsaVerifier } from '../../lab/slsa-verifier.ts';
import { endOf, success } from './fixture.ts';
import { makeImage, makeIndex } from './fixture-images.ts';
import { listEvidence, RECORD_TYPE, read } from './fixture-target.ts';
import { readBundles } from './trust-attach.ts';
import { setTrustScene, type TrustScene, VULN_TYPE } from './trust-fixture.ts';

const SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';
const VSA_TYPE = 'https://slsa.dev/verification_summary/v1';
const VERIFIER = 'https://promote-image.github.io/verifier';
const TAGS = ['1.4.2', '1.4'];
const IMAGE = makeImage('fixed');
const INDEX = makeIndex('fixed');
const [AMD64, ARM64] = (
  JSON.parse(INDEX.contents.get(INDEX.root.digest)?.bytes.toString() ?? '') as { manifests: { digest: string }[] }
).manifests.map(({ digest }) => digest);

let scene: TrustScene<'dev' | 'qa' | 'promoter'>;
let databases: LabRegistry;

beforeAll(async () => {
  [scene, databases] = await Promise.all([setTrustScene('dev', 'qa'), startRegistry()]);
  await pushDatabase(databases.host, 'mirror/trivy-db', '2', buildDatabase());
}, 60_000);

afterAll(() => Promise.all([scene?.close(), databases?.close()]));

/** What production demands: a signature, and the scan of another day. */
function demandAll(format: string): Readonly<Record<string, unknown>> {
  return {
    signature: { transparencyLog: false, format },
    scan: { databases: [`${databases.host}/mirror/trivy-db:2`] },
    environments: { production: {} },
    signers: [
      { role: 'source', key: 'keys/dev.pub' },
      { role: 'scan', key: 'keys/qa.pub' },
    ],
    attestations: { require: [{ type: VULN_TYPE, role: 'scan', maxAge: '7d' }] },
  };
}

async function prepare(host: string, name: string): Promise<string> {
  const place = `${host}/dev/${name}@${await pushImage(host, `dev/${name}`, '1', name === 'index' ? INDEX : IMAGE)}`;
  await scene.sign('dev', place);
  const now = new Date().toISOString();
  await scene.attest('qa', place, 'vuln', {
    scanner: { uri: 'pkg:github/acme/scanner', result: {} },
    metadata: { scanStartedOn: now, scanFinishedOn: now },
  });
  return place;
}

/** Promotes `dev/NAME:1` to two tags of `prod/NAME-FORMAT`. */
async function promote(host: string, name: string, format: string, more = {}): Promise<StepResult> {
  const targets = TAGS.map((tag) => `${host}/prod/${name}-${format}:${tag}`).join('\n');
  const inputs = { environment: 'production', scan: 'enforce', ...more };
  return scene.promote(`${host}/dev/${name}:1`, targets, { policy: demandAll(format), inputs });
}

async function countEvidence(host: string, repository: string, digests: readonly (string | undefined)[]) {
  return Promise.all(
    digests.map(async (digest = '') => {
      const older = await read(host, `${repository}/manifests/${digest.replace(':', '-')}.sig`);
      const { layers } = older.status === 404 ? { layers: [] } : JSON.parse(older.bytes.toString());
      return { digest, bundles: await listEvidence(host, repository, digest), older: (layers as unknown[]).length };
    }),
  );
}

const STOCK = ['--key', 'promoter.pub', '--insecure-ignore-tlog=true', '--trusted-root', 'root.json'];

/** `cosign verify-attestation` with a policy in rego, which all attestations of the type must pass. */
async function verifyAttestation(reference: string, type: string, rule: string): Promise<string> {
  const rego = `package signature\nimport rego.v1\n\ndefault allow := false\n\nallow if {\n\t${rule}\n}\n`;
  const file = await scene.write(`${type.replace(/\W+/g, '-')}.rego`, rego);
  return scene.cosign('verify-attestation', ...STOCK, '--type', type, '--policy', file, reference);
}

const IDENTITIES: readonly (SignedIdentity | undefined)[] = [
  undefined,
  { type: 'matchRepository' },
  { type: 'matchExact' },
];

/** Under which identities the library of podman, CRI-O and OpenShift admits an image signed by this key. */
async function admittedUnder(reference: string, publicKey: string, arch?: string): Promise<string[]> {
  const verdicts = IDENTITIES.map(async (identity) => {
    const { accepted } = await runPolcheck(requireSignature(publicKey, identity), reference, arch);
    return accepted ? [identity?.type ?? 'default'] : [];
  });
  return (await Promise.all(verdicts)).flat();
}

describe.each(['olareg', 'distribution'] as const)('what is promoted to %s', (where) => {
  const at = () => scene.registries[where].host;

  it('in both forms is accepted by cosign, slsa-verifier and a policy.json, under each of its tags', async () => {
    const host = at();
    await prepare(host, 'web');
    const step = await promote(host, 'web', 'both');
    expect(endOf(step)).toEqual(success('promoted'));
    const repository = `${host}/prod/web-both`;
    const image = `${repository}@${IMAGE.root.digest}`;
    // The scan of QA was about dev/web: ours stands here instead, and travels on as such.
    const [found] = await countEvidence(host, 'prod/web-both', [IMAGE.root.digest]);
    expect(found).toEqual({
      digest: IMAGE.root.digest,
      bundles: [VULN_TYPE, RECORD_TYPE, SIGNATURE, SIGNATURE, SIGNATURE, VSA_TYPE].toSorted(),
      older: 2,
    });
    for (const tag of TAGS) {
      await scene.cosign('verify', ...STOCK, '-a', `target=${repository}:${tag}`, `${repository}:${tag}`);
      await scene.cosign('verify', ...STOCK, '--new-bundle-format=false', '-a', 'environment=production', image);
    }
    const rules: readonly (readonly [type: string, good: string, bad: string])[] = [
      [RECORD_TYPE, `input.predicate.environment == "production"`, `input.predicate.environment == "qa"`],
      [VSA_TYPE, `input.predicate.resourceUri == "oci://${repository}"`, `input.predicate.resourceUri == "oci://x"`],
      [VULN_TYPE, `input.predicate.scanner.db.version != ""`, `input.predicate.scanner.db.version == ""`],
    ];
    for (const [type, good, bad] of rules) {
      await verifyAttestation(image, type, good);
      await expect(verifyAttestation(image, type, bad)).rejects.toThrow(/not valid|validation|policy/i);
    }
    const bundles = await readBundles(image);
    const vsa = bundles.find(({ dsseEnvelope }) =>
      Buffer.from(dsseEnvelope.payload, 'base64').toString().includes(`"predicateType":"${VSA_TYPE}"`),
    );
    const question = {
      envelope: JSON.stringify(vsa),
      publicKey: scene.keys.promoter.publicKey,
      ...{ digests: [IMAGE.root.digest], verifierId: VERIFIER, levels: ['PROMOTED_PRODUCTION'] },
    };
    const asked = await runSlsaVerifier({ ...question, resourceUri: `oci://${repository}` });
    expect(asked).toMatchObject({ passed: true });
    expect(await runSlsaVerifier({ ...question, resourceUri: `oci://${host}/prod/other` })).toMatchObject({
      passed: false,
    });

    const { promoter, dev } = scene.keys;
    for (const tag of TAGS) {
      const admitted = await admittedUnder(`${repository}:${tag}`, promoter.publicKey);
      expect(admitted).toEqual(['default', 'matchRepository', 'matchExact']);
    }
    await pushImage(host, 'prod/web-both', 'moved-by-hand', IMAGE);
    expect(await admittedUnder(`${repository}:moved-by-hand`, promoter.publicKey)).toEqual(['matchRepository']);
    expect(await admittedUnder(`${repository}:1.4`, dev.publicKey)).toEqual([]);
  }, 120_000);

  it('in the form of cosign 2 is accepted with every platform of an index', async () => {
    const host = at();
    await prepare(host, 'index');
    expect(endOf(await promote(host, 'index', 'legacy'))).toEqual(success('promoted'));
    const repository = `${host}/prod/index-legacy`;
    const { publicKey } = scene.keys.promoter;
    for (const arch of ['amd64', 'arm64']) {
      const admitted = await admittedUnder(`${repository}:1.4`, publicKey, arch);
      expect([arch, admitted]).toEqual([arch, ['default', 'matchRepository', 'matchExact']]);
    }
    for (const digest of [INDEX.root.digest, AMD64, ARM64]) {
      await scene.cosign('verify', ...STOCK, '--new-bundle-format=false', `${repository}@${digest}`);
      expect(await admittedUnder(`${repository}@${digest}`, publicKey)).toEqual(['default', 'matchRepository']);
    }
    await verifyAttestation(`${repository}:1.4.2`, RECORD_TYPE, `input.predicate.environment == "production"`);
  }, 120_000);

  it.each([
    { name: 'web', format: 'both', digests: [IMAGE.root.digest] },
    { name: 'index', format: 'legacy', digests: [INDEX.root.digest, AMD64, ARM64] },
  ])(
    'as $name, $format, gets nothing more when the job runs again',
    async ({ name, format, digests }) => {
      const host = at();
      const before = await countEvidence(host, `prod/${name}-${format}`, digests);
      const again = await promote(host, name, format, { 'existing-tag': 'accept-same-digest' });
      expect(endOf(again)).toEqual(success('unchanged'));
      expect(await countEvidence(host, `prod/${name}-${format}`, digests)).toEqual(before);
      expect(before.map(({ older }) => older)).toEqual(digests.map(() => 2));
    },
    60_000,
  );
});
