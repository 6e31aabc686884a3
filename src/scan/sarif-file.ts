import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatReference, type Reference } from '../image/reference.ts';
import type { ImageOutcome } from './outcome.ts';

/** What the alerts of each image are filed under: its repository, as a promotion does, and its whole name where several are of one repository. Two of one category would close each other's alerts. */
export function nameCategories(images: readonly Reference[]): ReadonlyMap<Reference, string> {
  const byRepository = Map.groupBy(images, ({ repository }) => repository);
  return new Map(
    images.map((image) => {
      const isAlone = byRepository.get(image.repository)?.length === 1;
      return [image, isAlone ? image.repository : formatReference(image)];
    }),
  );
}

/** One file with the findings of every image that was scanned, a run for each; its path, undefined when none was. */
export async function joinSarif(
  images: readonly Pick<ImageOutcome, 'scan'>[],
  results: string,
): Promise<string | undefined> {
  const paths = images.flatMap(({ scan }) => scan?.sarifPath ?? []);
  const [first, ...rest] = paths;
  if (first === undefined || (rest.length === 0 && images.length === 1)) return first;
  const logs = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as SarifLog));
  const path = join(results, 'scan.sarif');
  await writeFile(path, JSON.stringify({ ...logs[0], runs: logs.flatMap(({ runs }) => runs) }, null, 1));
  return path;
}

interface SarifLog {
  readonly runs: readonly unknown[];
}
