import { chmod, chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { describeError } from '../base/error.ts';
import { WorkloadError } from './error.ts';

/** A file of the workspace and what it is to hold instead of what was read of it. */
export interface FileReplacement {
  /** From the root of the workspace. */
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

interface Prepared extends FileReplacement {
  /** Where a link leads to: the link itself stays. */
  readonly target: string;
  readonly temporary: string;
}

/**
 * Writes all of these files or none: each new file lies complete beside its old one before the first takes its place, and what was replaced is put back when one cannot be.
 * Permissions and links stay. Throws FILE_CHANGED for a file that holds something else than was read, NOT_WRITTEN for one that cannot be written.
 */
export async function replaceFiles(workspace: string, replacements: readonly FileReplacement[]): Promise<void> {
  const root = await realpath(resolve(workspace));
  const prepared: Prepared[] = [];
  const done: Prepared[] = [];
  let current = '';
  try {
    for (const replacement of replacements) {
      current = replacement.file;
      const target = await realpath(join(root, replacement.file));
      if (!target.startsWith(join(root, sep))) throw fail(replacement.file, 'it leads out of the workspace');
      const temporary = join(
        dirname(target),
        `.${basename(target).slice(0, 200)}.${process.pid}-${prepared.length}.new`,
      );
      const each = { ...replacement, target, temporary };
      await checkUnchanged(each);
      prepared.push(each);
      await writeBeside(each, each.after);
    }
    for (const each of prepared) {
      current = each.file;
      await checkUnchanged(each);
      await rename(each.temporary, each.target);
      done.push(each);
    }
  } catch (error) {
    const lost = await putBack(done);
    if (lost.length > 0) throw fail(lost.join(', '), 'what it held could not be put back, and git has it', error);
    if (error instanceof WorkloadError) throw error;
    throw fail(current, describeError(error), error);
  } finally {
    for (const { temporary } of prepared) await rm(temporary, { force: true });
  }
}

async function checkUnchanged({ file, target, before }: Prepared): Promise<void> {
  if (Buffer.compare(await readFile(target), before) === 0) return;
  throw new WorkloadError('FILE_CHANGED', `${file} was changed while this ran; no file was written`, {
    hint: 'Run it again: it starts from what the file holds now.',
  });
}

async function writeBeside({ target, temporary }: Prepared, bytes: Uint8Array): Promise<void> {
  const { mode, uid, gid } = await stat(target);
  const handle = await open(temporary, 'wx', mode & 0o777);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
    const made = await handle.stat();
    if (made.uid !== uid || made.gid !== gid) await chown(temporary, uid, gid).catch(() => undefined);
  } finally {
    await handle.close();
  }
  // What umask took away belongs to it as well.
  await chmod(temporary, mode & 0o7777);
}

/** The files that could not be put back. */
async function putBack(done: readonly Prepared[]): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const each of done) {
    try {
      await writeBeside(each, each.before);
      await rename(each.temporary, each.target);
    } catch {
      lost.push(each.file);
    }
  }
  return lost;
}

function fail(file: string, why: string, cause?: unknown): WorkloadError {
  return new WorkloadError('NOT_WRITTEN', `${file} could not be written: ${why}`, {
    ...(cause === undefined ? {} : { cause }),
    hint: 'Check that this user may write the file and make files in its folder.',
  });
}
