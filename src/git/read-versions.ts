import { GitError } from './error.ts';
import type { Git } from './git-process.ts';

/** A file as one commit has it. */
export interface FileVersion {
  readonly commit: string;
  readonly path: string;
}

/** So many that what one process prints stays in memory: workload files are small. */
const AT_ONCE = 100;

/** See WorkTree.readAll. */
export async function readVersions(
  git: Git,
  versions: readonly FileVersion[],
): Promise<readonly (Uint8Array | undefined)[]> {
  const found: (Uint8Array | undefined)[] = [];
  for (let from = 0; from < versions.length; from += AT_ONCE) {
    found.push(...(await readSome(git, versions.slice(from, from + AT_ONCE))));
  }
  return found;
}

/** https://git-scm.com/docs/git-cat-file#_batch_output */
async function readSome(git: Git, versions: readonly FileVersion[]): Promise<readonly (Uint8Array | undefined)[]> {
  const names = versions.map(({ commit, path }) => `${commit}:${path}`);
  const odd = names.find((name) => name.includes('\n'));
  if (odd !== undefined) throw fail(`the name ${JSON.stringify(odd)} has a line end in it`);
  const printed = Buffer.from(await git.read(['cat-file', '--batch'], { input: `${names.join('\n')}\n` }));
  let at = 0;
  return versions.map(({ commit, path }) => {
    const end = printed.indexOf(0x0a, at);
    const line = printed.toString('utf8', at, end < 0 ? printed.length : end);
    at = end + 1;
    if (line === `${commit}:${path} missing`) return undefined;
    const size = Number(/^[0-9a-f]{40,64} blob (\d+)$/.exec(line)?.[1] ?? Number.NaN);
    const bytes = printed.subarray(at, at + size);
    at += size + 1;
    // Bytes that are no UTF-8 have become others on their way here.
    if (end < 0 || !(bytes.length === size && printed[at - 1] === 0x0a)) {
      throw fail(`${path} of ${commit} is no file of UTF-8 text`);
    }
    return bytes;
  });
}

function fail(what: string): GitError {
  return new GitError('GIT_FAILED', `former versions cannot be read: ${what}`);
}
