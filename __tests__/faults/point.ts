import type { Side } from './row.ts';
import type { WorldOptions } from './world.ts';

/** One of the requests that a promotion is made of, and where a fault can hit it. */
export interface Point {
  readonly id: string;
  /** The request, as the end of "the source … to". */
  readonly says: string;
  readonly side: Side;
  readonly method: string;
  readonly path: RegExp;
  /** Requests of this kind that come before the one that is meant. */
  readonly skip?: number;
  /** Only once a PUT whose path matches has come. */
  readonly afterPut?: RegExp;
  readonly world?: WorldOptions;
  /** What its answer carries: content with a digest, JSON without one, or nothing that matters. */
  readonly carries: 'content' | 'json' | 'nothing';
  /** How a lost answer is made good: by asking again, by a new upload, by a look at the tag, or not at all. */
  readonly repeats: 'request' | 'upload' | 'tag' | 'never';
}

/** Who answers at a point, as the beginning of a sentence. */
export const WHO: Readonly<Record<Side, string>> = {
  source: 'the source',
  target: 'the target',
  databases: 'the mirror of the scanner database',
};
