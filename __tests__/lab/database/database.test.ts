import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extract } from 'tar';
import { ADVISORIES, ADVISORY_PLATFORMS, pickPackage } from '../../../lab/database/advisories.ts';
import { buildDatabase, pushDatabase } from '../../../lab/database/database.ts';
import { buildJavaDatabase, pushJavaDatabase } from '../../../lab/database/java-database.ts';
import { listJarFiles } from '../../../lab/image/filesystem.ts';
import { startRegistry } from '../../../lab/registry/server.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'database-test-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const unpack = (archive: Buffer): Record<string, unknown> => {
  writeFileSync(join(directory, 'archive.tar.gz'), archive);
  extract({ sync: true, cwd: directory, file: join(directory, 'archive.tar.gz') });
  return JSON.parse(readFileSync(join(directory, 'metadata.json'), 'utf8')) as Record<string, unknown>;
};

describe('the vulnerability database', () => {
  it('says when it was made, by default now, and when the next is due', () => {
    const updatedAt = new Date('2026-01-01T00:00:00Z');
    expect(unpack(buildDatabase({ updatedAt }))).toMatchObject({
      Version: 2,
      UpdatedAt: '2026-01-01T00:00:00.000Z',
      NextUpdate: '2026-01-02T00:00:00.000Z',
    });
    expect(Date.now() - Date.parse(String(unpack(buildDatabase()).UpdatedAt))).toBeLessThan(60_000);
    expect(unpack(buildDatabase({ schema: 1 })).Version).toBe(1);
  });

  it('holds every advisory and platform it was generated from', () => {
    unpack(buildDatabase());
    const text = readFileSync(join(directory, 'trivy.db'), 'latin1');
    const names = [
      ...ADVISORIES.flatMap(({ id, packages }) => [id, ...packages]),
      ...ADVISORY_PLATFORMS.map((p) => p.name),
    ];
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('has each severity, fixed and unfixed', () => {
    expect(new Set(ADVISORIES.map((advisory) => advisory.severity))).toEqual(
      new Set(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
    );
    expect(new Set(ADVISORIES.map((advisory) => advisory.status))).toEqual(
      new Set(['fixed', 'affected', 'will_not_fix']),
    );
  });

  it('tells which version of a package to install', () => {
    expect(pickPackage('libcritical', 'debian 12')).toEqual({ name: 'libcritical', version: '1.2.3-1' });
    expect(pickPackage('libcritical', 'alpine 3.23', 'fixed').version).toBe('1.2.4-r0');
    expect(() => pickPackage('openssl', 'debian 12')).toThrow(RangeError);
  });
});

describe('the Java database', () => {
  it('knows each jar by its SHA-1', () => {
    const jar = { group: 'org.example', artifact: 'libhigh', version: '1.2.3', anonymous: true };
    expect(unpack(buildJavaDatabase([jar, { ...jar, version: '1.2.4' }]))).toMatchObject({ Version: 1 });
    const database = new DatabaseSync(join(directory, 'trivy-java.db'), { readOnly: true });
    const sha1 = createHash('sha1')
      .update(Object.values(listJarFiles(jar))[0] ?? '')
      .digest();
    const rows = database
      .prepare(
        'SELECT group_id, a.artifact_id, version FROM indices i JOIN artifacts a ON a.id = i.artifact_id WHERE sha1 = ?',
      )
      .all(sha1);
    database.close();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { group_id: 'org.example', artifact_id: 'libhigh', version: '1.2.3' },
    ]);
  });
});

describe('a pushed database', () => {
  it('is an artifact of the types Trivy asks for', async () => {
    const registry = await startRegistry();
    await pushDatabase(registry.host, 'mirror/trivy-db', '2', buildDatabase());
    await pushJavaDatabase(registry.host, 'mirror/trivy-java-db', '1', buildJavaDatabase([]));
    const layersOf = (repository: string, tag: string): unknown =>
      JSON.parse(registry.read(repository, registry.digestOf(repository, tag) ?? '')?.toString() ?? '{}').layers;
    expect(layersOf('mirror/trivy-db', '2')).toMatchObject([
      { mediaType: 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip' },
    ]);
    expect(layersOf('mirror/trivy-java-db', '1')).toMatchObject([
      { mediaType: 'application/vnd.aquasec.trivy.javadb.layer.v1.tar+gzip' },
    ]);
    await registry.close();
  });
});
