/** A word of an instruction with its place in the file; -1 where it is spread over lines. */
export interface Word {
  readonly text: string;
  readonly index: number;
}

/** One instruction, its continued lines put together. */
export interface Instruction {
  readonly keyword: string;
  readonly index: number;
  readonly words: readonly Word[];
  /** A here-document without its end: then what follows is read as instructions. */
  readonly unclosed?: string;
}

const HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);
/** Words as a shell cuts them. */
const WORD = /(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\]+|["'])+/g;
const HEREDOC = /^\d*<<(-?)([^<\s]+)$/;
const ESCAPE = /^#[ \t]*escape[ \t]*=[ \t]*([\\`])[ \t]*$/i;
const DIRECTIVE = /^#[ \t]*[a-zA-Z][a-zA-Z0-9]*[ \t]*=/;

/** Reads the instructions of a Dockerfile between two indices; https://docs.docker.com/reference/dockerfile/#format */
export function readInstructions(text: string, from: number, to: number): Instruction[] {
  const lines = listLines(text, from, to);
  const escapeWith = findEscape(lines);
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; ) {
    const { pieces, next } = joinLines(lines, at, escapeWith);
    at = next;
    const instruction = readInstruction(pieces);
    if (instruction === undefined) continue;
    const { end, unclosed } = skipHeredocs(instruction, lines, at);
    at = end;
    found.push(unclosed === undefined ? instruction : { ...instruction, unclosed });
  }
  return found;
}

interface Line {
  readonly text: string;
  readonly index: number;
}

function listLines(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  // In a block of another file every line begins at the depth of the first.
  const depth = from === 0 ? 0 : (/^(?: *\r?\n)*( *)/.exec(text.slice(from, to))?.[1]?.length ?? 0);
  for (let index = from; index < to; ) {
    const newline = text.indexOf('\n', index);
    const end = newline < 0 || newline > to ? to : newline;
    const start = index + Math.min(depth, text.slice(index, end).search(/[^ ]|$/));
    lines.push({ text: text.slice(start, end).replace(/\r$/, ''), index: start });
    index = end + 1;
  }
  return lines;
}

/** Directives are the comments at the very top that look like one. */
function findEscape(lines: readonly Line[]): string {
  for (const { text } of lines) {
    const line = text.trim();
    if (!DIRECTIVE.test(line)) break;
    const match = ESCAPE.exec(line);
    if (match !== null) return match[1] ?? '\\';
  }
  return '\\';
}

/** A line with those it is continued on; comments and blanks among them are no part of it. */
function joinLines(lines: readonly Line[], from: number, escapeWith: string): { pieces: Line[]; next: number } {
  const pieces: Line[] = [];
  let next = from;
  while (next < lines.length) {
    const line = lines[next++];
    if (line === undefined || /^\s*(?:#|$)/.test(line.text)) {
      if (pieces.length === 0) break;
      continue;
    }
    const kept = line.text.trimEnd();
    if (!kept.endsWith(escapeWith)) {
      pieces.push(line);
      break;
    }
    pieces.push({ text: kept.slice(0, -1), index: line.index });
  }
  return { pieces, next };
}

function readInstruction(pieces: readonly Line[]): Instruction | undefined {
  const text = pieces.map((piece) => piece.text).join('');
  const words = [...text.matchAll(WORD)].map((match): Word => {
    const index = findIndex(pieces, match.index, match.index + match[0].length);
    return { text: match[0], index };
  });
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const keyword = first.text.toUpperCase();
  const [inner, ...others] = rest;
  if (keyword === 'ONBUILD' && inner !== undefined) {
    return { keyword: inner.text.toUpperCase(), index: inner.index, words: others };
  }
  return { keyword, index: first.index, words: rest };
}

function findIndex(pieces: readonly Line[], from: number, to: number): number {
  let start = 0;
  for (const { text, index } of pieces) {
    if (from < start + text.length) return to <= start + text.length ? index + from - start : -1;
    start += text.length;
  }
  return -1;
}

function skipHeredocs(
  { keyword, words }: Instruction,
  lines: readonly Line[],
  from: number,
): { readonly end: number; readonly unclosed?: string } {
  if (!HEREDOCS.has(keyword)) return { end: from };
  let end = from;
  for (const { text } of words) {
    const match = HEREDOC.exec(text);
    if (match === null) continue;
    const name = (match[2] ?? '').replace(/["']/g, '');
    const isEnd = (line: Line): boolean => (match[1] === '-' ? line.text.replace(/^\t+/, '') : line.text) === name;
    const length = lines.slice(end).findIndex(isEnd);
    if (length < 0) return { end, unclosed: name };
    end += length + 1;
  }
  return { end };
}
