import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { editImages, type ImageChange } from '../workload/edit-images.ts';
import { findImages } from '../workload/find-images.ts';
import type { FileReplacement } from '../workload/replace-files.ts';
import { isSameRepository, joinWritten, splitWritten, type WrittenReference } from '../workload/written-reference.ts';
import type { ResolvedPlace } from './decide.ts';
import { PinError } from './error.ts';
import type { FoundPlaces } from './find-places.ts';

/** One place that names another image now. */
export interface PinChange {
  /** From the root of the workspace. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly where: string;
  /** As it stood there, variables filled in with their defaults. */
  readonly from: string;
  readonly to: string;
}

/** The new bytes of files, and what is new in them. */
export interface EditedFiles {
  readonly changes: readonly PinChange[];
  readonly files: readonly FileReplacement[];
}

/** True where a place names something else than it is to. */
export function isChanged({ from, to }: Pick<ResolvedPlace, 'from' | 'to'>): boolean {
  const written = splitWritten(from);
  return !isSameRepository(written.repository, to.repository) || written.tag !== to.tag || written.digest !== to.digest;
}

/** Edits in memory, and reads what came of it: a place that would not name what it is to is an error, and nothing is written. */
export async function editFiles(
  places: readonly ResolvedPlace[],
  found: Pick<FoundPlaces, 'bytes'>,
  workspace: string,
): Promise<EditedFiles> {
  const changes: PinChange[] = [];
  const files: FileReplacement[] = [];
  const seen = new Set<string>();
  for (const [file, own] of Map.groupBy(places, ({ use }) => use.file)) {
    // A link and what it leads to are one file.
    const target = await realpath(join(workspace, file));
    const before = found.bytes.get(file);
    if (before === undefined || seen.has(target)) continue;
    seen.add(target);
    const after = editImages(before, own.map(toChange));
    if (Buffer.compare(before, after) === 0) continue;
    checkEdited(file, before, after, own);
    files.push({ file, before, after });
    changes.push(...own.map(describeChange));
  }
  return { changes, files };
}

function toChange({ use, to }: ResolvedPlace): ImageChange {
  return { use, to };
}

function describeChange({ use: { file, line, column, where }, from, to }: ResolvedPlace): PinChange {
  return { ...{ file, line, column, where, from }, to: joinWritten(keepName(from, to)) };
}

/** A repository that means the one that is written stays as it is written. */
function keepName(from: string, to: WrittenReference): WrittenReference {
  const { repository } = splitWritten(from);
  return isSameRepository(repository, to.repository) ? { ...to, repository } : to;
}

function checkEdited(file: string, before: Uint8Array, after: Uint8Array, places: readonly ResolvedPlace[]): void {
  const [old, now] = [findImages(file, before).uses, findImages(file, after).uses];
  const byPlace = new Map(places.map((place) => [`${place.use.line}:${place.use.column} ${place.use.where}`, place]));
  const isRight = old.every((use, index) => {
    const edited = now[index];
    const place = byPlace.get(`${use.line}:${use.column} ${use.where}`);
    const [is, was] = [edited?.fallback ?? edited?.text, use.fallback ?? use.text];
    return is !== undefined && (place === undefined ? is === was : !isChanged({ from: is, to: place.to }));
  });
  if (isRight && old.length === now.length) return;
  throw new PinError('EDIT_LOST', `${file} would not name what was to be written into it; no file was written`, {
    hint: 'Write the images of this file by hand, and leave it out with ! in files. This is a defect: please report it with the file.',
  });
}
