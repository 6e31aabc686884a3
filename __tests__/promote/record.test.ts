import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { recordSchema } from '../../src/chain/record-schema.ts';
import { digestOf, parseDigest } from '../../src/image/digest.ts';
import { formatReference } from '../../src/image/reference.ts';
import type { ScanResult } from '../../src/promote/gates.ts';
import { Journal } from '../../src/promote/journal.ts';
import { type Decision, decide } from '../../src/promote/plan.ts';
import { composeRecord, type RecordFacts } from '../../src/promote/record.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import type { TrivyRun } from '../../src/scanner/trivy.ts';
import type { Scanner } from '../../src/steps/scanner.ts';
import { NO_SCAN } from './approved.ts';
import { type FakePorts, NOW, openPorts } from './fake-ports.ts';
import { createFakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';
import { loadImage } from './load-image.ts';
import { passed, sampleScan } from './sample-outcome.ts';

const IMAGE = buildImage();
const TARGETS = ['prod.test/app:1.0', 'prod.test/app:1.0-eu'];

let ports: FakePorts;
beforeEach(async () => {
  ports = await openPorts({ run: { actor: 'octocat', repository: 'acme/shop', runId: '4711', runAttempt: 1 } });
});
afterEach(() => ports.close());

const unreadable = async (): Promise<TrivyRun> => ({ kind: 'unreadable', reason: '' });

async function decideSample(): Promise<{ readonly request: PromoteRequest; readonly decision: Decision }> {
  const policy = '{"version": 1, "environments": {"prod": {"targets": ["prod.test/*"]}}}';
  const inputs = { source: 'dev.test/app:1.0', target: TARGETS.join('\n'), policy, environment: 'prod' };
  const request = await makeRequest(inputs);
  const { graph } = await loadImage(IMAGE, ports.workDirectory);
  const targets = request.targets.map((target) => ({ target, digest: undefined, isOwnEarlierAttempt: false }));
  return { request, decision: decide(request, { source: graph.root, targets }) };
}

async function compose(changes: Partial<RecordFacts> = {}): Promise<PromotionRecord> {
  const { request, decision } = await decideSample();
  const journal = new Journal(request, ports.clock);
  journal.gates.push(passed('Target tag'), { name: 'Vulnerability scan', verdict: 'reported', evidence: 'e' });
  return composeRecord({
    ...{ request, ports, journal, targets: request.targets, decision },
    ...{ scan: NO_SCAN, scanner: undefined, evidence: { relied: [] }, signer: createFakeSigner() },
    ...{ former: [], revision: undefined, finishedAt: new Date(NOW.getTime() + 60_000), ...changes },
  });
}

describe('a record', () => {
  it('says what was approved for which tags, where, by whom and past which gates', async () => {
    const record = await compose();
    expect(recordSchema.parse(record)).toEqual(record);
    expect(record).toMatchObject({
      source: { reference: 'dev.test/app:1.0', digest: IMAGE.root.digest },
      targets: TARGETS,
      environment: 'prod',
      actor: 'octocat',
      repository: 'acme/shop',
      runId: '4711',
      gates: [
        { name: 'Target tag', verdict: 'passed' },
        { name: 'Vulnerability scan', verdict: 'reported' },
      ],
      policies: [{ name: 'input policy' }],
      startedAt: '2026-11-21T10:00:00.000Z',
      finishedAt: '2026-11-21T10:01:00.000Z',
    });
  });

  it('does not speak of a scan that was not made', async () => {
    const record = await compose();
    expect([record.scanner, record.vulnerabilities]).toEqual([undefined, undefined]);
  });

  it('names scanner, database and its age at the time of the scan', async () => {
    const database = {
      ...{ source: 'mirror.test/db:2', digest: digestOf('db'), schema: 2 },
      updatedAt: new Date(NOW.getTime() - 90_000),
    };
    const scanner: Scanner = {
      ...{ trivy: { scan: unreadable, scanSbom: unreadable }, tool: createFakeSigner().tool },
      ...{ database, javaDatabase: () => database },
    };
    const scan: ScanResult = { ...NO_SCAN, verdict: sampleScan().verdict };
    const record = await compose({ scanner, scan });
    expect(recordSchema.parse(record)).toEqual(record);
    expect(record.scanner).toMatchObject({
      database: { ageSeconds: 90 },
      javaDatabase: { source: 'mirror.test/db:2' },
    });
    expect(record.vulnerabilities).toMatchObject({ CRITICAL: 0 });
  });

  it('names every exception that was used, with its reason and its end', async () => {
    const verdict: NonNullable<ScanResult['verdict']> = {
      ...sampleScan().verdict,
      usedExceptions: [
        { id: 'CVE-2026-0001', packages: ['a', 'b'], reason: 'not reachable', expires: '2026-12-31', source: 'p' },
        { id: 'CVE-2026-0002', packages: [], source: '.trivyignore:1' },
      ],
      allowedIncomplete: [
        {
          ...{ image: 'dev.test/*', platform: 'windows/amd64', reason: 'no scanner', expires: '2026-12-31' },
          ...{ source: 'p', digest: parseDigest(IMAGE.root.digest), gap: 'g' },
        },
      ],
    };
    expect((await compose({ scan: { ...NO_SCAN, verdict } })).exceptions).toEqual([
      { id: 'CVE-2026-0001', package: 'a, b', reason: 'not reachable', expires: '2026-12-31' },
      { id: 'CVE-2026-0002', reason: 'none given', expires: 'never' },
      {
        ...{ id: 'SCAN_INCOMPLETE', image: 'dev.test/*', platform: 'windows/amd64' },
        ...{ reason: 'no scanner', expires: '2026-12-31' },
      },
    ]);
  });

  it('calls the revision what it is, a claim of the image', async () => {
    expect(await compose({ revision: 'c0ffee' })).toMatchObject({ revision: 'c0ffee', revisionEvidence: 'label' });
  });
});

describe('what a record rests on', () => {
  const relied = [
    { kind: 'signature', type: 'https://sigstore.dev/cosign/sign/v1', signer: 'keys/dev.pub', digest: digestOf('s') },
  ] as const;

  it('is named: which signatures and attestations of the source, by whom', async () => {
    const { sourceEvidence } = await compose({ evidence: { relied } });
    expect(sourceEvidence).toEqual(relied);
  });

  it('tells the revision out of verified evidence, which comes before what the image says', async () => {
    const evidence = { relied, revision: { commit: 'beef', from: 'provenance' } } as const;
    expect(await compose({ revision: 'c0ffee', evidence })).toMatchObject({
      ...{ revision: 'beef', revisionEvidence: 'provenance' },
    });
  });
});

describe('a record of a channel that is moved', () => {
  it('says what it pointed at, and nothing of the targets that were free', async () => {
    const [channel = '', free = ''] = TARGETS;
    const targets = [
      { reference: channel, found: digestOf('before'), action: 'move' },
      { reference: free, action: 'write' },
      { reference: 'prod.test/other:1', found: digestOf('other'), action: 'move' },
    ] as const;
    const { decision } = await decideSample();
    const moved = { ...decision, plan: { ...decision.plan, targets: [...targets] } };
    expect((await compose({ decision: moved })).previous).toEqual([{ target: channel, digest: digestOf('before') }]);
    expect((await compose()).previous).toBeUndefined();
  });
});

describe('the targets of a record', () => {
  it('are those of one repository only', async () => {
    const request = await makeRequest({ source: 'dev.test/app:1.0', target: 'prod.test/other:1' });
    const record = await compose({ targets: request.targets });
    expect(record.targets).toEqual(request.targets.map(formatReference));
  });
});
