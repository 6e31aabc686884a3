import { z } from 'zod';
import { isRegistryHost, parseReference } from '../image/reference.ts';
import { isBuilderPattern } from './builder-pattern.ts';
import { parseInstant, startOfDay } from './date.ts';
import { DURATION_PATTERN, parseDuration } from './duration.ts';
import { isRepositoryPath, isSourceRepository } from './git-source.ts';
import { findPatternFlaw } from './identity-pattern.ts';
import { isPattern } from './pattern.ts';
import { isKmsUri } from './signer-key.ts';

/** What a text must be beyond a text, and what to write instead. `pattern` is for the JSON Schema only. */
interface TextRule {
  readonly is: (text: string) => boolean;
  readonly what: string;
  readonly fix: string;
  readonly pattern?: string;
}

/** A text that keeps a rule; the message quotes it and says what it is not. */
export function textField(rule: TextRule) {
  return z
    .string(rule.what)
    .superRefine((text, context) => {
      if (rule.is(text)) return;
      context.addIssue({
        code: 'custom',
        message: `${JSON.stringify(text)} is not ${rule.what}.`,
        params: { fix: rule.fix },
      });
    })
    .meta(rule.pattern === undefined ? {} : { pattern: rule.pattern });
}

/** A free text, such as a reason, that says something. */
export const sentence = textField({
  is: (text) => text.trim() !== '' && !hasControls(text),
  what: 'a text that says something',
  fix: 'Write a few words.',
  pattern: '\\S',
});

/** A path to a file of the repository. */
export const path = textField({
  is: isPath,
  what: 'a path',
  fix: 'Write the path of a file, relative to the root of the repository.',
  pattern: '^\\S',
});

/** A pattern for repositories. */
export const imagePattern = textField({
  is: isPattern,
  what: 'a pattern for images',
  fix: 'Write host/*, host/path/* or host/repository: with the host, without tag, and with no other wildcard.',
  pattern: '^[^/*@]+(/[^/*:@]+)*(/\\*|/[^/*:@]+)$',
});

/** An image that is excepted from a rule: a pattern, or the very text of a reference with a variable, which no pattern could match. */
export const exceptedImage = textField({
  is: (text) => isPattern(text) || (/\$|\{\{/.test(text) && text.trim() === text && !hasControls(text)),
  what: 'a pattern for images',
  fix: 'Write host/*, host/path/* or host/repository, without tag, or a reference with a variable as the file has it.',
  pattern: '^\\S',
});

/** A tag, exactly. */
export const tagName = textField({
  is: (text) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text),
  what: 'a tag',
  fix: 'Name one tag; there are no wildcards.',
  pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$',
});

/** An image with its tag or digest. */
export const imageReference = textField({
  is: isReference,
  what: 'an image reference',
  fix: 'Write registry/repository:tag or registry/repository@sha256:….',
});

/** `host[:port]` */
export const registryHost = textField({
  is: isRegistryHost,
  what: 'a registry',
  fix: 'Write host or host:port, without scheme and path.',
});

/** A day; what carries it holds until the end of it, in UTC. */
export const day = textField({
  is: (text) => startOfDay(text) !== undefined,
  what: 'a day',
  fix: 'Write YYYY-MM-DD.',
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
});

/** A day or a point in time. */
export const instant = textField({
  is: (text) => parseInstant(text) !== undefined,
  what: 'a date',
  fix: 'Write YYYY-MM-DD or a time such as 2027-01-31T12:00:00Z.',
});

/** A duration, in milliseconds once it is parsed. */
export const duration = textField({
  is: (text) => DURATION_PATTERN.test(text),
  what: 'a duration',
  fix: 'Write a whole number and s, m, h or d, such as 48h.',
  pattern: DURATION_PATTERN.source,
}).transform((text) => parseDuration(text) ?? 0);

/** A public key: a file, or a URI of a KMS that cosign knows. */
export const signerKey = textField({
  is: (text) => isPath(text) && (!text.includes('://') || isKmsUri(text)),
  what: 'a public key',
  fix: 'Write the path of a PEM file, or a URI with awskms://, gcpkms://, azurekms://, hashivault:// or k8s://.',
  pattern: '^\\S',
});

/** A regular expression that must match all of a text. */
export const wholePattern = z
  .string('a regular expression')
  .superRefine((text, context) => {
    const flaw = hasControls(text) || text.trim() === '' ? 'is no regular expression' : findPatternFlaw(text);
    if (flaw === undefined) return;
    const fix = 'Write a regular expression in the syntax of RE2; it must match all of the text.';
    context.addIssue({ code: 'custom', message: `${JSON.stringify(text)} ${flaw}.`, params: { fix } });
  })
  .meta({ pattern: '\\S' });

/** `owner/name`, as certificates of workflows name a repository. */
export const repositoryName = textField({
  is: isRepositoryPath,
  what: 'a repository',
  fix: 'Write owner/name.',
  pattern: '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$',
});

/** A source repository: `owner/name` on github.com, or `host/path`. */
export const sourceRepository = textField({
  is: isSourceRepository,
  what: 'a source repository',
  fix: 'Write owner/name for github.com, or host/path, without scheme and .git.',
  pattern: '^[A-Za-z0-9._:-]+(/[A-Za-z0-9._-]+)+$',
});

/** The id of a builder, or all ids below a path. */
export const builderPattern = textField({
  is: isBuilderPattern,
  what: 'the id of a builder',
  fix: 'Write the id exactly, or end it in /* or @* after its host.',
});

/** A branch, or a full ref; https://git-scm.com/docs/git-check-ref-format */
export const gitReference = textField({
  is: (text) => /^[A-Za-z0-9_][A-Za-z0-9_./+@#-]*$/.test(text) && !/\.\.|\/\/|\/$|@\{/.test(text),
  what: 'a branch',
  fix: 'Name one branch, such as main, or a full ref such as refs/tags/v1.0; there are no wildcards.',
});

function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch {
    return false;
  }
}

function isPath(text: string): boolean {
  return text.trim() === text && text !== '' && !hasControls(text);
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
