import { stripControl } from '../../base/text.ts';
import { neutralizeCommands } from '../../report/escape.ts';

/** One line that only says something: no workflow command, no terminal sequence, and no line end with which a name from an image could forge a line of ours. */
export function cleanLine(text: string): string {
  return neutralizeCommands(stripControl(text).replace(/(?<!\s)\s*\n\s*/g, ' '));
}
