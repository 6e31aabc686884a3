import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../lab/process.ts';
import { type DebianPackage, listAddresses, takeDebianProgram } from '../../scripts/tools/debian.ts';

const { signal } = new AbortController();
const UNREACHABLE = async (url: string): Promise<void> => Promise.reject(new Error(`${url} is out of reach`));

let room: string;
let deb: Buffer;
let wanted: DebianPackage;
let said: string[];
let output: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'promote-image-debian-'));
  deb = await buildPackage(room);
  const sha256 = createHash('sha256').update(deb).digest('hex');
  wanted = {
    ...{ package: 'hello', version: '1.0+ds-1', pool: 'pool/main/h/hello', program: 'usr/bin/hello' },
    ...{ snapshot: '20250520T000000Z', sha256: { amd64: sha256, arm64: sha256 } },
  };
});
afterAll(() => rm(room, { recursive: true }));
beforeEach(async () => {
  said = [];
  output = join(await mkdtemp(join(room, 'case-')), 'hello');
});

/** A package as dpkg makes it: an `ar` archive with a tar file in it. */
async function buildPackage(directory: string): Promise<Buffer> {
  await mkdir(join(directory, 'tree/usr/bin'), { recursive: true });
  await writeFile(join(directory, 'tree/usr/bin/hello'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
  await writeFile(join(directory, 'debian-binary'), '2.0\n');
  const { code } = await run('tar', ['-cJf', 'data.tar.xz', '-C', 'tree', './usr'], { cwd: directory });
  const control = await run('tar', ['-cJf', 'control.tar.xz', '-T', '/dev/null'], { cwd: directory });
  const members = ['debian-binary', 'control.tar.xz', 'data.tar.xz'];
  const packed = await run('ar', ['rc', 'made.deb', ...members], { cwd: directory });
  expect([code, control.code, packed.code]).toEqual([0, 0, 0]);
  return readFile(join(directory, 'made.deb'));
}

const take = (download: (url: string, file: string) => Promise<void>, env: Record<string, string | undefined> = {}) =>
  takeDebianProgram(wanted, output, `${output}.d`, {
    ...{ env: { ...process.env, ...env }, signal, download, arch: 'arm64' },
    say: (line) => said.push(line),
  });

/** A PATH with these system programs and, if given, an apt-get that runs this script. */
async function pathWith(programs: readonly string[], apt?: string): Promise<string> {
  const bin = await mkdtemp(join(room, 'bin-'));
  for (const name of ['sh', 'cp', ...programs]) {
    const { stdout } = await run('/bin/sh', ['-c', `command -v ${name}`]);
    await symlink(stdout.trim(), join(bin, name));
  }
  if (apt !== undefined) {
    await writeFile(join(bin, 'apt-get'), `#!/bin/sh\n${apt}\n`);
    await chmod(join(bin, 'apt-get'), 0o755);
  }
  return bin;
}

describe('listAddresses', () => {
  it('names the archive, then its history, and nobody else', () => {
    expect(listAddresses(wanted, 'amd64')).toEqual([
      'https://deb.debian.org/debian/pool/main/h/hello/hello_1.0+ds-1_amd64.deb',
      'https://snapshot.debian.org/archive/debian/20250520T000000Z/pool/main/h/hello/hello_1.0+ds-1_amd64.deb',
    ]);
  });
});

describe('takeDebianProgram', () => {
  it('takes the program from the first address that has it', async () => {
    const asked: string[] = [];
    await take(async (url, file) => {
      asked.push(url);
      await (asked.length === 1 ? UNREACHABLE(url) : writeFile(file, deb));
    });
    expect(asked).toEqual(listAddresses(wanted, 'arm64'));
    expect(said).toEqual([expect.stringContaining('out of reach')]);
    expect((await run(output, [])).stdout).toBe('hello\n');
  });

  it('asks apt for that very version where no address is in reach', async () => {
    const apt = `echo "$@" > asked && cp ${room}/made.deb hello_1.0_arm64.deb`;
    await take(UNREACHABLE, { PATH: await pathWith(['dpkg-deb', 'tar', 'xz'], apt) });
    expect(await readFile(`${output}.d/asked`, 'utf8')).toBe('download hello:arm64=1.0+ds-1\n');
    expect((await run(output, [])).stdout).toBe('hello\n');
  });

  it.each([
    ['a download', (_url: string, file: string) => writeFile(file, 'something else'), undefined],
    ['what apt has', UNREACHABLE, 'echo other > hello.deb'],
  ])('refuses %s with another checksum', async (_what, download, apt) => {
    await expect(take(download, { PATH: await pathWith(['dpkg-deb'], apt) })).rejects.toThrow(/SHA-256 .* do not use/);
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });

  it('unpacks with ar and tar where there is no dpkg', async () => {
    await take((_url, file) => writeFile(file, deb), { PATH: await pathWith(['ar', 'tar', 'xz']) });
    expect((await run(output, [])).stdout).toBe('hello\n');
  });

  it('says what to install where nothing unpacks', async () => {
    const taking = take((_url, file) => writeFile(file, deb), { PATH: await pathWith([]) });
    await expect(taking).rejects.toThrow('install dpkg, or binutils (ar), tar and xz-utils');
  });

  it('names every try when there is no package to be had', async () => {
    const taking = take(UNREACHABLE, { PATH: await pathWith([], 'echo "E: Unable to locate" >&2; exit 100') });
    await expect(taking).rejects.toThrow(
      /nowhere:\n.*deb\.debian\.org.*\n.*snapshot\.debian\.org.*\n.*apt-get download hello:arm64=1\.0\+ds-1: ended with 100: E: Unable/,
    );
  });

  it('is for machines that Debian has the package for', async () => {
    const context = { env: {}, signal, say: () => {}, arch: 's390x' };
    await expect(takeDebianProgram(wanted, output, room, context)).rejects.toThrow('not on linux/s390x');
  });
});
