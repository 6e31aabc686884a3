import type { Problem } from '../base/error.ts';
import { SEVERITIES } from '../image/finding.ts';
import { DEFAULT_FORBIDDEN_TAGS, SCAN_DEFAULTS } from './defaults.ts';
import type { AllowList, EffectivePolicy, EffectiveScan, JudgedPolicy, UploadTime } from './effective.ts';
import {
  findUnknownEnvironment,
  listClaims,
  type NamedPolicy,
  type ResolvedPolicy,
  resolveEnvironment,
} from './environment.ts';
import { findLeastAges } from './least-age.ts';
import { findImageGaps, mergeImages } from './merge-images.ts';
import { findTrustGaps, mergeAttestations, mergeSignature, mergeSigners } from './merge-trust.ts';
import { GATE_KEYS, listStated, readStatements } from './stated.ts';
import { intersect, intersectAllowed, intersectIgnored, pickMode, type Statement, unite } from './strictest.ts';

/** Puts policies, the chosen environment and the defaults together. Of what several policies state for a key, the strictest wins; a policy that does not state it has no say in it. */
export function mergePolicies(policies: readonly NamedPolicy[], environment: string | undefined): JudgedPolicy {
  const resolved = policies.map((policy) => resolveEnvironment(policy, environment));
  const policy: EffectivePolicy = {
    policies: policies.map(({ name }) => name),
    environment,
    sources: { allow: toAllowLists(readStatements(resolved, 'sources.allow')) },
    targets: {
      allow: resolved.flatMap(toTargetList),
      forbidTags: mergeForbiddenTags(readStatements(resolved.map(speakForTags), 'targets.forbidTags')),
      channels: intersect(readStatements(resolved.map(speakForTags), 'targets.channels')),
      claims: policies.flatMap(listClaims),
    },
    images: mergeImages(resolved),
    scan: mergeScan(resolved.map(speakForGate)),
    signers: mergeSigners(resolved),
    attestations: mergeAttestations(resolved),
    maxAges: findLeastAges(policies),
    signature: mergeSignature(resolved),
    upload: pickUpload(readStatements(resolved, 'upload')),
    registries: {
      insecure: intersect(readStatements(resolved, 'registries.insecure')),
      ca: unite(
        readStatements(resolved, 'registries.ca').map(({ policy, value }) => ({ policy, value: [value].flat() })),
      ),
    },
    stated: listStated(resolved),
  };
  const problems = [
    ...findUnknownEnvironment(policies, environment),
    ...findNoMirror(policy),
    ...findImageGaps(resolved),
  ];
  return { policy, problems: [...problems, ...findTrustGaps(resolved, policy)] };
}

function mergeScan(resolved: readonly ResolvedPolicy[]): EffectiveScan {
  const severity = unite(readStatements(resolved, 'scan.severity'));
  const databases = readStatements(resolved, 'scan.databases');
  const javaDatabases = readStatements(resolved, 'scan.javaDatabases');
  const ages = readStatements(resolved, 'scan.maxDatabaseAge').map(({ value }) => value);
  const unfixed = readStatements(resolved, 'scan.ignoreUnfixed');
  return {
    mode: pickMode(readStatements(resolved, 'scan.mode')) ?? SCAN_DEFAULTS.mode,
    severity: severity.length === 0 ? SCAN_DEFAULTS.severity : SEVERITIES.filter((entry) => severity.includes(entry)),
    ignoreUnfixed: unfixed.length === 0 ? SCAN_DEFAULTS.ignoreUnfixed : unfixed.every(({ value }) => value),
    ignore: intersectIgnored(readStatements(resolved, 'scan.ignore')),
    vex: intersect(readStatements(resolved, 'scan.vex')),
    allowIncomplete: intersectAllowed(readStatements(resolved, 'scan.allowIncomplete')),
    databases: databases.length === 0 ? SCAN_DEFAULTS.databases : intersect(databases),
    javaDatabases: javaDatabases.length === 0 ? SCAN_DEFAULTS.javaDatabases : intersect(javaDatabases),
    maxDatabaseAge: ages.length === 0 ? SCAN_DEFAULTS.maxDatabaseAge : Math.min(...ages),
    from: pickFrom(readStatements(resolved, 'scan.from')),
  };
}

/**
 * A policy that says what refuses also means that it refuses: what it leaves out of its gate counts as the default, so
 * that another policy beside it cannot switch the scan off or make exceptions of its own.
 */
function speakForGate(policy: ResolvedPolicy): ResolvedPolicy {
  if (GATE_KEYS.every((key) => readStatements([policy], key).length === 0)) return policy;
  const { mode, ignoreUnfixed, maxDatabaseAge, from } = SCAN_DEFAULTS;
  const silence = { mode, ignoreUnfixed, maxDatabaseAge, from, ignore: [], vex: [], allowIncomplete: [] };
  return { ...policy, sections: { ...policy.sections, scan: { ...silence, ...policy.sections.scan } } };
}

/** Likewise, a policy that speaks of targets and names no forbidden tags means the usual ones, but for its own channels; and one that names no channels lets nothing move. */
function speakForTags(policy: ResolvedPolicy): ResolvedPolicy {
  const { targets } = policy.sections;
  if (targets === undefined) return policy;
  const { channels = [] } = targets;
  const own = new Set(channels.map((tag) => tag.toLowerCase()));
  const { forbidTags = DEFAULT_FORBIDDEN_TAGS.filter((tag) => !own.has(tag)) } = targets;
  return { ...policy, sections: { ...policy.sections, targets: { ...targets, channels, forbidTags } } };
}

/** The weaker evidence only where nobody asks for the image. */
function pickFrom(statements: readonly Statement<'image' | 'sbom'>[]): 'image' | 'sbom' {
  if (statements.length === 0) return SCAN_DEFAULTS.from;
  return statements.every(({ value }) => value === 'sbom') ? 'sbom' : 'image';
}

/** Early only where nobody who speaks of it asks for late. */
function pickUpload(statements: readonly Statement<UploadTime>[]): UploadTime {
  const isEarly = statements.length > 0 && statements.every(({ value }) => value === 'during-gates');
  return isEarly ? 'during-gates' : 'after-gates';
}

function findNoMirror({ scan, stated }: EffectivePolicy): Problem[] {
  return (['databases', 'javaDatabases'] as const).flatMap((key) => {
    if (scan[key].length > 0) return [];
    const where = (stated[`scan.${key}`] ?? []).join(', ');
    return [
      {
        where,
        message: `scan.${key}: these policies have no mirror in common.`,
        fix: 'Name one mirror in all of them.',
      },
    ];
  });
}

function toAllowLists(statements: readonly Statement<readonly string[]>[]): readonly AllowList[] {
  return statements.map(({ policy, value }) => ({ policy, patterns: value }));
}

function toTargetList({ name, sections, targetsOf }: ResolvedPolicy): readonly AllowList[] {
  const patterns = sections.targets?.allow;
  if (patterns === undefined) return [];
  return [{ policy: name, patterns, ...(targetsOf === undefined ? {} : { environment: targetsOf }) }];
}

function mergeForbiddenTags(statements: readonly Statement<readonly string[]>[]): readonly string[] {
  return statements.length === 0 ? DEFAULT_FORBIDDEN_TAGS : unite(statements);
}
