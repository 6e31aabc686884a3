import type { ImagePart } from './image-use.ts';

/** What every reader of YAML, 1.1 and 1.2, takes for a text without quotes: a name, or a version of three numbers. */
const SAFE = /^(?:[A-Za-z_][\w./@:+-]*|\d+\.\d+\.\d[\w./@:+-]*|\d+(?:\.\d+){3}[\w./@:+-]*)$/;
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A value in the quotes of what it replaces; with quotes of its own where it would be read as something else than a text. `isJson` is for a file that knows no plain texts. */
export function quoteValue(
  text: string,
  { style, part, isPiece }: Pick<ImagePart, 'style' | 'part' | 'isPiece'>,
  isJson: boolean,
): string {
  if (isPiece) return text;
  if (style === 'double' || isJson) return `"${text}"`;
  if (style === 'single') return `'${text}'`;
  if (part === 'reference') return text.startsWith('[') ? `"${text}"` : text;
  return SAFE.test(text) && !WORDS.test(text) && !text.endsWith(':') ? text : `"${text}"`;
}

export function quoteKey(key: string, quote: '' | '"'): string {
  return `${quote}${key}${quote}`;
}
