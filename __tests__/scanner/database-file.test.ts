import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explainEmptyBolt, explainNoSqlite } from '../../src/scanner/database-file.ts';

const FIXTURE = resolve(import.meta.dirname, '../../lab/database/trivy.db');

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-database-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(bytes: Uint8Array): Promise<string> {
  const path = join(directory, 'file.db');
  await writeFile(path, bytes);
  return path;
}

function bolt(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(0xed0cdaed, 16);
  return bytes;
}

describe('explainEmptyBolt', () => {
  it('has nothing against a database with advisories', async () => {
    expect(await explainEmptyBolt(FIXTURE)).toBeUndefined();
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'not a BoltDB'],
    ['garbage', Buffer.from('garbage that is long enough to have a header'), 'not a BoltDB'],
    ['a database without any advisory', bolt(16_384), 'no advisories'],
  ])('refuses %s', async (_name, bytes, reason) => {
    expect(await explainEmptyBolt(await write(bytes))).toContain(reason);
  });

  it('finds the bucket also where two reads meet', async () => {
    const bytes = bolt(3 * 1024 * 1024);
    bytes.write('vulnerability', 1024 * 1024 - 5);
    expect(await explainEmptyBolt(await write(bytes))).toBeUndefined();
  });
});

describe('explainNoSqlite', () => {
  it('tells an SQLite database from anything else', async () => {
    expect(await explainNoSqlite(await write(Buffer.from('SQLite format 3\0 and pages')))).toBeUndefined();
    expect(await explainNoSqlite(await write(Buffer.from('SQLite')))).toContain('not an SQLite');
  });
});
