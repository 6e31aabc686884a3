import { UsageError } from '../base/error.ts';
import type { FieldReader } from '../base/fields.ts';
import type { WorkloadContainer } from '../inputs/pod-spec.ts';
import { listFiles } from '../workload/list-files.ts';

/** What is looked at: files of the workspace, or objects of a cluster. */
export type CheckedThings =
  | {
      readonly kind: 'files';
      readonly files: readonly string[];
      /** What was left out, as `!` has it. */
      readonly excluded: readonly string[];
    }
  | {
      readonly kind: 'objects';
      readonly containers: readonly WorkloadContainer[];
      /** Objects that name no image, counted by kind. */
      readonly ignored: readonly string[];
    };

/** JSON, and no glob: that may begin with a brace or a bracket too. */
const OBJECTS = /^\{\s*["}]|^\[\s*[{\]]/;

/** Reads the input `files`: globs, a line each, or what kubectl prints as JSON. */
export async function readThings(fields: FieldReader, workspace: string): Promise<CheckedThings> {
  const text = fields.text('files');
  if (OBJECTS.test(text)) return readObjects(fields, text);
  const lines = fields.lines('files');
  const { files, problems } = await listFiles(lines, workspace);
  fields.addProblems(problems);
  const excluded = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
  return { kind: 'files', files, excluded };
}

async function readObjects(fields: FieldReader, text: string): Promise<CheckedThings> {
  const { readWorkloads } = await import('../inputs/workloads.ts');
  try {
    return { kind: 'objects', ...readWorkloads(text, 'files') };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    fields.addProblems(error.problems);
    return { kind: 'objects', containers: [], ignored: [] };
  }
}
