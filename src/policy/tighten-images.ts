import type { Problem } from '../base/error.ts';
import type { EffectiveImages, EffectivePolicy, ImageVerification, JudgedPolicy, ScanMode } from './effective.ts';
import { ALLOW_INPUT } from './image-reference-rule.ts';
import { IMAGE_VERIFICATIONS } from './image-rules.ts';
import { IMAGE_KEYS, type StatedKey } from './stated.ts';

/** What the inputs say about workload files; an input that was not given is absent. */
export interface ImageInputs {
  readonly requireDigest?: boolean;
  /** Patterns; an image must match one of them beside those of the policy. */
  readonly allow?: readonly string[];
  readonly forbidTags?: readonly string[];
  readonly verify?: ImageVerification;
  readonly scan?: ScanMode;
}

/** From weak to strict. */
const SCANS: readonly ScanMode[] = ['off', 'report', 'enforce'];

/** Lays the inputs over what a policy says of workload files. A policy that says anything of them means the defaults for the rest, so that an input may only be stricter; where none does, the inputs decide. */
export function tightenImages(policy: EffectivePolicy, inputs: ImageInputs): JudgedPolicy {
  const { images } = policy;
  const speaks = IMAGE_KEYS.some((key) => policy.stated[key] !== undefined);
  const { allow, forbidTags } = inputs;
  const tightened: EffectiveImages = {
    ...images,
    allow: allow === undefined ? images.allow : [...images.allow, { policy: ALLOW_INPUT, patterns: allow }],
    requireDigest: inputs.requireDigest ?? images.requireDigest,
    forbidTags:
      forbidTags === undefined
        ? images.forbidTags
        : [...new Set([...(speaks ? images.forbidTags : []), ...forbidTags])],
    verify: inputs.verify ?? images.verify,
    scan: inputs.scan ?? images.scan,
  };
  const problems = [
    ...(speaks && images.requireDigest && inputs.requireDigest === false
      ? [describeLooser(policy, 'images.requireDigest', 'require-digest', 'false')]
      : []),
    ...judgeRank(policy, 'images.verify', 'verify', IMAGE_VERIFICATIONS, images.verify, inputs.verify),
    ...judgeRank(policy, 'images.scan', 'scan', SCANS, images.scan, inputs.scan),
  ];
  return { policy: { ...policy, images: tightened }, problems };
}

function judgeRank<T extends string>(
  policy: EffectivePolicy,
  key: StatedKey,
  input: string,
  ranks: readonly T[],
  demanded: T,
  given: T | undefined,
): Problem[] {
  if (policy.stated[key] === undefined || given === undefined) return [];
  return ranks.indexOf(given) < ranks.indexOf(demanded)
    ? [describeLooser(policy, key, input, `${given}, weaker than ${demanded}`)]
    : [];
}

function describeLooser({ stated }: EffectivePolicy, key: StatedKey, input: string, what: string): Problem {
  const spoken = IMAGE_KEYS.find((each) => stated[each] !== undefined) ?? key;
  const names = stated[key] ?? stated[spoken] ?? [];
  const said = stated[key] === undefined ? `${spoken}, which means the default ${key}: true` : key;
  const message = `is ${what}, and ${names.join(' and ')} ${names.length === 1 ? 'states' : 'state'} ${said}.`;
  return { where: `input ${input}`, message, fix: 'Leave the input out, or change the policy.' };
}
