import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildArtifact } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { digestOf } from '../../src/image/digest.ts';
import { noteScanGates, runScanGates, type ScanResult } from '../../src/promote/gates.ts';
import { Journal } from '../../src/promote/journal.ts';
import type { TrivyRun } from '../../src/scanner/trivy.ts';
import type { Scanner } from '../../src/steps/scanner.ts';
import type { ImageStore } from '../../src/transfer/store.ts';
import { listDebian, makeCycloneDx } from '../scanner/sample-sboms.ts';
import { type FakePorts, NOW, openPorts } from './fake-ports.ts';
import { makeRequest } from './fake-step.ts';
import { loadImage } from './load-image.ts';

const AMD64 = buildImage({ platform: { os: 'linux', architecture: 'amd64' } });
const INDEX = buildIndex([AMD64, buildImage({ platform: { os: 'linux', architecture: 'arm64' } })], {
  attestations: true,
});

let ports: FakePorts;
beforeEach(async () => {
  ports = await openPorts();
});
afterEach(() => ports.close());

/** What Trivy reports of an image with one package: these severities, one finding each. */
function report(...severities: readonly string[]): TrivyRun {
  const Vulnerabilities = severities.map((Severity, i) => ({
    ...{ VulnerabilityID: `CVE-2026-000${i}`, PkgName: 'lib', InstalledVersion: '1', FixedVersion: '2', Severity },
  }));
  const Results = [{ Target: 'debian 12', Class: 'os-pkgs', Packages: [{ Name: 'lib' }], Vulnerabilities }];
  const json = { SchemaVersion: 2, Metadata: { OS: { Family: 'debian', Name: '12.0' } }, Results };
  return { kind: 'report', warnings: [], json };
}

interface Options {
  readonly image?: BuiltImage;
  readonly runs?: readonly TrivyRun[];
  readonly updatedAt?: Date;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly isOff?: boolean;
  /** Whether every platform has an attested SBOM, and its layers cannot be read. */
  readonly isAttested?: boolean;
}

async function run(options: Options = {}): Promise<{ journal: Journal; result: ScanResult; results: string }> {
  const { image = INDEX, runs = [report(), report()], updatedAt = NOW, inputs = {} } = options;
  const places = { room: join(ports.workDirectory, 'room'), results: join(ports.workDirectory, 'results') };
  for (const place of Object.values(places)) await mkdir(place);
  const request = await makeRequest({
    source: 'dev.test/app:1',
    target: 'prod.test/app:1',
    scan: 'enforce',
    ...inputs,
  });
  const journal = new Journal(request, ports.clock);
  const runOf = (name: string): TrivyRun =>
    runs[Number(name.split('-').at(-1))] ?? { kind: 'unreadable', reason: 'asked too often' };
  const scanner: Scanner = {
    trivy: { scan: async (_, name) => runOf(name), scanSbom: async (_, name) => runOf(name) },
    tool: {
      ...{ name: 'trivy', version: '0.74.0', path: '/trivy', provenance: 'path' },
      ...{ sha256: 'ab'.repeat(32), trustedAsGiven: true },
    },
    database: { source: 'mirror.test/db:2', digest: digestOf('db'), schema: 2, updatedAt },
    javaDatabase: () => undefined,
  };
  const own = options.isOff ? undefined : scanner;
  const { graph, store } = await loadImage(image, places.room);
  const attested = { bytes: Buffer.from(JSON.stringify(makeCycloneDx([listDebian('lib', '1')]))) };
  const sboms = new Map(graph.images.map(({ content }) => [content.digest, { ...attested, type: 't', signer: 's' }]));
  const source = options.isAttested ? { graph, store: NO_LAYERS, sboms } : { graph, store, sboms: new Map() };
  const result = noteScanGates(await runScanGates(source, own, request, ports, places), journal);
  return { journal, result, results: places.results };
}

/** Nothing of it may be touched. */
const NO_LAYERS = new Proxy({} as ImageStore, {
  get: () => {
    throw new Error('layers were read');
  },
});

const gatesOf = ({ gates }: Journal): string[] => gates.map(({ name, verdict }) => `${name}: ${verdict}`);
const codesOf = ({ refusals }: Journal): string[] => refusals.map(({ code }) => code);

describe('the scan gates', () => {
  it('pass when every platform is clean; attestations beside them are no platforms', async () => {
    const { journal, result } = await run();
    expect(gatesOf(journal)).toEqual(['Scan database: passed', 'Vulnerability scan: passed']);
    expect(journal.gates[1]?.evidence).toBe('2 platforms scanned, nothing of severity CRITICAL');
    expect(journal.scan?.platforms.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(result.scannedAt).toEqual(NOW);
  });

  it('refuse when one platform of several is vulnerable, and count all findings', async () => {
    const { journal } = await run({ runs: [report('LOW'), report('CRITICAL', 'LOW')] });
    expect(codesOf(journal)).toEqual(['VULNERABLE']);
    expect(gatesOf(journal)).toEqual(['Scan database: passed', 'Vulnerability scan: refused']);
    expect(journal.scan?.counts).toMatchObject({ CRITICAL: 1 });
  });

  it('refuse what could not be read, whatever the other platforms are', async () => {
    const { journal } = await run({ runs: [report(), { kind: 'unreadable', reason: 'no such layer' }] });
    expect(codesOf(journal)).toEqual(['SCAN_INCOMPLETE']);
    expect(journal.refusals[0]).toMatchObject({
      platform: 'linux/arm64',
      message: expect.stringContaining('no such layer'),
    });
  });

  it.each<[string, BuiltImage]>([
    ['an index of nothing', buildIndex([])],
    ['a chart', buildArtifact({ configType: 'application/vnd.cncf.helm.config.v1+json', layerType: 'x', layer: 'y' })],
  ])('refuse %s: nothing was scanned', async (_, image) => {
    expect(codesOf((await run({ image })).journal)).toEqual(['SCAN_INCOMPLETE']);
  });

  it('refuse a stale database beside what it found', async () => {
    const updatedAt = new Date(NOW.getTime() - 49 * 3_600_000);
    const { journal } = await run({ updatedAt, runs: [report('CRITICAL'), report()] });
    expect(codesOf(journal)).toEqual(['SCAN_DB_STALE', 'VULNERABLE']);
    expect(gatesOf(journal)).toEqual(['Scan database: refused', 'Vulnerability scan: refused']);
  });

  it('only tell in the mode report', async () => {
    const updatedAt = new Date(NOW.getTime() - 49 * 3_600_000);
    const { journal } = await run({ updatedAt, runs: [report('CRITICAL'), report()], inputs: { scan: 'report' } });
    expect(codesOf(journal)).toEqual([]);
    expect(gatesOf(journal)).toEqual(['Vulnerability scan: reported']);
    expect(journal.notes).toEqual([expect.stringContaining('SCAN_DB_STALE'), expect.stringContaining('VULNERABLE')]);
  });

  it('are off without a scanner, and say so', async () => {
    const { journal, result } = await run({ isOff: true });
    expect(journal.gates).toEqual([{ name: 'Vulnerability scan', verdict: 'off', evidence: 'scan: off' }]);
    expect(result.verdict).toBeUndefined();
    expect(journal.scan).toBeUndefined();
  });

  it("keep Trivy's reports and the findings as SARIF, also of a refusal", async () => {
    const { journal, results } = await run({ runs: [report('CRITICAL'), { kind: 'unreadable', reason: 'why' }] });
    expect(journal.scan).toMatchObject({
      reportPath: join(results, 'scan.json'),
      sarifPath: join(results, 'scan.sarif'),
      scanner: 'Trivy 0.74.0',
    });
    expect(JSON.parse(await readFile(join(results, 'scan.json'), 'utf8'))).toMatchObject({
      digest: INDEX.root.digest,
      platforms: [
        { platform: 'linux/amd64', complete: true, report: { SchemaVersion: 2 } },
        { platform: 'linux/arm64', complete: false, reason: 'why' },
      ],
    });
    expect(await readFile(join(results, 'scan.sarif'), 'utf8')).toContain('CVE-2026-0000');
  });
});

describe('the gates of a scan from attested SBOMs', () => {
  const policy = JSON.stringify({
    version: 1,
    scan: { from: 'sbom' },
    signers: [{ role: 'scan', identity: 'https://ci.test/qa', issuer: 'https://ci.test' }],
  });
  const inputs = { policy };

  it('read no layer, and say everywhere what they rest on', async () => {
    const { journal, results } = await run({ inputs, isAttested: true });
    expect(journal.gates[1]).toMatchObject({
      verdict: 'passed',
      evidence:
        '2 platforms scanned, nothing of severity CRITICAL; from its attested SBOM, which is weaker evidence than the layers',
    });
    expect(journal.scan).toMatchObject({ from: 'sbom', platforms: [{ complete: true }, { complete: true }] });
    expect(JSON.parse(await readFile(join(results, 'scan.json'), 'utf8'))).toMatchObject({ from: 'sbom' });
  });

  it('refuse what is found, as a scan of the layers does', async () => {
    const { journal } = await run({ inputs, isAttested: true, runs: [report('LOW'), report('CRITICAL')] });
    expect(codesOf(journal)).toEqual(['VULNERABLE']);
  });

  it('refuse a platform that has none, and never fall back to something else', async () => {
    expect(codesOf((await run({ inputs })).journal)).toEqual(['SCAN_INCOMPLETE', 'SCAN_INCOMPLETE']);
  });

  it('refuse a platform whose SBOM Trivy cannot read', async () => {
    const { journal } = await run({ inputs, isAttested: true, runs: [report()] });
    expect(codesOf(journal)).toEqual(['SCAN_INCOMPLETE']);
  });

  it('say so when they only report', async () => {
    const { journal } = await run({
      inputs: { policy: policy.replace('"sbom"', '"sbom","mode":"report"'), scan: 'report' },
      isAttested: true,
    });
    expect(journal.gates).toMatchObject([{ verdict: 'reported', evidence: expect.stringContaining('attested SBOM') }]);
  });
});
