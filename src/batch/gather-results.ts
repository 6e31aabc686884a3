import { mkdir, rename, rmdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pathOf } from '../image/reference.ts';
import type { Outcome } from '../promote/outcome.ts';

/** The directories that gather what the images of a batch leave, by what it is. */
export const RESULT_FOLDERS = { scans: 'scan-reports', sarif: 'sarif', records: 'records', plans: 'plans' } as const;

/** Puts what one image left beside that of the others, a file each in the directory of its kind, and says where it is now. Names begin with the number of the promotion, so that two images of one name do not meet. */
export async function gatherResults(number: number, outcome: Outcome, results: string): Promise<Outcome> {
  const last = pathOf(outcome.source.repository).split('/').at(-1) ?? 'image';
  const name = `${String(number).padStart(4, '0')}-${last.slice(0, 100)}`;
  const left = new Set<string>();
  const move = async (path: string, folder: string, suffix = ''): Promise<string> => {
    const directory = join(results, folder);
    await mkdir(directory, { recursive: true });
    const place = join(directory, `${name}${suffix}${extname(path)}`);
    await rename(path, place);
    left.add(dirname(path));
    return place;
  };
  const { scan, plan } = outcome;
  const moved = new Map<string, string>();
  for (const [i, path] of [...new Set(outcome.evidence.flatMap(({ recordPath }) => recordPath ?? []))].entries()) {
    moved.set(path, await move(path, RESULT_FOLDERS.records, i === 0 ? '' : `-${i + 1}`));
  }
  const gathered: Outcome = {
    ...outcome,
    evidence: outcome.evidence.map((attached) =>
      attached.recordPath === undefined
        ? attached
        : { ...attached, recordPath: moved.get(attached.recordPath) ?? attached.recordPath },
    ),
    scan: scan && {
      ...scan,
      reportPath: await move(scan.reportPath, RESULT_FOLDERS.scans),
      sarifPath: await move(scan.sarifPath, RESULT_FOLDERS.sarif),
    },
    plan: plan && { ...plan, path: await move(plan.path, RESULT_FOLDERS.plans) },
  }; // Where something else lies, it stays.
  for (const directory of left) await rmdir(directory).catch(() => undefined);
  return gathered;
}
