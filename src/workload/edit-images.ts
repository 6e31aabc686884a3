import { WorkloadError } from './error.ts';
import type { ImagePart, ImageUse, PartName } from './image-use.ts';
import { quoteKey, quoteValue } from './write-scalar.ts';
import {
  isSameRepository,
  joinWritten,
  splitRegistry,
  splitWritten,
  type WrittenReference,
} from './written-reference.ts';

/** What an image is to be: a `Reference` fits. A repository that means the one that is written (`nginx`, `docker.io/library/nginx`) stays as it is written. */
export type NewImage = WrittenReference;

export interface ImageChange {
  readonly use: ImageUse;
  readonly to: NewImage;
}

/** Bytes of a file with other bytes in their place; an empty range is an insertion. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A new entry, which goes behind what is put into its line. */
  readonly isEntry?: true;
}

/**
 * New bytes of a file: every change replaces only the bytes of its parts, or adds one that is missing, and all others stay.
 * Throws NOT_EDITABLE where a use has no place for it, EDITS_MEET when two changes want one place to be different, FILE_CHANGED when these are not the bytes that the uses were found in.
 */
export function editImages(bytes: Uint8Array, changes: readonly ImageChange[]): Uint8Array {
  const splices = changes.flatMap((change) => listSplices(bytes, change));
  const sorted = dropTwins(
    splices.toSorted((a, b) => a.start - b.start || a.end - b.end || Number(a.isEntry ?? 0) - Number(b.isEntry ?? 0)),
  );
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const { start, end, text } of sorted) {
    pieces.push(bytes.subarray(done, start), encoder.encode(text));
    done = end;
  }
  pieces.push(bytes.subarray(done));
  return concat(pieces);
}

function listSplices(bytes: Uint8Array, { use, to }: ImageChange): Splice[] {
  if (use.uneditable !== undefined || use.parts.length === 0) {
    throw fail('NOT_EDITABLE', use, `${use.uneditable ?? 'nothing is written there'}`, 'Write it by hand.');
  }
  const whole = use.parts.find(({ part }) => part === 'reference');
  if (whole !== undefined) {
    const text = joinWritten({ ...to, repository: keepRepository(splitWritten(whole.text).repository, to.repository) });
    return replace(bytes, use, whole, text);
  }
  const wanted = listWanted(use, to);
  const splices: Splice[] = [];
  const added: string[] = [];
  for (const [name, text] of wanted) {
    const part = use.parts.find((each) => each.part === name);
    if (part !== undefined) splices.push(...replace(bytes, use, part, text));
    else if (text !== '') added.push(writeEntry(use, name, text));
  }
  const at = use.slot?.at;
  if (added.length > 0 && at !== undefined) splices.push({ start: at, end: at, text: added.join(''), isEntry: true });
  return splices;
}

/** What each key of an image in parts is to hold; a part that is not among them stays. An empty text is a part that is to hold nothing. */
function listWanted(use: ImageUse, to: NewImage): Map<PartName, string> {
  const find = (name: PartName): ImagePart | undefined => use.parts.find(({ part }) => part === name);
  const wanted = new Map<PartName, string>();
  const written = splitWritten(use.text);
  if (!isSameRepository(written.repository, to.repository)) {
    const { registry, path } = splitRegistry(to.repository);
    const hasRegistry = (find('registry')?.text ?? '') !== '';
    if (hasRegistry) wanted.set('registry', registry ?? '');
    wanted.set('repository', hasRegistry ? path : to.repository);
  }
  const tag = find('tag');
  // Where a tag carries the digest, or a repository all of it, they go on doing so.
  const isTagWhole = tag?.text.includes('@') === true && (find('digest')?.text ?? '') === '';
  const name = find('repository');
  const isNameWhole = name !== undefined && /[@]|:[^/]*$/.test(name.text) && tag === undefined && !find('digest');
  if (isNameWhole) {
    const inner = splitWritten(name.text).repository;
    wanted.set('repository', joinWritten({ ...to, repository: wanted.get('repository') ?? inner }));
  } else if (isTagWhole) {
    if (to.tag === undefined) {
      throw fail('NOT_EDITABLE', use, 'its tag carries the digest, and no tag is given', 'Give a tag as well.');
    }
    wanted.set('tag', joinWritten({ ...to, repository: '' }).slice(1));
  } else {
    if (to.tag !== undefined || tag !== undefined) wanted.set('tag', to.tag ?? '');
    if (to.digest !== undefined || find('digest') !== undefined) wanted.set('digest', to.digest ?? '');
  }
  return wanted;
}

function keepRepository(written: string, wanted: string): string {
  return isSameRepository(written, wanted) ? written : wanted;
}

function replace(bytes: Uint8Array, use: ImageUse, part: ImagePart, text: string): Splice[] {
  const { start, end } = part.range;
  const now = new TextDecoder().decode(bytes.subarray(start, end));
  const quote = part.style === 'double' ? '"' : part.style === 'single' ? "'" : '';
  if (now !== `${quote}${part.text}${quote}`) {
    throw fail('FILE_CHANGED', use, `it is now ${JSON.stringify(now)}`, 'Find the images of the file again.');
  }
  if (part.text === text) return [];
  const value = use.format === 'dockerfile' ? text : quoteValue(text, part, use.slot?.quote === '"');
  if (start !== end) return [{ start, end, text: value }];
  // Nothing stood there: a value keeps its distance from the colon, and from a comment.
  const before = bytes[start - 1] === 0x3a ? ' ' : '';
  return [{ start, end, text: `${before}${value}` }];
}

function writeEntry(use: ImageUse, name: PartName, text: string): string {
  const key = use.slot?.keys[name];
  if (use.slot === undefined || key === undefined) {
    throw fail('NOT_EDITABLE', use, `it has no ${name}, and there is no place to add one`, 'Write it by hand.');
  }
  const { lead, quote } = use.slot;
  const value = quoteValue(text, { style: quote === '"' ? 'double' : 'plain', part: name }, quote === '"');
  return `${lead}${quoteKey(key, quote)}: ${value}`;
}

function dropTwins(sorted: readonly Splice[]): Splice[] {
  const kept: Splice[] = [];
  for (const splice of sorted) {
    const last = kept.at(-1);
    const isTwin = last?.start === splice.start && last.end === splice.end && last.text === splice.text;
    if (isTwin) continue;
    if (
      last !== undefined &&
      (splice.start < last.end || (splice.start === last.start && splice.isEntry === last.isEntry))
    ) {
      throw new WorkloadError(
        'EDITS_MEET',
        'Two changes want one place of a file to be different; nothing was changed.',
        {
          hint: 'Name each image once.',
        },
      );
    }
    kept.push(splice);
  }
  return kept;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function fail(code: WorkloadError['code'], use: ImageUse, what: string, hint: string): WorkloadError {
  const place = `${use.file}:${use.line}:${use.column} (${use.where})`;
  return new WorkloadError(code, `The image at ${place} cannot be edited: ${what}.`, { hint });
}
