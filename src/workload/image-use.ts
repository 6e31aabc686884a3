/** Bytes of a file, [start, end), of its UTF-8 text. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What kind of file, or document of a file, names an image. */
export type WorkloadFormat = 'compose' | 'kubernetes' | 'kustomize' | 'helm' | 'dockerfile';

/** Where something stands, from 1; the column in UTF-16 units, as GitHub counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in a file with the way to it: `services.web.image`. */
export interface Site extends Position {
  readonly where: string;
}

/** What of an image stands in one place: all of it, or what a file keeps under a key of its own (`name` is what kustomize looks for, and stays). */
export type PartName = 'reference' | 'registry' | 'repository' | 'name' | 'tag' | 'digest';

/** One place a new text goes into. The range has the quotes in it, so that an edit can change them. */
export interface ImagePart {
  readonly part: PartName;
  readonly range: ByteRange;
  /** The text there, without quotes. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double';
  /** Some of a larger text, such as a default: its quotes are not in the range. */
  readonly isPiece?: true;
}

/** Where a part that is not written yet would go: `lead`, the key in `quote`s, `: ` and the value, at a byte offset. */
export interface PartSlot {
  readonly at: number;
  readonly lead: string;
  readonly quote: '' | '"';
  /** The key for each part that can be added here. */
  readonly keys: Readonly<Partial<Record<PartName, string>>>;
}

/** One place where a file names an image. */
export interface ImageUse extends Site {
  readonly file: string;
  readonly format: WorkloadFormat;
  /** The whole reference as it is written, put together where a file has it in parts; the text of a number or null where one stands. */
  readonly text: string;
  /**
   * `reference`: a text without variables. `unresolved`: a variable or template decides.
   * `not-text`: null, a number, "", a list. `build-only`: a Compose service that is built here and names no image.
   */
  readonly kind: 'reference' | 'unresolved' | 'not-text' | 'build-only';
  /** The whole reference with the defaults its variables name, where each names one. */
  readonly fallback?: string;
  /** A stage of the same Dockerfile, or scratch: no image of a registry. */
  readonly isLocal?: true;
  /** Of a variable with a default: where the default stands. */
  readonly parts: readonly ImagePart[];
  readonly slot?: PartSlot;
  /** Why it cannot be edited; then there are no parts. */
  readonly uneditable?: string;
  /** Other places that use this one, through aliases and merges. */
  readonly usedAt: readonly Site[];
}

/** What could not be read: a finding of its own; the other documents of the file are still read. */
export interface FileFlaw extends Position {
  readonly file: string;
  readonly message: string;
}

/** Another file that this one takes images from: Compose `extends` and `include`. The path is as written, from the folder of this file. */
export interface FileLink extends Site {
  readonly path: string;
}

/** All that a file says of images, in the order of its lines. */
export interface FoundImages {
  readonly uses: readonly ImageUse[];
  readonly flaws: readonly FileFlaw[];
  readonly links: readonly FileLink[];
}
