import type { Annotation } from '../../base/action.ts';
import { stripControl } from '../../base/text.ts';
import { neutralizeCommands } from '../../report/escape.ts';

/** One line that only says something: no workflow command, no terminal sequence, and no line end with which a name from an image could forge a line of ours. */
export function cleanLine(text: string): string {
  return neutralizeCommands(stripControl(text).replace(/(?<!\s)\s*\n\s*/g, ' '));
}

/** `file:line:column: `, as compilers write it and editors understand; '' for what is in no file. */
export function formatPlace({ file, line, column }: Pick<Annotation, 'file' | 'line' | 'column'>): string {
  const parts = [file, line, column].filter((part) => part !== undefined);
  return file === undefined ? '' : `${parts.join(':')}: `;
}
