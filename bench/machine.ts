import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from './result.ts';

/** The machine this runs on, as far as figures depend on it. */
export async function describeMachine(): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release().split('-')[0]}`,
    node: process.versions.node,
  };
}

/** What is measured as ours: the commit, and the digest of the file where that is not what the commit built. */
export async function describeRevision(cli: string, root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const commit = ask('git', ['-C', root, 'rev-parse', '--short=10', 'HEAD']);
  const digest = createHash('sha256')
    .update(await readFile(cli))
    .digest('hex')
    .slice(0, 10);
  return `${version} (${commit === undefined ? '' : `commit ${commit}, `}cli.js ${digest})`;
}

function ask(file: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
