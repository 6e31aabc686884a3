import { DomainError } from '../base/error.ts';
import { type ImageName, parseImageName } from '../image/image-name.ts';
import type { Repository } from '../image/reference.ts';
import type { EffectiveImages, EffectivePolicy } from './effective.ts';
import { describeFloatingTag } from './floating-tag.ts';
import type { ImageRule } from './image-rules.ts';
import { matchesPattern } from './pattern.ts';
import { quoteForeign } from './quote.ts';

/** What of a place in a workload file the rules look at. */
export interface JudgedUse {
  readonly text: string;
  readonly kind: 'reference' | 'unresolved' | 'not-text' | 'build-only';
  /** The whole reference with the defaults its variables name. */
  readonly fallback?: string;
  /** A name that is no image of a registry. */
  readonly isLocal?: true;
}

/** One rule that an image breaks. */
export interface ImageVerdict {
  readonly rule: ImageRule;
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
}

/** What the rules made of a use. */
export interface JudgedReference {
  readonly verdicts: readonly ImageVerdict[];
  /** What the text, or its default, names; undefined where that is nothing that could be asked for. */
  readonly written: ImageName | undefined;
}

/** The rules for workload files, and who states them. */
export interface ImageRules {
  readonly images: Pick<EffectiveImages, 'allow' | 'requireDigest' | 'forbidTags'>;
  readonly stated: EffectivePolicy['stated'];
}

/** Holds one place of a workload file against every rule that needs no registry; all that are broken are told. */
export function judgeReference(use: JudgedUse, rules: ImageRules): JudgedReference {
  if (use.isLocal === true) return { verdicts: [], written: undefined };
  switch (use.kind) {
    case 'not-text': {
      const message = `${use.text === '' ? 'An empty text' : 'What is no text'} stands where an image belongs.`;
      const hint = 'Write the image in full, in quotes where YAML would read it as something else.';
      return { verdicts: [{ rule: 'invalid-reference', message, hint }], written: undefined };
    }
    case 'build-only': {
      if (!rules.images.requireDigest) return { verdicts: [], written: undefined };
      const message = `It is built where it runs, so that no digest says what runs${by(rules, 'images.requireDigest')}.`;
      const hint = 'Build and promote the image, and name it with image: and its digest.';
      return { verdicts: [{ rule: 'no-digest', message, hint }], written: undefined };
    }
    case 'unresolved':
      return judgeUnresolved(use, rules);
    default:
      return judgeText(use.text, rules);
  }
}

/** A variable can become anything; its default is what runs where nobody sets it. */
function judgeUnresolved({ fallback }: JudgedUse, rules: ImageRules): JudgedReference {
  const message = 'It holds a variable: which image runs is decided elsewhere.';
  const hint = 'Write the image out, or check the file as it is once the variables are filled in.';
  const unresolved: ImageVerdict = { rule: 'unresolved-variable', message, hint };
  if (fallback === undefined) return { verdicts: [unresolved], written: undefined };
  const { verdicts, written } = judgeText(fallback, rules);
  const ofDefault = verdicts.map((verdict) => ({
    ...verdict,
    message: `By its default ${quoteForeign(fallback)}: ${verdict.message}`,
  }));
  return { verdicts: [unresolved, ...ofDefault], written };
}

function judgeText(text: string, rules: ImageRules): JudgedReference {
  let written: ImageName;
  try {
    written = parseImageName(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const hint = error.hint ?? 'Write registry/repository:tag@sha256:….';
    return {
      verdicts: [{ rule: 'invalid-reference', message: quoteForeign(error.message, 400), hint }],
      written: undefined,
    };
  }
  const verdicts = [...judgeRegistry(written, rules), ...judgeDigest(written, rules), ...judgeTag(written, rules)];
  return { verdicts, written };
}

function judgeRegistry({ repository, isImplicit }: ImageName, { images }: ImageRules): ImageVerdict[] {
  const implicit: ImageVerdict = {
    rule: 'implicit-registry',
    message: `It names no registry: it comes from ${repository}, or from wherever the machine that runs it says.`,
    hint: `Write the registry out, such as ${repository}.`,
  };
  const refused = images.allow
    .filter(({ patterns }) => !isAllowed(patterns, repository))
    .map(
      ({ policy, patterns }): ImageVerdict => ({
        rule: 'registry-not-allowed',
        message: `Its repository is not among what ${policy} allows: ${patterns.join(', ') || 'nothing'}.`,
        hint: `Promote it to a registry that is allowed, or add it to ${policy === ALLOW_INPUT ? 'that input' : `images.allow in ${policy}`}.`,
      }),
    );
  return [...(isImplicit ? [implicit] : []), ...refused];
}

function judgeDigest({ reference }: ImageName, rules: ImageRules): ImageVerdict[] {
  if (reference?.kind === 'digest' || !rules.images.requireDigest) return [];
  const message = `It has no digest: what it names can change under it${by(rules, 'images.requireDigest')}.`;
  const hint = 'Write registry/repository:tag@sha256:…; promote-image pin does that.';
  return [{ rule: 'no-digest', message, hint }];
}

function judgeTag({ reference }: ImageName, rules: ImageRules): ImageVerdict[] {
  if (reference === undefined) {
    const message = 'It has neither a tag nor a digest, which means the tag latest.';
    return [{ rule: 'no-tag', message, hint: 'Name a version, and its digest.' }];
  }
  const { tag } = reference;
  const why = tag === undefined ? undefined : describeFloatingTag(tag, rules.images.forbidTags);
  if (why === undefined) return [];
  const message = `Its tag ${tag} ${why}${by(rules, 'images.forbidTags')}.`;
  return [{ rule: 'floating-tag', message, hint: 'Name a tag that stays, such as a full version x.y.z.' }];
}

/** What the allow-list of the inputs is called. */
export const ALLOW_INPUT = 'the input allow-registries';

function isAllowed(patterns: readonly string[], repository: Repository): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, repository));
}

function by({ stated }: ImageRules, key: 'images.requireDigest' | 'images.forbidTags'): string {
  const names = stated[key];
  return names === undefined ? '' : ` (${key} of ${names.join(' and ')})`;
}
