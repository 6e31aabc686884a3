import { redactUrls } from '../base/error.ts';
import { markControl } from '../base/text.ts';

const MAX_QUOTE = 200;
/** Whole sentences about a signer hold its identity, the reason and a digest. */
const MAX_SENTENCE = 600;
/** More of a list than this says nothing more to a reader. */
const MAX_LISTED = 5;

/** A text that somebody else wrote, as a message may hold it: one line, nothing invisible, no secret of a URL, not too long. */
export function quoteForeign(text: string, limit = MAX_QUOTE): string {
  const line = redactUrls(markControl(text.slice(0, 4 * limit)));
  return line.length > limit ? `${cut(line, limit)}…` : line;
}

/** The first few of what was found, each on its own merits, and how many more there are. */
export function listForeign(texts: readonly string[]): string {
  const distinct = [...new Set(texts.slice(0, 1000))];
  const shown = distinct
    .slice(0, MAX_LISTED)
    .map((text) => quoteForeign(text, MAX_SENTENCE))
    .join('; ');
  const more = distinct.length - MAX_LISTED;
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

/** Not in the middle of a character. */
function cut(line: string, limit: number): string {
  return line.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}
