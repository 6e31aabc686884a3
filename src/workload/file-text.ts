import type { Position } from './image-use.ts';

/** The text of a file, which knows where its bytes and lines are. An index counts UTF-16 units, with a byte order mark as one. */
export interface FileText {
  readonly text: string;
  /** Where the content begins: after a byte order mark. */
  readonly start: number;
  positionAt(index: number): Position;
  byteAt(index: number): number;
}

/** Larger files are not read. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
const STEP = 4096;

/** Decodes UTF-8; a text says why it cannot be read. */
export function decodeFile(bytes: Uint8Array): FileText | string {
  if (bytes.length > MAX_FILE_BYTES) return `it has ${bytes.length} bytes, more than ${MAX_FILE_BYTES} are not read.`;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return 'it is not UTF-8.';
  }
  if (text.includes('\0')) return 'it holds NUL bytes, as UTF-16 and binary files do.';
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const locate = createLocator(text, start);
  // A text as long as its bytes is all ASCII.
  const byteAt = text.length === bytes.length ? (index: number) => index : createByteCounter(text);
  return { text, start, positionAt: locate, byteAt };
}

function createLocator(text: string, start: number): (index: number) => Position {
  let lines: number[] | undefined;
  return (index) => {
    lines ??= listLineStarts(text, start);
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(index - (lines[low] ?? 0), 0) + 1 };
  };
}

function listLineStarts(text: string, start: number): number[] {
  const lines = [start];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return lines;
}

function createByteCounter(text: string): (index: number) => number {
  let marks: number[] | undefined;
  return (index) => {
    marks ??= markBytes(text);
    const step = Math.floor(index / STEP);
    return (marks[step] ?? 0) + countBytes(text, step * STEP, index);
  };
}

function markBytes(text: string): number[] {
  const marks = [0];
  for (let at = 0; at + STEP <= text.length; at += STEP) {
    marks.push((marks.at(-1) ?? 0) + countBytes(text, at, at + STEP));
  }
  return marks;
}

/** Half a surrogate pair counts two bytes, so that a pair has its four wherever it is cut. */
function countBytes(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) count += 1;
    else if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)) count += 2;
    else count += 3;
  }
  return count;
}
