/** A version with less than three numbers, such as 1.4, v1 or 22-slim: the next patch takes it over. A longer bare number is a build or a date. */
const PARTIAL_VERSION = /^v?(?:\d{1,4}|\d+\.\d+)(?:[-_](.*))?$/i;
/** 1.x and 1.4.x; the other signs of a range are no characters of a tag. */
const RANGE = /^(?:v?(?:\d+\.)+)?x(?=$|[.-])/i;
/** A commit, a date or a build in the part behind a version: that build stays what it is. */
const BUILD = /(?:^|[-_.])g?(?=[a-f]*\d)[0-9a-f]{7,64}(?=$|[-_.])/i;

/** Why a tag says nothing lasting, as a phrase after "the tag x"; undefined for one that may stay. `forbidden` are names, in whichever case. */
export function describeFloatingTag(tag: string, forbidden: readonly string[]): string | undefined {
  if (forbidden.some((name) => name.toLowerCase() === tag.toLowerCase())) return 'moves from one image to the next';
  if (RANGE.test(tag)) return 'is a range of versions';
  const [match, suffix = ''] = PARTIAL_VERSION.exec(tag) ?? [];
  if (match === undefined || BUILD.test(suffix)) return undefined;
  return 'is not a full version, and moves with each patch';
}
