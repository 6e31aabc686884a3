import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, UsageError } from '../../src/base/error.ts';
import type { ScanPorts } from '../../src/scan/ports.ts';
import { readScanRequest, type ScanRequest } from '../../src/scan/request.ts';
import { type FakePorts, openPorts } from '../promote/fake-ports.ts';
import { makeContext, type Surroundings } from '../promote/fake-step.ts';

/** Ports of a scan: the clock, log and clients are the test's own. */
export interface FakeScanPorts extends ScanPorts, Pick<FakePorts, 'commands' | 'cancel' | 'close'> {
  readonly log: FakePorts['log'];
}

/** Ports whose Trivy reports this: one package, and a finding of each of these severities. */
export async function openScanPorts(severities: readonly string[] = []): Promise<FakeScanPorts> {
  const { source: registry, target: _, ...ports } = await openPorts();
  const path = join(ports.workDirectory, 'trivy.sh');
  await writeFile(path, writeTrivy(severities));
  await chmod(path, 0o755);
  return {
    ...{ ...ports, registry },
    provideTool: async (name, wanted, directory) =>
      name === 'trivy'
        ? { ...(await ports.provideTool(name, wanted, directory)), version: '0.74.0', path }
        : ports.provideTool(name, wanted, directory),
  };
}

function writeTrivy(severities: readonly string[]): string {
  const Vulnerabilities = severities.map((Severity, i) => ({
    ...{ VulnerabilityID: `CVE-2026-000${i}`, PkgName: 'lib', InstalledVersion: '1', FixedVersion: '2', Severity },
  }));
  const report = JSON.stringify({
    SchemaVersion: 2,
    Metadata: { OS: { Family: 'debian', Name: '12' } },
    Results: [{ Class: 'os-pkgs', Packages: [{}], Vulnerabilities }],
  });
  return `#!/bin/sh\nwhile [ $# -gt 0 ]; do [ "$1" = --output ] && out=$2; shift; done\necho '${report}' > "$out"\n`;
}

/** A request, as the action makes it; nothing is attested unless the inputs say so. */
export function makeScanRequest(
  inputs: Readonly<Record<string, string>>,
  surroundings: Surroundings = {},
): Promise<ScanRequest> {
  return readScanRequest({ images: 'qa.test/app:1', ...inputs }, makeContext(surroundings));
}

/** Everything that is wrong with such inputs; none when they could be read. */
export async function findScanProblems(
  inputs: Readonly<Record<string, string>>,
  surroundings: Surroundings = {},
): Promise<readonly Problem[]> {
  try {
    await makeScanRequest(inputs, surroundings);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
}
