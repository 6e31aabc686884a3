import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { type PromotionRecord, RECORD_PREDICATE } from '../../src/chain/record.ts';
import type { makeVsa } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { digestHex, digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import type { Statements } from '../../src/promote/approved.ts';
import type { ScanResult } from '../../src/promote/gates.ts';
import { Journal } from '../../src/promote/journal.ts';
import { decide } from '../../src/promote/plan.ts';
import { makeStatements, type StatementFacts } from '../../src/promote/statements.ts';
import type { Scanner } from '../../src/steps/scanner.ts';
import { NO_SCAN } from './approved.ts';
import { type FakePorts, NOW, openPorts } from './fake-ports.ts';
import { createFakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';
import { loadImage } from './load-image.ts';
import { sampleScan, vulnerable } from './sample-outcome.ts';

const AMD64 = buildImage();
const INDEX = buildIndex([AMD64]);
const PROD = parseRepository('prod.test/app');
const DATABASE = { source: 'mirror.test/db:2', digest: digestOf('db'), schema: 2, updatedAt: NOW };
const SCANNER = {
  tool: createFakeSigner().tool,
  database: DATABASE,
  javaDatabase: () => undefined,
} as unknown as Scanner;
const SCANNED: ScanResult = {
  ...{ verdict: sampleScan().verdict, scannedAt: NOW, finishedAt: new Date(NOW.getTime() + 5_000) },
  scans: [
    {
      scanned: { complete: true, platform: 'linux/amd64', digest: digestOf('amd64'), findings: [] },
      report: { SchemaVersion: 2, Results: [{ Target: 'app (debian 12)' }] },
    },
  ],
};

let ports: FakePorts;
beforeEach(async () => {
  ports = await openPorts({ run: { runUrl: 'https://ci.test/runs/77', runId: '77' } });
});
afterEach(() => ports.close());

async function make(
  changes: Partial<StatementFacts> = {},
  inputs: Readonly<Record<string, string>> = {},
): Promise<Statements> {
  const policy = '{"version": 1, "environments": {"prod-eu": {}}}';
  const places = { source: 'dev.test/app:1.0', target: 'prod.test/app:1.0', policy, environment: 'prod-eu' };
  const request = await makeRequest({ ...places, ...inputs });
  const { graph } = await loadImage(INDEX, ports.workDirectory);
  const targets = request.targets.map((target) => ({ target, digest: undefined, isOwnEarlierAttempt: false }));
  return makeStatements({
    ...{ request, ports, graph, journal: new Journal(request, ports.clock) },
    ...{ decision: decide(request, { source: graph.root, targets }), evidence: { relied: [] }, former: [] },
    ...{ scan: NO_SCAN, scanner: undefined, revision: undefined, finishedAt: NOW, ...changes },
  });
}

type Vsa = ReturnType<typeof makeVsa>;

describe('the verification summary', () => {
  it('speaks of the repository, of the index and what it lists, and of the environment', async () => {
    const { subject, predicate } = (await make()).makeVsa(PROD, createFakeSigner()) as Vsa;
    expect(subject).toEqual(
      [INDEX, AMD64].map(({ root }) => ({ name: PROD, digest: { sha256: root.digest.slice('sha256:'.length) } })),
    );
    expect(predicate).toMatchObject({ resourceUri: 'oci://prod.test/app', verifiedLevels: ['PROMOTED_PROD_EU'] });
  });

  it('has a SLSA level only when verified evidence says which', async () => {
    const { makeVsa: make2 } = await make({ evidence: { relied: [], level: 'SLSA_BUILD_LEVEL_2' } });
    const { predicate } = make2(PROD, createFakeSigner()) as Vsa;
    expect(predicate.verifiedLevels).toEqual(['SLSA_BUILD_LEVEL_2', 'PROMOTED_PROD_EU']);
  });

  it('names what was relied on and the records of former stages, each once', async () => {
    const [signature, record] = [digestOf('signature'), digestOf('record')];
    const describeFormer = (name: string): PromotionRecord['inputAttestations'][number] => ({
      ...{ name, uri: `oci://dev.test/app@${record}`, mediaType: 'a/b', content: 'e30=' },
      digest: { sha256: digestHex(record) },
    });
    const relied = [
      { kind: 'signature', type: 't', signer: 's', digest: signature },
      { kind: 'attestation', type: RECORD_PREDICATE, signer: 's', digest: record },
      { kind: 'attestation', type: 'in a legacy tag', signer: 's' },
    ] as const;
    const former = [describeFormer(RECORD_PREDICATE), { ...describeFormer(VULN_PREDICATE), uri: 'oci://other' }];
    const { predicate } = (await make({ evidence: { relied }, former })).makeVsa(PROD, createFakeSigner()) as Vsa;
    expect(predicate.inputAttestations?.map(({ uri }) => uri)).toEqual([
      ...[`oci://dev.test/app@${record}`, `oci://dev.test/app@${signature}`],
    ]);
  });
});

describe('the scan', () => {
  it('is said of the repository, with times, database, settings and the run', async () => {
    const statement = (await make({ scan: SCANNED, scanner: SCANNER }, { scan: 'enforce' })).makeVuln?.(PROD);
    expect(statement).toMatchObject({
      ...{ predicateType: VULN_PREDICATE, subject: [{ name: PROD }] },
      predicate: {
        invocation: {
          ...{ uri: 'https://ci.test/runs/77', event_id: '77' },
          parameters: ['severity=CRITICAL', 'ignore-unfixed=false', 'from=image'],
        },
        metadata: { scanStartedOn: '2026-11-21T10:00:00.000Z', scanFinishedOn: '2026-11-21T10:00:05.000Z' },
      },
    });
    expect(JSON.stringify(statement)).toContain('app (debian 12)');
  });

  it('is not said when nothing was scanned', async () => {
    expect((await make()).makeVuln).toBeUndefined();
  });

  it('is not said of an image that would be refused if the scan did not only report', async () => {
    const verdict = { ...sampleScan().verdict, refusals: [vulnerable(sampleScan())] };
    const scan = { ...SCANNED, verdict };
    expect((await make({ scan, scanner: SCANNER }, { scan: 'report' })).makeVuln).toBeUndefined();
    const passing = await make({ scan: SCANNED, scanner: SCANNER }, { scan: 'report' });
    expect(passing.makeVuln).toBeDefined();
  });

  it('is not said when the database was too old for the policy', async () => {
    const old = { ...SCANNER, database: { ...DATABASE, updatedAt: new Date('2026-10-01') } };
    const policy =
      '{"version": 1, "scan": {"mode": "report", "maxDatabaseAge": "48h"}, "environments": {"prod-eu": {}}}';
    expect((await make({ scan: SCANNED, scanner: old }, { policy, scan: 'report' })).makeVuln).toBeUndefined();
  });
});
