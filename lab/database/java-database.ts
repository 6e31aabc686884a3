import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Jar, listJarFiles } from '../image/filesystem.ts';
import type { Credentials } from '../image/session.ts';
import { type DatabaseOptions, packDatabase, pushArchive } from './database.ts';

const SCHEMA = 1;

/** https://github.com/aquasecurity/trivy-java-db/blob/main/pkg/db/db.go */
const TABLES = `
  CREATE TABLE artifacts(id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT);
  CREATE TABLE indices(artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT,
    foreign key (artifact_id) references artifacts(id));
  CREATE UNIQUE INDEX artifacts_idx ON artifacts(artifact_id, group_id);
  CREATE INDEX indices_artifact_idx ON indices(artifact_id);
  CREATE UNIQUE INDEX indices_sha1_idx ON indices(sha1);
`;

/** The archive that Trivy needs as soon as an image has a jar: `trivy-java.db` and `metadata.json`, as tar.gz. It knows these jars by their SHA-1. */
export function buildJavaDatabase(jars: readonly Jar[], options: DatabaseOptions = {}): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'java-database-'));
  try {
    const file = join(directory, 'trivy-java.db');
    writeDatabase(file, jars);
    return packDatabase('trivy-java.db', readFileSync(file), { schema: SCHEMA, ...options });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Pushes such an archive as the artifact Trivy looks for; returns its digest. `host` is as for `pushImage`. */
export function pushJavaDatabase(
  host: string,
  repository: string,
  tag: string,
  database: Buffer,
  credentials?: Credentials,
): Promise<string> {
  return pushArchive(host, `${repository}:${tag}`, 'javadb', database, credentials);
}

function writeDatabase(file: string, jars: readonly Jar[]): void {
  const database = new DatabaseSync(file);
  database.exec(TABLES);
  const addArtifact = database.prepare(
    'INSERT INTO artifacts(group_id, artifact_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const addIndex = database.prepare(
    `INSERT INTO indices(artifact_id, version, sha1, archive_type)
     VALUES ((SELECT id FROM artifacts WHERE group_id = ? AND artifact_id = ?), ?, ?, 'jar')`,
  );
  for (const jar of jars) {
    addArtifact.run(jar.group, jar.artifact);
    for (const bytes of Object.values(listJarFiles(jar))) {
      addIndex.run(jar.group, jar.artifact, jar.version, createHash('sha1').update(bytes).digest());
    }
  }
  database.close();
}
