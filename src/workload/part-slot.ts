import type { FileText } from './file-text.ts';
import type { PartName, PartSlot } from './image-use.ts';
import type { YamlMap, YamlScalar } from './yaml-node.ts';

/** The last written part of an image: where its key stands, and its value. */
export interface LastPart {
  readonly keyStart: number;
  readonly value: YamlScalar;
}

/** Where a further part of an image goes: a line of its own after the last part, or behind it in a flow mapping. Undefined where that cannot be told. */
export function findSlot(
  file: FileText,
  map: YamlMap,
  last: LastPart,
  keys: Readonly<Partial<Record<PartName, string>>>,
): PartSlot | undefined {
  const { text } = file;
  const quote = text[last.keyStart] === '"' ? '"' : '';
  if (map.isFlow) return { at: file.byteAt(last.value.end), lead: ', ', quote, keys };
  const newline = text.indexOf('\n', last.value.end);
  const end = newline < 0 ? text.length : newline;
  const hasReturn = text[end - 1] === '\r';
  const before = text.slice(text.lastIndexOf('\n', last.keyStart - 1) + 1, last.keyStart).replace(/^\ufeff/, '');
  // Only blanks and dashes may stand before it: blanks in their place are the same depth.
  if (/[^ -]/.test(before)) return undefined;
  const isWindows = newline < 0 ? text.includes('\r\n') : hasReturn;
  const lead = `${isWindows ? '\r\n' : '\n'}${' '.repeat(before.length)}`;
  return { at: file.byteAt(hasReturn ? end - 1 : end), lead, quote, keys };
}
