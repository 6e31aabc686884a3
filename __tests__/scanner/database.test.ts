import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { buildJavaDatabase, pushJavaDatabase } from '../../lab/database/java-database.ts';
import { buildImage } from '../../lab/image/image.ts';
import { gzip } from '../../lab/image/layer.ts';
import { pushImage } from '../../lab/image/push.ts';
import { writeTar } from '../../lab/image/tar.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { ArchiveCache } from '../../src/base/ports.ts';
import { fetchDatabase, JAVA_DATABASE, VULNERABILITY_DATABASE } from '../../src/scanner/database.ts';
import { createRecordingClient, type RecordingClient } from '../registry/recording-client.ts';

const FIXTURE = resolve(import.meta.dirname, '../../lab/database/trivy.db');

/** A BoltDB without a single bucket. */
function emptyBolt(): Buffer {
  const bytes = Buffer.alloc(16_384);
  bytes.writeUInt32LE(0xed0cdaed, 16);
  return bytes;
}

const UPDATED = new Date('2026-01-02T03:04:05Z');
let registry: LabRegistry;
let recording: RecordingClient;
let directory: string;
let said: string[];
let kept: Map<string, string>;

beforeEach(async () => {
  registry = await startRegistry();
  recording = createRecordingClient();
  directory = await mkdtemp(join(tmpdir(), 'promote-image-database-'));
  said = [];
  kept = new Map();
});
afterEach(async () => {
  await recording.client.close();
  await registry.close();
  await rm(directory, { recursive: true });
});

const log = {
  ...{ debug() {}, info() {}, mask() {} },
  warning: (message: string) => void said.push(message),
  group: <T>(_: string, body: () => Promise<T>) => body(),
};
/** A cache that keeps files in a folder of the test. */
const cache: ArchiveCache = {
  find: async (name, version) => kept.get(`${name} ${version}`),
  keep: async (name, version, file) => {
    const copy = join(directory, `kept-${kept.size}`);
    await writeFile(copy, await readFile(file));
    kept.set(`${name} ${version}`, copy);
  },
};
const mirror = (name = 'db:2') => `${registry.host}/mirror/${name}`;
const fetch = async (mirrors = [mirror()], kind = VULNERABILITY_DATABASE) => {
  const folder = join(directory, 'trivy');
  await mkdir(folder, { recursive: true });
  return fetchDatabase(kind, mirrors, { client: recording.client, cache, directory: folder, log });
};
const push = (database = buildDatabase({ updatedAt: UPDATED })) =>
  pushDatabase(registry.host, 'mirror/db', '2', database);

describe('a database', () => {
  it('comes to where Trivy looks, with what the record says of it', async () => {
    const digest = await push();
    expect(await fetch()).toEqual({ source: mirror(), digest, schema: 2, updatedAt: UPDATED });
    expect((await readdir(join(directory, 'trivy', 'db'))).sort()).toEqual(['metadata.json', 'trivy.db']);
    expect(await readdir(join(directory, 'trivy'))).toEqual(['db']);
  });

  it('of Java comes to its own place', async () => {
    await pushJavaDatabase(registry.host, 'mirror/java-db', '1', buildJavaDatabase([], { updatedAt: UPDATED }));
    expect(await fetch([mirror('java-db:1')], JAVA_DATABASE)).toMatchObject({ schema: 1, updatedAt: UPDATED });
    expect((await readdir(join(directory, 'trivy', 'java-db'))).sort()).toEqual(['metadata.json', 'trivy-java.db']);
  });

  it('may be named by digest', async () => {
    const digest = await push();
    expect(await fetch([`${registry.host}/mirror/db@${digest}`])).toMatchObject({ digest });
  });

  it('brings nothing but itself: no other file, no link, no path out of its folder', async () => {
    const archive = gzip(
      writeTar([
        { path: '../../outside/trivy.db', bytes: await readFile(FIXTURE) },
        { path: 'evil.sh', bytes: 'x' },
        { path: 'sub/metadata.json', bytes: JSON.stringify({ Version: 2, UpdatedAt: UPDATED }) },
      ]),
    );
    await push(archive);
    await fetch();
    expect((await readdir(join(directory, 'trivy', 'db'))).sort()).toEqual(['metadata.json', 'trivy.db']);
    expect((await readdir(directory)).sort()).toEqual(['kept-0', 'trivy']);
  });
});

describe('a database that could not judge anything', () => {
  const pack = (bytes: Uint8Array) =>
    gzip(
      writeTar([
        { path: 'trivy.db', bytes },
        { path: 'metadata.json', bytes: JSON.stringify({ Version: 2, UpdatedAt: UPDATED }) },
      ]),
    );

  it.each([
    ['is none', Buffer.from('garbage, garbage, garbage'), 'not a BoltDB'],
    ['holds no advisories', emptyBolt(), 'holds no advisories'],
  ])('since it %s counts as not served', async (_name, bytes, reason) => {
    await push(pack(bytes));
    await expect(fetch()).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining(reason),
    });
  });
});

describe('the mirrors', () => {
  it('are tried one after the other, and the one that served is told', async () => {
    await push();
    const database = await fetch(['127.0.0.1:1/db:2', mirror('absent:2'), mirror()]);
    expect(database.source).toBe(mirror());
    expect(said).toHaveLength(2);
  });

  it('that all fail are told with what each said', async () => {
    const fetching = fetch([mirror('a:2'), mirror('b:2')]);
    await expect(fetching).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringMatching(/mirror\/a:2: [\s\S]*mirror\/b:2: /),
      hint: expect.stringContaining('scan.databases'),
    });
  });

  it('that serve something else do not count', async () => {
    await pushImage(registry.host, 'mirror/db', '2', buildImage());
    await expect(fetch()).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('has no layer of type'),
    });
  });

  it.each<[string, () => Buffer]>([
    ['an old schema', () => buildDatabase({ schema: 1 })],
    ['nothing in it', () => Buffer.alloc(0)],
    ['no metadata', () => gzip(writeTar([{ path: 'trivy.db', bytes: 'x' }]))],
    ['metadata that are not JSON', () => gzip(writeTar([{ path: 'metadata.json', bytes: 'x' }]))],
    ['metadata without a date', () => gzip(writeTar([{ path: 'metadata.json', bytes: '{"Version":2}' }]))],
    ['something that is no archive', () => Buffer.from('not an archive')],
  ])('that serve a database with %s do not count', async (_, build) => {
    await push(build());
    await expect(fetch()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('that serve other bytes than their digest says do not count', async () => {
    await push();
    registry.faults.push({ method: 'GET', path: /blobs/, corruptBytes: 2 });
    await expect(fetch()).rejects.toMatchObject({ message: expect.stringContaining('not what its digest says') });
  });
});

describe('the cache', () => {
  const reads = () => registry.log.blobReads().length;

  it('saves the download of the same database', async () => {
    await push();
    await fetch();
    const before = reads();
    expect(await fetch()).toMatchObject({ updatedAt: UPDATED });
    expect(reads()).toBe(before);
  });

  it('does not hold back a new one', async () => {
    await push();
    await fetch();
    const updatedAt = new Date('2026-02-02T00:00:00Z');
    await push(buildDatabase({ updatedAt }));
    expect(await fetch()).toMatchObject({ updatedAt });
  });

  it('is believed nothing: what another job left there is checked, and fetched again', async () => {
    await push();
    await fetch();
    const [file = ''] = kept.values();
    await writeFile(file, buildDatabase({ updatedAt: new Date() }));
    expect(await fetch()).toMatchObject({ updatedAt: UPDATED });
    expect(said).toEqual([expect.stringContaining('not the one of its digest')]);
  });

  it('does no harm when what it names is not there', async () => {
    await push();
    await fetch();
    for (const file of kept.values()) await rm(file);
    expect(await fetch()).toMatchObject({ updatedAt: UPDATED });
  });
});
