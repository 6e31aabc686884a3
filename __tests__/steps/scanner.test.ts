import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { buildArtifact } from '../../lab/image/artifact.ts';
import { buildImage } from '../../lab/image/image.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { PromotePorts } from '../../src/promote/ports.ts';
import { prepareScanner, type Scanner, scanGraph, writeScanReport } from '../../src/steps/scanner.ts';
import { type FakePorts, openPorts } from '../promote/fake-ports.ts';
import { makeRequest } from '../promote/fake-step.ts';
import { loadImage } from '../promote/load-image.ts';

let mirror: LabRegistry;
let ports: FakePorts;
beforeEach(async () => {
  [mirror, ports] = await Promise.all([startRegistry(), openPorts()]);
});
afterEach(() => Promise.all([ports.close(), mirror.close()]));

/** A Trivy that reports one package, and keeps how it was called. */
async function writeTrivy(): Promise<PromotePorts['provideTool']> {
  const path = join(ports.workDirectory, 'trivy.sh');
  const report =
    '{"SchemaVersion":2,"Metadata":{"OS":{"Family":"debian","Name":"12"}},"Results":[{"Class":"os-pkgs","Packages":[{}]}]}';
  const script = `while [ $# -gt 0 ]; do [ "$1" = --output ] && out=$2; shift; done; echo '${report}' > "$out"`;
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return async (name) => ({
    ...{ name, version: '0.74.0', path, provenance: 'path', sha256: 'ab'.repeat(32), trustedAsGiven: true },
  });
}

async function prepare(policy: object, inputs: Readonly<Record<string, string>> = {}): Promise<Scanner | undefined> {
  const places = {
    source: 'dev.test/app:1',
    target: 'prod.test/app:1',
    scan: '',
    policy: JSON.stringify({ version: 1, ...policy }),
  };
  const request = await makeRequest(
    { ...places, ...inputs },
    { files: { 'a.json': '{"vex":"a"}', 'b.json': '{"vex":"b"}' } },
  );
  return prepareScanner(request, { ...ports, provideTool: await writeTrivy() }, ports.workDirectory);
}

describe('prepareScanner', () => {
  it('needs nothing when the scan is off', async () => {
    expect(await prepare({}, { scan: 'off' })).toBeUndefined();
    expect(mirror.log.entries).toEqual([]);
  });

  it('brings Trivy, the database of the first mirror that serves, and what the record says of both', async () => {
    const updatedAt = new Date('2026-11-21T06:00:00Z');
    const digest = await pushDatabase(mirror.host, 'db', '2', buildDatabase({ updatedAt }));
    const source = `${mirror.host}/db:2`;
    const scanner = await prepare({ scan: { databases: [`${mirror.host}/gone:2`, source] } });
    expect(scanner).toMatchObject({ tool: { version: '0.74.0' }, database: { source, digest, updatedAt } });
    expect(scanner?.javaDatabase()).toBeUndefined();
    expect(ports.log.lines).toContainEqual(expect.stringMatching(/^warning .*gone:2 did not serve/));
  });

  it('fails when no mirror serves: an old database is better refused than guessed', async () => {
    await expect(prepare({ scan: { databases: [`${mirror.host}/gone:2`] } })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });

  it('gives Trivy the VEX documents, and none of our environment', async () => {
    await pushDatabase(mirror.host, 'db', '2', buildDatabase());
    const scanner = await prepare({ scan: { databases: [`${mirror.host}/db:2`], vex: ['a.json', 'b.json'] } });
    const { graph, store } = await loadImage(buildImage(), ports.workDirectory);
    await mkdir(join(ports.workDirectory, 'views'), { recursive: true });
    const scans = scanner === undefined ? [] : await scanGraph(graph, store, scanner, ports.workDirectory);
    expect(scans.map(({ scanned }) => [scanned.platform, scanned.complete])).toEqual([['linux/amd64', true]]);
    const [{ args, env } = { args: [], env: {} }] = ports.commands;
    const vex = args.flatMap((arg, i) => (arg === '--vex' ? [args[i + 1] ?? ''] : []));
    expect(await Promise.all(vex.map((file) => readFile(file, 'utf8')))).toEqual(['{"vex":"a"}', '{"vex":"b"}']);
    expect(Object.keys(env).sort()).toEqual(['HOME', 'TEMP', 'TMP', 'TMPDIR']);
  });
});

describe('scanGraph', () => {
  it('tells of an artifact that it cannot be judged, without asking Trivy', async () => {
    await pushDatabase(mirror.host, 'db', '2', buildDatabase());
    const scanner = await prepare({ scan: { databases: [`${mirror.host}/db:2`] } });
    const chart = buildArtifact({ configType: 'application/vnd.cncf.helm.config.v1+json', layerType: 'x', layer: 'y' });
    const { graph, store } = await loadImage(chart, ports.workDirectory);
    const scans = scanner === undefined ? [] : await scanGraph(graph, store, scanner, ports.workDirectory);
    expect(scans).toMatchObject([
      { scanned: { complete: false, reason: expect.stringContaining('helm') }, report: undefined },
    ]);
    expect(ports.commands).toEqual([]);
    const path = join(ports.workDirectory, 'scan.json');
    await writeScanReport(graph.root.digest, scans, path);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      digest: chart.root.digest,
      platforms: [{ complete: false, reason: expect.stringContaining('helm') }],
    });
  });
});
