import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import { markControl } from '../base/text.ts';
import type { Digest } from '../image/digest.ts';
import type { PlatformImage } from '../transfer/graph.ts';
import { ScannerError } from './error.ts';
import { countSystemPackages, namesSystem, readReport } from './report.ts';
import { readSbom } from './sbom.ts';
import type { AdaptedSbom } from './sbom-fields.ts';
import { CONCURRENT_SCANS, nameReport, type PlatformScan, unreadable } from './scan.ts';
import type { Trivy } from './trivy.ts';

/**
 * Scans the SBOM of every image instead of its layers. What an SBOM keeps silent about nobody finds: a document that
 * names no operating system, or one whose packages Trivy does not take in, is an incomplete scan.
 */
export async function scanSboms(
  images: readonly PlatformImage[],
  sboms: ReadonlyMap<Digest, Uint8Array>,
  trivy: Trivy,
  directory: string,
): Promise<PlatformScan[]> {
  await mkdir(directory, { recursive: true });
  return mapConcurrently(images, CONCURRENT_SCANS, async (image, index) => {
    const platform = image.platform ?? 'unknown';
    const { digest } = image.content;
    const bytes = sboms.get(digest);
    if (bytes === undefined) return unreadable(platform, digest, 'it has no attested SBOM');
    const name = `sbom-${index}`;
    const file = join(directory, `${name}.json`);
    try {
      return await scanSbom(readSbom(bytes), file, name, { platform, digest }, trivy);
    } catch (error) {
      if (!(error instanceof ScannerError) || error.code !== 'SBOM_UNREADABLE') throw error;
      return unreadable(platform, digest, error.message);
    } finally {
      await rm(file, { force: true });
    }
  });
}

async function scanSbom(
  sbom: AdaptedSbom,
  file: string,
  name: string,
  image: { readonly platform: string; readonly digest: Digest },
  trivy: Trivy,
): Promise<PlatformScan> {
  await writeFile(file, writeJson(sbom.json));
  const run = await trivy.scanSbom(file, name);
  if (run.kind === 'unreadable') {
    return unreadable(image.platform, image.digest, `its attested SBOM cannot be read: ${markControl(run.reason)}`);
  }
  const report = nameReport(run.json, file, image.digest);
  const scanned = readReport(report, run.warnings, image);
  const gap = scanned.complete ? explainGap(sbom, run.json) : `its attested SBOM: ${scanned.reason}`;
  if (gap === undefined) return { scanned, report };
  return { scanned: { complete: false, ...image, reason: gap, findings: scanned.findings }, report };
}

/** What an SBOM cannot vouch for, although Trivy has judged what it saw. */
function explainGap({ systemPackages }: AdaptedSbom, json: unknown): string | undefined {
  if (!namesSystem(json)) {
    return 'its attested SBOM names no operating system: there may be none, or its packages were left out';
  }
  const nameless = systemPackages.filter(({ version }) => version === '').length;
  if (nameless > 0) return `its attested SBOM lists ${nameless} packages of the operating system without a version`;
  const judged = countSystemPackages(json);
  if (judged >= systemPackages.length) return undefined;
  return `Trivy takes in ${judged} of the ${systemPackages.length} packages of the operating system that its attested SBOM lists`;
}

function writeJson(json: object): string {
  try {
    return JSON.stringify(json);
  } catch (cause) {
    throw new ScannerError('SBOM_UNREADABLE', 'its attested SBOM cannot be read: it is nested too deeply', { cause });
  }
}
