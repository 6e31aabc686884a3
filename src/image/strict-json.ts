import { ImageError } from './error.ts';

/** Nothing in a manifest nests deeper than a descriptor's annotations; what does is made to exhaust a reader's stack. */
const MAX_DEPTH = 32;

/**
 * Parses JSON that another program will read too, so that both must see the same: UTF-8 without a byte order mark, no
 * key twice in one object, no deep nesting. Throws INVALID_MANIFEST. https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    json = JSON.parse(text);
  } catch (cause) {
    throw new ImageError('INVALID_MANIFEST', 'the manifest is not JSON', { cause });
  }
  const flaw = findJsonFlaw(text, MAX_DEPTH);
  if (flaw !== undefined) throw new ImageError('INVALID_MANIFEST', `not a valid manifest: ${flaw}`);
  return json;
}

/** What JSON.parse keeps silent about, in a text that it has taken: a key twice, or objects and lists nested deeper than this. */
export function findJsonFlaw(text: string, maxDepth: number): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '{' || char === '[') {
      if (open.push(char === '{' ? new Set() : undefined) > maxDepth) return `it nests deeper than ${maxDepth}`;
    } else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = findEnd(text, i);
      const keys = open.at(-1);
      if (keys !== undefined && isKey(text, end)) {
        const key = JSON.parse(text.slice(i, end)) as string;
        if (keys.has(key)) return `the key ${JSON.stringify(key.slice(0, 80))} stands in it twice`;
        keys.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

/** The index after a string that begins at `start`. */
function findEnd(text: string, start: number): number {
  for (let i = start + 1; ; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
}

function isKey(text: string, end: number): boolean {
  let i = end;
  while (/[ \t\r\n]/.test(text[i] ?? '')) i++;
  return text[i] === ':';
}
