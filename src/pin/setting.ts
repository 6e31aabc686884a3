import type { FieldReader } from '../base/fields.ts';
import { parseImageName } from '../image/image-name.ts';
import { isSameRepository, splitWritten, type WrittenReference } from '../workload/written-reference.ts';

/** One line of the input `images`: what every place that names a repository is to name. */
export interface Setting {
  /** As the line has it, for messages. */
  readonly line: string;
  /** The repository that is looked for. */
  readonly from: string;
  /** With the parts that the line gives; a tag that it leaves out is the one that is written there. */
  readonly to: WrittenReference;
}

/** Reads the input `images`; undefined where it is empty, which means every image. */
export function readSettings(fields: FieldReader): readonly Setting[] | undefined {
  const lines = [...new Set(fields.lines('images'))];
  if (lines.length === 0) {
    if (!fields.isGiven('images')) return undefined;
    fields.addProblem('images', 'holds only comments.', 'Write image references, a line each, or leave it out.');
  }
  const settings = lines.flatMap((line) => fields.attempt('images', () => readSetting(line)) ?? []);
  for (const [index, { from, line }] of settings.entries()) {
    const other = settings.slice(0, index).find((each) => isSameRepository(each.from, from));
    if (other === undefined) continue;
    const message = `says twice what ${from} is to be: ${JSON.stringify(other.line)} and ${JSON.stringify(line)}.`;
    fields.addProblem('images', message, 'Name each repository once; use a step with other files for the other.');
  }
  return settings;
}

function readSetting(line: string): Setting {
  const equals = line.indexOf('=');
  const [left, right] = equals < 0 ? [undefined, line] : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
  parseImageName(right);
  const to = splitWritten(right);
  if (left === undefined) return { line, from: to.repository, to };
  parseImageName(left);
  const from = splitWritten(left);
  if (from.tag !== undefined || from.digest !== undefined) {
    throw new TypeError(
      `names ${JSON.stringify(left)} before the =, where only a repository can stand: write old/repo=registry/repo:tag.`,
    );
  }
  return { line, from: from.repository, to };
}
