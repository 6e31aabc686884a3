import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTogether } from '../base/concurrency.ts';
import type { ArchiveCache, Exec, Log } from '../base/ports.ts';
import { createTaskLimit, type TaskLimit } from '../chain/task-limit.ts';
import type { Digest } from '../image/digest.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Database } from '../scanner/database.ts';
import type { PlatformScan } from '../scanner/scan.ts';
import type { Trivy } from '../scanner/trivy.ts';
import type { InstalledTool } from '../tool/install.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { ImageStore } from '../transfer/store.ts';

/** What was scanned of an image: its layers, or the SBOM that somebody attested, which is weaker evidence. */
export type ScannedFrom = 'image' | 'sbom';

/** Trivy with a database, ready to scan. */
export interface Scanner {
  readonly trivy: Trivy;
  readonly tool: InstalledTool;
  readonly database: Database;
  /** The Java database, when a scan turned out to need it. */
  readonly javaDatabase: () => Database | undefined;
}

/** What of a request says how to scan. */
export interface ScannerRequest {
  readonly policy: Pick<EffectivePolicy, 'scan'>;
  /** The texts of the policy's VEX documents. */
  readonly vexDocuments: readonly string[];
  readonly tools: { readonly trivy: string };
}

/** What bringing Trivy needs of the world around it. */
export interface ScannerPorts {
  readonly log: Log;
  readonly exec: Exec;
  readonly cache: ArchiveCache;
  readonly databases: RegistryClient;
  readonly provideTool: (name: 'trivy', wanted: string, directory: string) => Promise<InstalledTool>;
  readonly signal: AbortSignal;
}

/** Provides Trivy and the vulnerability database; undefined when the scan is off. */
export async function prepareScanner(
  request: ScannerRequest,
  ports: ScannerPorts,
  room: string,
): Promise<Scanner | undefined> {
  const { scan } = request.policy;
  if (scan.mode === 'off') return undefined;
  const [{ fetchDatabase, JAVA_DATABASE, VULNERABILITY_DATABASE }, { createTrivy }, { CONCURRENT_SCANS }] =
    await Promise.all([import('../scanner/database.ts'), import('../scanner/trivy.ts'), import('../scanner/scan.ts')]);
  const directory = join(room, 'trivy');
  const cacheDirectory = join(directory, 'cache');
  await mkdir(cacheDirectory, { recursive: true });
  const context = { client: ports.databases, cache: ports.cache, directory: cacheDirectory, log: ports.log };
  const vexFiles = await writeVexDocuments(request.vexDocuments, directory);
  const [tool, database] = await runTogether(ports.signal, (signal) => [
    ports.provideTool('trivy', request.tools.trivy, directory),
    fetchDatabase(VULNERABILITY_DATABASE, scan.databases, { ...context, signal }),
  ]);
  ports.log.info(
    `Trivy ${tool.version} with the database of ${database.updatedAt.toISOString()} from ${database.source}`,
  );
  let java: Database | undefined;
  const trivy = await createTrivy({
    path: tool.path,
    directory,
    cacheDirectory,
    vexFiles,
    exec: ports.exec,
    signal: ports.signal,
    log: ports.log,
    provideJavaDatabase: async () => {
      java = await fetchDatabase(JAVA_DATABASE, scan.javaDatabases, context);
      ports.log.info(
        `The image holds Java archives: Java database of ${java.updatedAt.toISOString()} from ${java.source}`,
      );
    },
  });
  return { trivy: limitScans(trivy, createTaskLimit(CONCURRENT_SCANS)), tool, database, javaDatabase: () => java };
}

/** However many images are scanned at once: room for all of them together, and a name of its own for each report. */
function limitScans(trivy: Trivy, limit: TaskLimit): Trivy {
  let runs = 0;
  return {
    scan: (input, name) => limit(() => trivy.scan(input, `${++runs}-${name}`)),
    scanSbom: (file, name) => limit(() => trivy.scanSbom(file, `${++runs}-${name}`)),
  };
}

/** Scans every platform; what is no image comes out as an incomplete scan. */
export async function scanGraph(
  graph: ImageGraph,
  store: ImageStore,
  scanner: Scanner,
  room: string,
): Promise<readonly PlatformScan[]> {
  const { scanImages } = await import('../scanner/scan.ts');
  const scans = await scanImages(graph.images, store, scanner.trivy, join(room, 'views'));
  return addArtifacts(scans, graph);
}

/** Scans the attested SBOM of every platform, and reads no layer. */
export async function scanAttested(
  graph: ImageGraph,
  sboms: ReadonlyMap<Digest, { readonly bytes: Uint8Array }>,
  scanner: Scanner,
  room: string,
): Promise<readonly PlatformScan[]> {
  const { scanSboms } = await import('../scanner/scan-sbom.ts');
  const documents = new Map([...sboms].map(([digest, { bytes }]) => [digest, bytes]));
  const scans = await scanSboms(graph.images, documents, scanner.trivy, join(room, 'sboms'));
  return addArtifacts(scans, graph);
}

/** What is no image must not be passed over in silence. */
async function addArtifacts(scans: readonly PlatformScan[], graph: ImageGraph): Promise<readonly PlatformScan[]> {
  const { describeArtifact } = await import('../scanner/scan.ts');
  return [...scans, ...graph.artifacts.map(describeArtifact)];
}

/** Keeps Trivy's own reports as one JSON file: the digest, what was scanned, and a report for each platform. */
export async function writeScanReport(
  digest: Digest,
  scans: readonly PlatformScan[],
  path: string,
  from: ScannedFrom = 'image',
): Promise<void> {
  const platforms = scans.map(({ scanned, report }) => ({
    platform: scanned.platform,
    digest: scanned.digest,
    complete: scanned.complete,
    ...(scanned.complete ? {} : { reason: scanned.reason }),
    report,
  }));
  await writeFile(path, JSON.stringify({ digest, from, platforms }, null, 1));
}

async function writeVexDocuments(texts: readonly string[], directory: string): Promise<string[]> {
  const files = texts.map((_, i) => join(directory, `vex-${i}.openvex.json`));
  for (const [i, file] of files.entries()) await writeFile(file, texts[i] ?? '');
  return files;
}
