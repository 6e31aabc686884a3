import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabTool } from '../../lab/tools.ts';
import { hashFile } from '../../src/tool/checksum.ts';

/** What lies beside a provided tool and says what it is. */
export interface Stamp {
  readonly name: LabTool;
  readonly version: string;
  /** `linux/x64`: a checkout may be shared between machines. */
  readonly platform: string;
  /** Where it came from: a release file, a build with Go, or a Debian package. */
  readonly from: 'release' | 'go' | 'debian';
  /** Of the program's source, when that is ours and changes without its version. */
  readonly source?: string | undefined;
  /** Of the executable. */
  readonly sha256: string;
}

/** `linux/x64` and the like, of this machine. */
export const PLATFORM = `${process.platform}/${process.arch}`;

/** True when the tool at `path` is that version (and source) for this machine and still the bytes that were put there. */
export async function isProvided(path: string, version: string, source?: string): Promise<boolean> {
  try {
    const stamp = JSON.parse(await readFile(stampPath(path), 'utf8')) as Partial<Stamp>;
    const isWanted = stamp.version === version && stamp.source === source && stamp.platform === PLATFORM;
    return isWanted && stamp.sha256 === (await hashFile(path));
  } catch {
    return false; // no stamp, no tool, or nothing that could be read: provide it again
  }
}

/** Puts a finished executable in its place, then its stamp: whoever looks in between sees a tool to provide again. */
export async function placeTool(built: string, path: string, stamp: Omit<Stamp, 'sha256'>): Promise<void> {
  const sha256 = await hashFile(built);
  const next = `${built}.stamp`;
  await writeFile(next, `${JSON.stringify({ ...stamp, sha256 })}\n`);
  await rm(stampPath(path), { force: true });
  await rename(built, path);
  await rename(next, stampPath(path));
}

/** The hash of the Go module in `directory`; undefined when it holds no program of ours. */
export async function hashSource(directory: string): Promise<string | undefined> {
  const names = (await readdir(directory)).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name)).sort();
  if (!names.some((name) => name.endsWith('.go'))) return undefined;
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\n`).update(await readFile(join(directory, name)));
  return hash.digest('hex');
}

function stampPath(path: string): string {
  return `${path}.stamp.json`;
}
