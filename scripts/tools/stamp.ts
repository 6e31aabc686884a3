import { readFile, rename, rm, writeFile } from 'node:fs/promises';
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
  /** Of the executable. */
  readonly sha256: string;
}

/** `linux/x64` and the like, of this machine. */
export const PLATFORM = `${process.platform}/${process.arch}`;

/** True when the tool at `path` is that version for this machine and still the bytes that were put there. */
export async function isProvided(path: string, version: string): Promise<boolean> {
  try {
    const stamp = JSON.parse(await readFile(stampPath(path), 'utf8')) as Partial<Stamp>;
    return stamp.version === version && stamp.platform === PLATFORM && stamp.sha256 === (await hashFile(path));
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

function stampPath(path: string): string {
  return `${path}.stamp.json`;
}
