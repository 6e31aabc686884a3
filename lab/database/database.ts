import { readFileSync } from 'node:fs';
import { buildArtifact } from '../image/artifact.ts';
import type { BuiltImage } from '../image/descriptor.ts';
import { gzip } from '../image/layer.ts';
import { pushImage } from '../image/push.ts';
import type { Credentials } from '../image/session.ts';
import { writeTar } from '../image/tar.ts';

/** What the metadata beside a database says. */
export interface DatabaseOptions {
  /** Default now. */
  readonly updatedAt?: Date;
  /** Default a day after the update. */
  readonly nextUpdate?: Date;
  /** Default what Trivy expects today. */
  readonly schema?: number;
}

const SCHEMA = 2;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The archive that Trivy keeps its vulnerabilities in: `trivy.db` and `metadata.json`, as tar.gz. */
export function buildDatabase(options: DatabaseOptions = {}): Buffer {
  const file = readFileSync(new URL('./trivy.db', import.meta.url));
  return packDatabase('trivy.db', file, { schema: SCHEMA, ...options });
}

/** Pushes such an archive as the artifact Trivy looks for; returns its digest. `host` is as for `pushImage`. */
export function pushDatabase(
  host: string,
  repository: string,
  tag: string,
  database: Buffer,
  credentials?: Credentials,
): Promise<string> {
  return pushArchive(host, `${repository}:${tag}`, 'db', database, credentials);
}

/** Packs a database file with its metadata; https://github.com/aquasecurity/trivy-db/blob/main/pkg/metadata/metadata.go */
export function packDatabase(name: string, file: Uint8Array, options: DatabaseOptions & { schema: number }): Buffer {
  const { updatedAt = new Date(), schema: Version } = options;
  const { nextUpdate = new Date(updatedAt.getTime() + DAY_MS) } = options;
  const metadata = { Version, NextUpdate: nextUpdate, UpdatedAt: updatedAt, DownloadedAt: '0001-01-01T00:00:00Z' };
  return gzip(
    writeTar([
      { path: name, bytes: file },
      { path: 'metadata.json', bytes: JSON.stringify(metadata) },
    ]),
  );
}

/** Pushes an archive under the media types of Trivy's `db` or `javadb`. */
export function pushArchive(
  host: string,
  name: `${string}:${string}`,
  kind: 'db' | 'javadb',
  archive: Buffer,
  credentials?: Credentials,
): Promise<string> {
  const colon = name.lastIndexOf(':');
  return pushImage(host, name.slice(0, colon), name.slice(colon + 1), toArtifact(kind, archive), credentials);
}

/** The vulnerability database as a mirror has it, to be stored without a push. */
export function buildDatabaseArtifact(options: DatabaseOptions = {}): BuiltImage {
  return toArtifact('db', buildDatabase(options));
}

function toArtifact(kind: 'db' | 'javadb', archive: Buffer): BuiltImage {
  return buildArtifact({
    configType: 'application/vnd.aquasec.trivy.config.v1+json',
    layerType: `application/vnd.aquasec.trivy.${kind}.layer.v1.tar+gzip`,
    layer: archive,
    layerAnnotations: { 'org.opencontainers.image.title': `${kind}.tar.gz` },
  });
}
