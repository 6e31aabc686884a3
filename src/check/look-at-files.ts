import { setImmediate as nextTurn } from 'node:timers/promises';
import { findImages } from '../workload/find-images.ts';
import type { FileFlaw, FileLink, ImageUse } from '../workload/image-use.ts';
import { isListed, resolveFrom } from '../workload/list-files.ts';
import { WorkspaceReader } from '../workload/read-file.ts';
import type { CheckedUse, CheckFinding } from './finding.ts';

/** What the files say, and what could not be read of them. */
export interface FoundUses {
  /** How many files were read. */
  readonly files: number;
  readonly uses: readonly CheckedUse[];
  readonly findings: readonly CheckFinding[];
}

/** Milliseconds after which others get a turn, such as who wants to cancel. */
const TURN = 50;
const UNREADABLE_HINT = 'Mend the file, or leave it out with ! in files.';

/** Reads every file, and those that they take images from, once each. One that cannot be read is a finding, and the others are still read. */
export async function lookAtFiles(
  files: readonly string[],
  { workspace, excluded }: { readonly workspace: string; readonly excluded: readonly string[] },
  signal: AbortSignal,
): Promise<FoundUses> {
  const reader = new WorkspaceReader(workspace);
  const queue = [...files];
  const known = new Set(queue);
  const uses: CheckedUse[] = [];
  const findings: CheckFinding[] = [];
  let turn = performance.now();
  for (const file of queue) {
    if (performance.now() - turn > TURN) {
      await nextTurn();
      signal.throwIfAborted();
      turn = performance.now();
    }
    const read = reader.read(file);
    if ('flaw' in read) {
      findings.push(describeFlaw({ file, line: 1, column: 1, message: read.flaw }));
      continue;
    }
    const found = findImages(file, read.bytes);
    for (const use of found.uses) uses.push(toUse(use));
    for (const flaw of found.flaws) findings.push(describeFlaw(flaw));
    for (const link of found.links) {
      const target = await followLink(file, link, { workspace, excluded });
      if (typeof target !== 'string') findings.push(describeFlaw(target));
      else if (target !== '' && !known.has(target)) {
        known.add(target);
        queue.push(target);
      }
    }
  }
  return { files: queue.length, uses, findings };
}

/** The file that is meant, '' for one that was left out on purpose, or what is wrong with the link. */
async function followLink(
  file: string,
  { path, line, column }: FileLink,
  { workspace, excluded }: { readonly workspace: string; readonly excluded: readonly string[] },
): Promise<string | FileFlaw> {
  const target = /\$\{?\w/.test(path) ? undefined : resolveFrom(file, path);
  if (target === undefined) {
    return { file, line, column, message: `it takes images from ${path}, which is not looked at from here` };
  }
  return (await isListed(target, excluded, workspace)) ? target : '';
}

function toUse({ file, line, column, where, text, kind, fallback, isLocal, usedAt }: ImageUse): CheckedUse {
  return {
    ...{ file, line, column, where, text, kind, alsoAt: usedAt },
    ...(fallback === undefined ? {} : { fallback }),
    ...(isLocal === undefined ? {} : { isLocal }),
  };
}

function describeFlaw({ file, line, column, message }: FileFlaw): CheckFinding {
  const told = `${message.charAt(0).toUpperCase()}${message.slice(1)}`.replace(/\.?$/, '.');
  return {
    ...{ file, line, column, where: '', image: '', rule: 'unreadable-file', level: 'error' },
    ...{ message: told, hint: UNREADABLE_HINT },
  };
}
