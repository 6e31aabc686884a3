import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of a page that a test does something with, as the comment before it says: `<!-- run -->`, `<!-- file: NAME -->`. */
export interface PageBlock {
  readonly kind: string;
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

/** The marked blocks of a page in `docs/`, in order. */
export function readPageBlocks(page: string): PageBlock[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  const marked = text.matchAll(/^<!-- (\w+)(?:: (\S+))? -->\n```(\w+)\n([\s\S]*?)^```$/gm);
  return Array.from(marked, ([, kind = '', name = '', language = '', body = '']) => ({
    ...{ kind, name, language },
    text: body,
  }));
}
