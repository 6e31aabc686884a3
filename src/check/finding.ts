import type { Digest } from '../image/digest.ts';
import type { ImageException } from '../policy/image-exceptions.ts';
import type { JudgedUse } from '../policy/image-reference-rule.ts';
import type { ImageRule } from '../policy/image-rules.ts';

/** What a finding can be about: an image, or a file that nothing can be said of. */
export type CheckRule = ImageRule | 'unreadable-file';

/** Where something was found. */
export interface FoundAt {
  /** From the root of the workspace; `-` for standard input. */
  readonly file: string;
  /** From 1; undefined for standard input. */
  readonly line: number | undefined;
  /** From 1, in UTF-16 units; undefined for standard input. */
  readonly column: number | undefined;
  /** The way to it: `services.web.image`, or what runs it. */
  readonly where: string;
}

/** One place that names an image. */
export interface CheckedUse extends FoundAt, JudgedUse {
  /** Places beside it that take the image from here. */
  readonly alsoAt: readonly { readonly line: number; readonly where: string }[];
  /** The digest that a node says it runs. */
  readonly running?: Digest;
}

/** One rule that is broken at one place. */
export interface CheckFinding extends FoundAt {
  /** As it is written there; '' where a file cannot be read. */
  readonly image: string;
  readonly rule: CheckRule;
  readonly message: string;
  readonly hint: string;
  /** A warning refuses nothing. */
  readonly level: 'error' | 'warning';
}

/** A finding that a policy excepts. */
export interface ExcusedFinding extends CheckFinding {
  readonly exception: ImageException;
}

/** Everything that uses, rules, exceptions and registries came to. */
export interface Findings {
  readonly findings: readonly CheckFinding[];
  readonly excused: readonly ExcusedFinding[];
}
