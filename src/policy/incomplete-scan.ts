import type { Digest } from '../image/digest.ts';
import type { ScannedPlatform } from '../image/finding.ts';
import type { Repository } from '../image/reference.ts';
import { endOfDay } from './date.ts';
import type { IncompleteAllowance } from './effective.ts';
import { matchesPattern } from './pattern.ts';
import type { Refusal } from './refusal.ts';

/** An allowance that was needed: for which platform, and for what. */
export interface UsedAllowance extends IncompleteAllowance {
  readonly digest: Digest;
  /** What the scan could not do. */
  readonly gap: string;
}

/** What became of a platform that the scanner could not judge in full. */
export type GapVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'allowed'; readonly allowance: UsedAllowance }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Judges what a scan of one platform could not tell. An operating system past its end of life is such a gap: nobody reports its vulnerabilities any more, so that few findings mean nothing. */
export function judgeGap(
  scanned: ScannedPlatform,
  allowances: readonly IncompleteAllowance[],
  image: Repository,
  now: Date,
): GapVerdict {
  const gap = describeGap(scanned);
  if (gap === undefined) return { kind: 'none' };
  const { platform, digest } = scanned;
  const matching = allowances.filter(
    (entry) => matchesPattern(entry.image, image) && isPlatform(entry.platform, platform),
  );
  const valid = matching.find((entry) => now.getTime() < (endOfDay(entry.expires) ?? 0));
  if (valid !== undefined) return { kind: 'allowed', allowance: { ...valid, platform, digest, gap } };
  const ended = matching.map((entry) => ` ${entry.source} allowed it until ${entry.expires}.`);
  return {
    kind: 'refused',
    refusal: {
      code: 'SCAN_INCOMPLETE',
      message: `${platform} (${digest}) could not be judged: ${gap}.${ended.join('')}`,
      hint: "Rebuild it on a system that the scanner knows, set scan: off for an artifact that is no image, or allow it in the policy's scan.allowIncomplete with image, platform, reason and expires.",
      platform,
    },
  };
}

function describeGap(scanned: ScannedPlatform): string | undefined {
  if (!scanned.complete) return scanned.reason.replace(/\.$/, '') || 'the scanner gives no reason';
  return scanned.endOfLife === undefined ? undefined : `${scanned.endOfLife} is past its end of life`;
}

/** An allowance for a platform holds for every `os.version` of it, not for its variants. */
function isPlatform(allowed: string, platform: string): boolean {
  return platform === allowed || platform.startsWith(`${allowed}:`);
}
