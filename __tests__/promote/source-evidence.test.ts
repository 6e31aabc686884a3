import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findTool } from '../../lab/tools.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import { makeSignature, makeStatement, SIGNATURE_PREDICATE, toDigestSet } from '../../src/chain/statement.ts';
import { runCommand } from '../../src/host/machine/exec.ts';
import { parseReference } from '../../src/image/reference.ts';
import { gatherSourceEvidence, needsSourceEvidence, type SourceEvidence } from '../../src/promote/source-evidence.ts';
import { createVerifier, type Verifier } from '../../src/signer/verifier.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from '../chain/cosign-room.ts';
import { type EvidenceRoom, makeSampleRecord, openEvidenceRoom } from '../chain/evidence-room.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { readStep } from './fake-step.ts';

const PROVENANCE = 'https://slsa.dev/provenance/v1';
const CYCLONEDX = 'https://cyclonedx.org/bom';
const BUILDER = 'https://github.com/acme/builders/.github/workflows/build.yml@refs/tags/v1';
const COMMIT = 'c0ffee'.padEnd(40, '0');

let cosign: CosignRoom;
let keys: Readonly<Record<'dev' | 'qa' | 'stranger', RoomKey>>;
let verifier: Verifier;
let source: EvidenceRoom;
let ports: FakePorts;
beforeAll(async () => {
  cosign = await openCosignRoom();
  const [dev, qa, stranger] = await Promise.all([
    cosign.makeKey('dev'),
    cosign.makeKey('qa'),
    cosign.makeKey('stranger'),
  ]);
  keys = { dev, qa, stranger };
  const signal = new AbortController().signal;
  verifier = await createVerifier({
    ...{ path: findTool('cosign'), directory: cosign.directory, networkEnv: {}, kmsEnv: {} },
    ...{ exec: runCommand, signal },
  });
}, 60_000);
afterAll(() => cosign.close());
beforeEach(async () => {
  source = await openEvidenceRoom();
  ports = await openPorts({ source: source.client });
});
afterEach(() => Promise.all([source.close(), ports.close()]));

const signed = new Map<string, Promise<Buffer>>();

/** Signs each statement once: cosign takes its time. */
function signOnce(key: RoomKey, statement: object): Promise<Buffer> {
  const name = `${key.anchor.name} ${JSON.stringify(statement)}`;
  const bundle = signed.get(name) ?? cosign.signStatement(key, statement);
  signed.set(name, bundle);
  return bundle;
}
async function attach(key: RoomKey, predicateType: string, predicate: unknown): Promise<string> {
  const statement = makeStatement({ digest: toDigestSet(source.digest) }, predicateType, predicate);
  return source.attach(await signOnce(key, statement), predicateType);
}
async function sign(key: RoomKey): Promise<string> {
  return source.attach(await signOnce(key, makeSignature(source.digest, {})), SIGNATURE_PREDICATE);
}

async function gather(policy: object, inputs: Readonly<Record<string, string>> = {}): Promise<SourceEvidence> {
  const reference = `${source.repository}:1`;
  const files = Object.fromEntries(Object.values(keys).map(({ anchor }) => [anchor.name, anchor.key]));
  const stated = { version: 1, signature: { transparencyLog: false }, ...policy };
  const request = await readStep(
    { source: reference, policy: 'p.yml', scan: 'off', ...inputs },
    { files: { ...files, 'p.yml': JSON.stringify(stated) } },
  );
  const facts = { source: await source.client.resolve(parseReference(reference)), targets: [] };
  source.registry.log.clear();
  return gatherSourceEvidence(request, facts, needsSourceEvidence(request) ? verifier : undefined, ports);
}

const DEV = { role: 'source', key: 'keys/dev.pub' };
const makeProvenance = (commit = COMMIT, ref = 'refs/heads/main') => ({
  buildDefinition: {
    externalParameters: { workflow: { repository: 'https://github.com/acme/app', ref } },
    resolvedDependencies: [{ uri: `git+https://github.com/acme/app@${ref}`, digest: { gitCommit: commit } }],
  },
  runDetails: { builder: { id: BUILDER }, metadata: { finishedOn: '2026-11-21T09:00:00Z' } },
});
const WANTED = { type: PROVENANCE, role: 'source', builder: BUILDER, level: 'SLSA_BUILD_LEVEL_3' };

describe('the evidence of the source', () => {
  it('is not asked for when nobody demands any', async () => {
    expect(await gather({})).toEqual({ gates: [], refusals: [], relied: [], sboms: new Map() });
    expect(source.registry.log.entries).toEqual([]);
    expect(ports.log.lines).toEqual([]);
  });

  it('is a signature and provenance, by whom and how old, with the commit and the level that it proves', async () => {
    const [signature, provenance] = await Promise.all([sign(keys.dev), attach(keys.dev, PROVENANCE, makeProvenance())]);
    const evidence = await gather({ signers: [DEV], attestations: { require: [WANTED] } });
    expect(evidence).toEqual({
      gates: [
        { name: 'Source signature', verdict: 'passed', evidence: 'signed by keys/dev.pub, whom p.yml names' },
        { name: 'Required attestations', verdict: 'passed', evidence: `${PROVENANCE} by keys/dev.pub, 1h old` },
      ],
      refusals: [],
      relied: [
        { kind: 'signature', type: SIGNATURE_PREDICATE, signer: 'keys/dev.pub', digest: signature },
        { kind: 'attestation', type: PROVENANCE, signer: 'keys/dev.pub', digest: provenance },
      ],
      accepted: [expect.objectContaining({ signer: 'keys/dev.pub', manifest: provenance })],
      revision: { commit: COMMIT, from: 'provenance' },
      level: 'SLSA_BUILD_LEVEL_3',
      sboms: new Map(),
    });
    expect(ports.log.lines).toContainEqual(expect.stringContaining('Source signature: passed'));
  }, 60_000);

  it('that is missing is refused, all of it together', async () => {
    await attach(keys.stranger, PROVENANCE, makeProvenance());
    const scan = { mode: 'enforce', from: 'sbom' };
    const evidence = await gather({ signers: [DEV], attestations: { require: [WANTED] }, scan }, { scan: 'enforce' });
    expect(evidence.refusals.map(({ code }) => code)).toEqual([
      'SOURCE_UNSIGNED',
      'ATTESTATION_MISSING',
      'ATTESTATION_MISSING',
    ]);
    expect(evidence.gates.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
      'Source signature: refused',
      'Required attestations: refused',
    ]);
    expect(evidence).not.toHaveProperty('revision');
    expect(evidence).not.toHaveProperty('level');
  }, 60_000);

  it('must satisfy the inputs as well as the policy', async () => {
    await sign(keys.dev);
    expect((await gather({ signers: [DEV] }, { 'source-key': 'keys/qa.pub' })).refusals).toMatchObject([
      { code: 'SOURCE_UNSIGNED', message: expect.stringContaining('keys/qa.pub') },
    ]);
    await sign(keys.qa);
    const { refusals, relied } = await gather({ signers: [DEV] }, { 'source-key': 'keys/qa.pub' });
    expect(refusals).toEqual([]);
    expect(relied.map(({ signer }) => signer)).toEqual(['keys/dev.pub', 'keys/qa.pub']);
  }, 60_000);

  it('brings the SBOM that is to be scanned', async () => {
    const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [] };
    const digest = await attach(keys.dev, CYCLONEDX, bom);
    await sign(keys.dev);
    const { sboms, relied, refusals } = await gather({ signers: [DEV], scan: { from: 'sbom' } }, { scan: 'enforce' });
    expect(refusals).toEqual([]);
    const sbom = sboms.get(source.digest);
    expect(JSON.parse(Buffer.from(sbom?.bytes ?? []).toString())).toEqual(bom);
    expect(relied.at(-1)).toEqual({ kind: 'attestation', type: CYCLONEDX, signer: 'keys/dev.pub', digest });
  }, 60_000);
});

describe('the SBOM of the source', () => {
  const signers = [{ role: 'scan', key: 'keys/qa.pub' }];

  it('that is missing is no gate where the scan only reports', async () => {
    const { gates, refusals } = await gather({ signers, scan: { mode: 'report', from: 'sbom' } }, { scan: 'report' });
    expect({ gates, refusals }).toEqual({ gates: [], refusals: [] });
  });

  it('by one who may not attest any is refused, and nothing of it is scanned', async () => {
    await attach(keys.dev, CYCLONEDX, { bomFormat: 'CycloneDX' });
    const { gates, refusals, sboms } = await gather({ signers, scan: { from: 'sbom' } }, { scan: 'enforce' });
    expect(gates).toMatchObject([{ name: 'Required attestations', verdict: 'refused' }]);
    expect(refusals).toMatchObject([{ code: 'ATTESTATION_MISSING', message: expect.stringContaining('keys/qa.pub') }]);
    expect(sboms.size).toBe(0);
  }, 60_000);
});

describe('the commit that evidence proves', () => {
  const require = [WANTED];

  it('is none where two builders say different ones', async () => {
    await sign(keys.dev);
    await Promise.all([
      attach(keys.dev, PROVENANCE, makeProvenance()),
      attach(keys.dev, PROVENANCE, makeProvenance('b'.repeat(40), 'refs/heads/other')),
    ]);
    const both = ['main', 'other'].map((branch) => ({ ...WANTED, branch }));
    const evidence = await gather({ signers: [DEV], attestations: { require: both } });
    expect(evidence.refusals).toEqual([]);
    expect(evidence).not.toHaveProperty('revision');
  }, 60_000);

  it('is that of provenance which was demanded, and of no other', async () => {
    await sign(keys.dev);
    await attach(keys.dev, PROVENANCE, makeProvenance());
    expect(await gather({ signers: [DEV] })).not.toHaveProperty('revision');
    expect(await gather({ signers: [DEV], attestations: { require } })).toHaveProperty('revision');
  }, 60_000);

  it.each<['provenance' | 'record' | 'label', object | undefined]>([
    ['provenance', { commit: COMMIT, from: 'record' }],
    ['record', { commit: COMMIT, from: 'record' }],
    ['label', undefined],
  ])(
    'is that of a former record that had it from a %s: %j',
    async (revisionEvidence, revision) => {
      const record = makeSampleRecord({
        source: { reference: 'dev.test/app:1', digest: source.digest },
        ...{ targets: [`${source.repository}:1`], environment: 'qa', revision: COMMIT, revisionEvidence },
      });
      const statement = makeRecord(source.repository, source.digest, record);
      await source.attach(await cosign.signStatement(keys.qa, statement), RECORD_PREDICATE);
      const wanted = { type: RECORD_PREDICATE, role: 'promotion', environment: 'qa' };
      const signers = [{ role: 'promotion', key: 'keys/qa.pub' }];
      const evidence = await gather({ signers, attestations: { require: [wanted] } });
      expect(evidence.refusals).toEqual([]);
      expect(evidence.revision).toEqual(revision);
    },
    60_000,
  );
});
