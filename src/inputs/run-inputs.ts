import type { ReadContext } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { parseDuration } from '../policy/duration.ts';
import type { ToolName } from '../tool/known-tools.ts';
import { parseToolInput } from '../tool/request.ts';

/** Reads which tool is to run, as text that parseToolInput takes; a path that leads to nothing executable is a problem. */
export async function readTool(
  fields: FieldReader,
  name: ToolName,
  { files }: Pick<ReadContext, 'files'>,
): Promise<string> {
  const text = fields.text(name);
  const tool = fields.attempt(name, () => parseToolInput(name, text));
  if (tool?.kind === 'path' && !(await files.isExecutable(tool.path))) {
    fields.addProblem(
      name,
      `names ${tool.path}, which is no file that can be run.`,
      'Check the path, or leave it empty for the pinned version.',
    );
  }
  return text;
}

/** Reads the longest time the run may take, in milliseconds. */
export function readTimeout(fields: FieldReader): number {
  const text = fields.text('timeout');
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined)
    fields.addProblem('timeout', `is ${JSON.stringify(text)}.`, 'Write a duration such as 30m or 1h.');
  return milliseconds ?? 0;
}
