import type { PolicySections } from './schema.ts';
import type { Statement } from './strictest.ts';

/** The keys of a policy that are merged one by one, and where each stands. */
const PICK = {
  'sources.allow': (p: PolicySections) => p.sources?.allow,
  'targets.allow': (p: PolicySections) => p.targets?.allow,
  'targets.forbidTags': (p: PolicySections) => p.targets?.forbidTags,
  'targets.channels': (p: PolicySections) => p.targets?.channels,
  'images.allow': (p: PolicySections) => p.images?.allow,
  'images.requireDigest': (p: PolicySections) => p.images?.requireDigest,
  'images.forbidTags': (p: PolicySections) => p.images?.forbidTags,
  'images.verify': (p: PolicySections) => p.images?.verify,
  'images.scan': (p: PolicySections) => p.images?.scan,
  'images.exceptions': (p: PolicySections) => p.images?.exceptions,
  'scan.mode': (p: PolicySections) => p.scan?.mode,
  'scan.severity': (p: PolicySections) => p.scan?.severity,
  'scan.ignoreUnfixed': (p: PolicySections) => p.scan?.ignoreUnfixed,
  'scan.ignore': (p: PolicySections) => p.scan?.ignore,
  'scan.vex': (p: PolicySections) => p.scan?.vex,
  'scan.allowIncomplete': (p: PolicySections) => p.scan?.allowIncomplete,
  'scan.databases': (p: PolicySections) => p.scan?.databases,
  'scan.javaDatabases': (p: PolicySections) => p.scan?.javaDatabases,
  'scan.maxDatabaseAge': (p: PolicySections) => p.scan?.maxDatabaseAge,
  'scan.from': (p: PolicySections) => p.scan?.from,
  signers: (p: PolicySections) => p.signers,
  'attestations.require': (p: PolicySections) => p.attestations?.require,
  'signature.format': (p: PolicySections) => p.signature?.format,
  'signature.transparencyLog': (p: PolicySections) => p.signature?.transparencyLog,
  'signature.signingConfig': (p: PolicySections) => p.signature?.signingConfig,
  'signature.trustedRoot': (p: PolicySections) => p.signature?.trustedRoot,
  upload: (p: PolicySections) => p.upload,
  'registries.insecure': (p: PolicySections) => p.registries?.insecure,
  'registries.ca': (p: PolicySections) => p.registries?.ca,
};

export type StatedKey = keyof typeof PICK;

/** What a policy can only mean when its findings refuse; an input beside it may not loosen the gate. */
export const GATING_KEYS: readonly StatedKey[] = [
  'scan.mode',
  'scan.severity',
  'scan.ignoreUnfixed',
  'scan.ignore',
  'scan.from',
];

/** All that a policy says of the gate: one that states any of these speaks for the whole of it, against other policies. */
export const GATE_KEYS: readonly StatedKey[] = [
  ...GATING_KEYS,
  'scan.vex',
  'scan.allowIncomplete',
  'scan.maxDatabaseAge',
];

/** All that a policy says of workload files. */
export const IMAGE_KEYS: readonly StatedKey[] = [
  'images.allow',
  'images.requireDigest',
  'images.forbidTags',
  'images.verify',
  'images.scan',
  'images.exceptions',
];

/** What a policy may state for a key. */
export type StatedValue<K extends StatedKey> = NonNullable<ReturnType<(typeof PICK)[K]>>;

/** For each key that is stated, the names of the policies that state it. */
export type StatedKeys = Readonly<Partial<Record<StatedKey, readonly string[]>>>;

interface Named {
  readonly name: string;
  readonly sections: PolicySections;
}

/** What each policy that states a key says for it. */
export function readStatements<K extends StatedKey>(policies: readonly Named[], key: K): Statement<StatedValue<K>>[] {
  return policies.flatMap(({ name, sections }) => {
    const value = PICK[key](sections) as StatedValue<K> | undefined;
    return value === undefined ? [] : [{ policy: name, value }];
  });
}

/** Who states what. */
export function listStated(policies: readonly Named[]): StatedKeys {
  const keys = Object.keys(PICK) as StatedKey[];
  const entries = keys.map((key) => [key, readStatements(policies, key).map(({ policy }) => policy)] as const);
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}
