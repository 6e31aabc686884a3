import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildImage } from '../../lab/image/image.ts';
import { type PromotionRecord, RECORD_PREDICATE, recordSchema } from '../../src/chain/record.ts';
import { digestOf, parseDigest } from '../../src/image/digest.ts';
import { formatReference } from '../../src/image/reference.ts';
import type { FormerRecord } from '../../src/promote/former-records.ts';
import type { ScanResult } from '../../src/promote/gates.ts';
import { Journal } from '../../src/promote/journal.ts';
import { decide } from '../../src/promote/plan.ts';
import { composeRecord, embedFormerRecords, type RecordFacts } from '../../src/promote/record.ts';
import type { Scanner } from '../../src/promote/scanner.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import { createLayout } from '../../src/transfer/layout.ts';
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

async function compose(changes: Partial<RecordFacts> = {}): Promise<PromotionRecord> {
  const policy = '{"version": 1, "environments": {"prod": {"targets": ["prod.test/*"]}}}';
  const inputs = { source: 'dev.test/app:1.0', target: TARGETS.join('\n'), policy, environment: 'prod' };
  const request = await makeRequest(inputs);
  const { graph } = await loadImage(IMAGE, ports.workDirectory);
  const targets = request.targets.map((target) => ({ target, digest: undefined, isOwnEarlierAttempt: false }));
  const journal = new Journal(request, ports.clock);
  journal.gates.push(passed('Target tag'), { name: 'Vulnerability scan', verdict: 'reported', evidence: 'e' });
  return composeRecord({
    ...{
      request,
      ports,
      journal,
      targets: request.targets,
      decision: decide(request, { source: graph.root, targets }),
    },
    ...{ scan: { verdict: undefined, scannedAt: NOW }, scanner: undefined, signer: createFakeSigner() },
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
      ...{ trivy: { scan: async () => ({ kind: 'unreadable', reason: '' }) }, tool: createFakeSigner().tool },
      ...{ database, javaDatabase: () => database },
    };
    const scan: ScanResult = { verdict: sampleScan().verdict, scannedAt: NOW };
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
    expect((await compose({ scan: { verdict, scannedAt: NOW } })).exceptions).toEqual([
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

/** What was signed, of a manifest it was attached with. */
function signedOf({ digest, manifest }: ManifestContent): FormerRecord {
  const signed = manifest.kind === 'manifest' ? manifest.layers[0] : undefined;
  if (signed === undefined) throw new TypeError(`${digest} has no layer`);
  return { manifest: digest, signed };
}

describe('embedFormerRecords', () => {
  it('carries the bundle of each, so that the new record holds the whole way', async () => {
    const former = buildReferrer(IMAGE.root, {
      ...{ artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json', bytes: '{"a":1}' },
      annotations: { 'dev.sigstore.bundle.predicateType': RECORD_PREDICATE },
    });
    const { graph, store } = await loadImage(former, ports.workDirectory);
    const [embedded] = await embedFormerRecords([signedOf(graph.root)], 'qa.test/app', store.layout);
    expect(embedded).toMatchObject({ uri: `oci://qa.test/app@${former.root.digest}` });
    expect(Buffer.from(embedded?.content ?? '', 'base64').toString()).toBe('{"a":1}');
    expect(embedded?.digest).toEqual({ sha256: digestOf('{"a":1}').slice('sha256:'.length) });
    expect(await compose({ former: [embedded] as RecordFacts['former'] })).toMatchObject({
      inputAttestations: [{ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }],
    });
  });

  it('carries one once that is attached as a bundle and, in the older form, as an envelope', async () => {
    const forms = ['{"dsseEnvelope":{"payload":"cmVjb3Jk"}}', '{"payload":"cmVjb3Jk"}', '{"payload":"YW5vdGhlcg=="}'];
    const layout = await createLayout(join(ports.workDirectory, 'forms'));
    const former = await Promise.all(
      forms.map(async (bytes) => {
        const signed = { mediaType: 'a/b', digest: digestOf(bytes), size: bytes.length, annotations: {} };
        await layout.writeBytes(signed.digest, Buffer.from(bytes));
        return { manifest: digestOf(`manifest of ${bytes}`), signed };
      }),
    );
    const embedded = await embedFormerRecords(former, 'qa.test/app', layout);
    expect(embedded.map(({ content }) => Buffer.from(content, 'base64').toString())).toEqual([forms[0], forms[2]]);
  });
});

describe('the targets of a record', () => {
  it('are those of one repository only', async () => {
    const request = await makeRequest({ source: 'dev.test/app:1.0', target: 'prod.test/other:1' });
    const record = await compose({ targets: request.targets });
    expect(record.targets).toEqual(request.targets.map(formatReference));
  });
});
