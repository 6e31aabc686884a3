import { markControl } from '../base/text.ts';
import { describeIdentity } from '../image/trust-anchor.ts';
import type { AttachedBundle } from './attached-bundle.ts';
import type { BundleResult } from './bundle-verdicts.ts';

/** Sentences shown, and characters of each: what they tell of was written by anybody. */
const MAX_SENTENCES = 20;
const MAX_CHARACTERS = 500;

/** A bundle of the type that was asked for, and why it does not count. */
export function describeRejected({ bundle, outcome }: BundleResult): string[] {
  if ('anchor' in outcome) return [];
  return [`One by ${describeIdentity(bundle.identity)} does not count: ${outcome.reason} (${bundle.manifest})`];
}

/** What else is attached, so that "an attestation is no signature" need not be guessed: one sentence, however much it is. */
export function describeOtherTypes(bundles: readonly AttachedBundle[], wanted: string): string[] {
  const others = bundles.filter(({ predicateType }) => predicateType !== wanted);
  const [type, ...more] = new Set(others.map(({ predicateType }) => predicateType));
  if (type === undefined) return [];
  if (more.length > 0) return [`There is also what is not asked for, of ${more.length + 1} other types`];
  const signers = new Set(others.map(({ identity }) => describeIdentity(identity)));
  return [`Of type ${type}, which is not what is asked for, there is one by ${[...signers].join(', by ')}`];
}

/** Something that nobody can verify. */
export function describeUnreadable({
  manifest,
  reason,
}: {
  readonly manifest: string;
  readonly reason: string;
}): string {
  return `${manifest} cannot be read: ${reason}`;
}

/** The sentences as they may be shown: each on one short line, none twice, and not too many. */
export function listOthers(sentences: readonly string[]): string[] {
  const all = [...new Set(sentences.map((sentence) => shorten(markControl(sentence))))];
  const more = all.length - MAX_SENTENCES;
  return more > 0 ? [...all.slice(0, MAX_SENTENCES), `and ${more} more`] : all;
}

function shorten(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
