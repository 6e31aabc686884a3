import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describeError } from '../base/error.ts';
import type { ArchiveCache, Log } from '../base/ports.ts';
import { type Digest, digestHex, startHash } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { parseReference } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { isDiskFull, toDiskFull } from '../transfer/disk-full.ts';
import { requireSpace } from '../transfer/layout.ts';
import { explainEmptyBolt, explainNoSqlite } from './database-file.ts';
import { ScannerError } from './error.ts';

/** A vulnerability database on disk, and what the record says of it. */
export interface Database {
  /** The mirror it came from. */
  readonly source: string;
  /** The digest of its OCI manifest. */
  readonly digest: Digest;
  readonly schema: number;
  readonly updatedAt: Date;
}

/** One of Trivy's two databases: OCI artifacts with one layer, a tar with the database and its metadata; https://trivy.dev/latest/docs/configuration/db/ */
export interface DatabaseKind {
  readonly name: string;
  readonly schema: number;
  readonly folder: string;
  readonly file: string;
  readonly layerType: string;
  /** Why an unpacked database cannot be used; undefined when it can. */
  readonly explain: (path: string) => Promise<string | undefined>;
}

export const VULNERABILITY_DATABASE: DatabaseKind = {
  name: 'trivy-db',
  schema: 2,
  folder: 'db',
  file: 'trivy.db',
  layerType: 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip',
  explain: explainEmptyBolt,
};

export const JAVA_DATABASE: DatabaseKind = {
  name: 'trivy-java-db',
  schema: 1,
  folder: 'java-db',
  file: 'trivy-java.db',
  layerType: 'application/vnd.aquasec.trivy.javadb.layer.v1.tar+gzip',
  explain: explainNoSqlite,
};

/** What fetching a database needs. `directory` becomes Trivy's cache directory, private to the run. */
export interface DatabaseContext {
  readonly client: RegistryClient;
  readonly cache: ArchiveCache;
  readonly directory: string;
  readonly log: Log;
  /** Ends a download. */
  readonly signal?: AbortSignal;
}

/** Archive and database together, as a multiple of the archive. */
const UNPACKED_FACTOR = 12;

/** Fetches a database from the first mirror that has it, with our own client, and unpacks it where Trivy looks. Throws DATABASE_UNAVAILABLE with what each mirror said. */
export async function fetchDatabase(
  kind: DatabaseKind,
  mirrors: readonly string[],
  context: DatabaseContext,
): Promise<Database> {
  const failures: string[] = [];
  for (const mirror of mirrors) {
    try {
      return await fetchFrom(mirror, kind, context);
    } catch (error) {
      context.signal?.throwIfAborted();
      // Another mirror would need the same space.
      if (isDiskFull(error)) throw toDiskFull(`no space left for the ${kind.name}`, error);
      failures.push(`${mirror}: ${describeError(error)}`);
      if (mirrors.length > 1)
        context.log.warning(`The ${kind.name} mirror ${mirror} did not serve: ${describeError(error)}`);
    }
  }
  throw new ScannerError('DATABASE_UNAVAILABLE', `no mirror served the ${kind.name}:\n${failures.join('\n')}`, {
    hint: `Name a mirror this machine can reach in the policy's scan.${kind === JAVA_DATABASE ? 'javaDatabases' : 'databases'}.`,
  });
}

async function fetchFrom(mirror: string, kind: DatabaseKind, context: DatabaseContext): Promise<Database> {
  const reference = parseReference(mirror);
  const { manifest, digest } = await context.client.resolve(reference);
  const layer = manifest.kind === 'manifest' ? manifest.layers.find((l) => l.mediaType === kind.layerType) : undefined;
  if (layer === undefined) {
    throw new ScannerError('DATABASE_INVALID', `${mirror} has no layer of type ${kind.layerType}`);
  }
  await requireSpace(context.directory, layer.size * UNPACKED_FACTOR, `The ${kind.name}`);
  const archive = join(context.directory, `${kind.name}.tar.gz`);
  const version = `${kind.schema}.0.0-sha256.x${digestHex(layer.digest)}`;
  if (!(await takeFromCache(kind, version, layer, archive, context))) {
    const stream = await context.client.openBlob(reference.repository, layer);
    const { signal } = context;
    await pipeline(stream, createWriteStream(archive), ...(signal === undefined ? [] : [{ signal }]));
    await context.cache.keep(kind.name, version, archive, { dropOthers: true });
  }
  const folder = join(context.directory, kind.folder);
  await unpack(archive, folder, kind);
  await rm(archive, { force: true });
  await requireUsable(join(folder, kind.file), kind, mirror);
  return { source: mirror, digest, ...(await readMetadata(folder, kind, mirror)) };
}

/** Copies the kept archive first and checks the copy, since another job may have left it or may change it now. */
async function takeFromCache(
  kind: DatabaseKind,
  version: string,
  layer: Descriptor,
  archive: string,
  context: DatabaseContext,
): Promise<boolean> {
  const kept = await context.cache.find(kind.name, version);
  if (kept === undefined) return false;
  const hash = startHash(layer.digest);
  try {
    await copyFile(kept, archive);
    await pipeline(createReadStream(archive), hash);
    if (hash.digest('hex') === digestHex(layer.digest)) return true;
  } catch (error) {
    context.log.debug(`the kept ${kind.name} cannot be read: ${describeError(error)}`);
  }
  context.log.warning(`The ${kind.name} in the tool cache is not the one of its digest; it is fetched again.`);
  return false;
}

async function unpack(archive: string, folder: string, kind: DatabaseKind): Promise<void> {
  await mkdir(folder, { recursive: true });
  const wanted = [kind.file, 'metadata.json'];
  const { extract } = await import('tar');
  await extract({
    file: archive,
    cwd: folder,
    strict: true,
    filter: (path, entry) => 'type' in entry && entry.type === 'File' && wanted.includes(basename(path)),
    onReadEntry: (entry) => {
      entry.path = basename(entry.path);
    },
  });
}

/** A broken mirror must not blind the gate: what is empty or something else counts as not served. */
async function requireUsable(path: string, kind: DatabaseKind, mirror: string): Promise<void> {
  const reason = await kind.explain(path).catch((error: unknown) => describeError(error));
  if (reason === undefined) return;
  throw new ScannerError('DATABASE_INVALID', `the ${kind.name} of ${mirror} cannot be used: ${reason}`);
}

async function readMetadata(
  folder: string,
  kind: DatabaseKind,
  mirror: string,
): Promise<{ readonly schema: number; readonly updatedAt: Date }> {
  try {
    const json = JSON.parse(await readFile(join(folder, 'metadata.json'), 'utf8')) as Record<string, unknown>;
    const updatedAt = new Date(String(json.UpdatedAt));
    if (json.Version !== kind.schema) throw new Error(`its schema is ${String(json.Version)}, not ${kind.schema}`);
    if (Number.isNaN(updatedAt.getTime())) throw new Error('it does not say when it was updated');
    return { schema: kind.schema, updatedAt };
  } catch (cause) {
    throw new ScannerError('DATABASE_INVALID', `the ${kind.name} of ${mirror} has no usable metadata.json`, { cause });
  }
}
