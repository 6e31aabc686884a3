import { asksRegistries } from '../check/asks-registries.ts';
import type { CheckFinding, CheckRule, ExcusedFinding } from '../check/finding.ts';
import { Judge } from '../check/judge.ts';
import type { UndecidedImage } from '../check/outcome.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { IMAGE_KEYS } from '../policy/stated.ts';
import { joinWritten } from '../workload/written-reference.ts';
import type { ResolvedPlace } from './decide.ts';
import { toCheckedUse } from './look-up.ts';
import type { PinPorts } from './ports.ts';
import type { PinRequest } from './request.ts';

/** What the rules, and the registries where they are asked, say of what is to be written. */
export interface JudgedPlaces {
  readonly findings: readonly CheckFinding[];
  readonly excused: readonly ExcusedFinding[];
  readonly undecided: readonly UndecidedImage[];
}

/** Holds every new reference against the rules of check: what it would refuse is not written. */
export async function judgeNew(
  places: readonly ResolvedPlace[],
  request: PinRequest,
  ports: PinPorts,
  now: Date,
): Promise<JudgedPlaces> {
  const judge = new Judge(request.policy, now);
  for (const { use, to } of places) judge.judge(toCheckedUse(use, joinWritten(to)));
  const isRefused = judge.found.findings.some((finding) => softenName(finding, request.policy).level === 'error');
  if (isRefused || places.length === 0 || !asksRegistries(request.policy)) return { ...judge.found, undecided: [] };
  const { lookAtRegistries } = await import('../check/look-at-registries.ts');
  const undecided = await lookAtRegistries(judge, request, ports, now);
  return { ...judge.found, undecided };
}

/** How a name is written that was there before: a digest makes it no worse. */
const ABOUT_NAMES: readonly CheckRule[] = ['floating-tag', 'implicit-registry', 'no-tag'];

/** Where no policy says anything of images, a name that check would refuse by its defaults gets its digest all the same, and is only told. */
export function softenName(finding: CheckFinding, { stated }: EffectivePolicy): CheckFinding {
  const isStated = IMAGE_KEYS.some((key) => stated[key] !== undefined);
  return !isStated && ABOUT_NAMES.includes(finding.rule) ? { ...finding, level: 'warning' } : finding;
}
