import type { Problem } from '../base/error.ts';
import type {
  AttestationRequirement,
  EffectivePolicy,
  EffectiveSignature,
  SignatureFormat,
  SignerList,
} from './effective.ts';
import type { ResolvedPolicy } from './environment.ts';
import { readStatements } from './stated.ts';
import type { Statement } from './strictest.ts';

/** A list per policy. What a signer leaves out is settled by its own policy, so that no other can let it do without the log. */
export function mergeSigners(resolved: readonly ResolvedPolicy[]): readonly SignerList[] {
  return resolved.flatMap(({ name, sections }) => {
    const { signers, signature } = sections;
    if (signers === undefined) return [];
    const transparencyLog = signature?.transparencyLog ?? true;
    return [
      {
        policy: name,
        signers: signers.map((signer) => ({ ...signer, transparencyLog: signer.transparencyLog ?? transparencyLog })),
      },
    ];
  });
}

/** Everything that any policy requires: the same twice is held against each policy's own conditions. */
export function mergeAttestations(resolved: readonly ResolvedPolicy[]): readonly AttestationRequirement[] {
  return readStatements(resolved, 'attestations.require').flatMap(({ policy, value }) =>
    value.map((required) => ({ ...required, policy })),
  );
}

/** Every form that any policy asks for, and the log as soon as one does. */
export function mergeSignature(resolved: readonly ResolvedPolicy[]): EffectiveSignature {
  const speaking = resolved.map(speakForSignature);
  const formats = readStatements(speaking, 'signature.format').map(({ value }) => value);
  const logs = readStatements(speaking, 'signature.transparencyLog');
  const [signingConfig] = readStatements(resolved, 'signature.signingConfig');
  const [trustedRoot] = readStatements(resolved, 'signature.trustedRoot');
  return {
    format: uniteFormats(formats),
    transparencyLog: logs.length === 0 || logs.some(({ value }) => value),
    ...(signingConfig === undefined ? {} : { signingConfig: signingConfig.value }),
    ...(trustedRoot === undefined ? {} : { trustedRoot: trustedRoot.value }),
  };
}

/** Both, where the forms differ; bundle where none is named. */
export function uniteFormats(formats: readonly SignatureFormat[]): SignatureFormat {
  const [first = 'bundle', ...rest] = new Set(formats);
  return rest.length === 0 ? first : 'both';
}

/** What cannot be decided by taking the strictest: two services, a root that only some policies name, a signer that nobody names. */
export function findTrustGaps(resolved: readonly ResolvedPolicy[], policy: EffectivePolicy): Problem[] {
  return [
    ...findTwo(readStatements(resolved, 'signature.signingConfig'), 'signature.signingConfig'),
    ...findTwo(readStatements(resolved, 'signature.trustedRoot'), 'signature.trustedRoot'),
    ...findBorrowedRoot(resolved, policy),
    ...findNoSigner(policy),
  ];
}

/** True for two ways to write the same path. */
export function isSamePath(a: string, b: string): boolean {
  const [plainA, plainB] = [a, b].map((path) => path.replace(/^(?:\.\/+)+/, ''));
  return plainA === plainB;
}

/** True when what a signer signs is checked with the trusted root: its certificate, or its entry in the log. */
export function needsRoot({ key, transparencyLog }: SignerList['signers'][number]): boolean {
  return key === undefined || transparencyLog;
}

/** A policy that says how to sign, and not in which form or whether with the log, means the default, so that another beside it cannot take that away. */
function speakForSignature(policy: ResolvedPolicy): ResolvedPolicy {
  const { signature } = policy.sections;
  if (signature === undefined) return policy;
  const spoken = { format: 'bundle' as const, transparencyLog: true, ...signature };
  return { ...policy, sections: { ...policy.sections, signature: spoken } };
}

function findTwo(statements: readonly Statement<string>[], key: string): Problem[] {
  const [first, ...rest] = statements;
  const other = first === undefined ? undefined : rest.find(({ value }) => !isSamePath(value, first.value));
  if (first === undefined || other === undefined) return [];
  const message = `${key}: ${first.policy} names ${first.value}, and ${other.policy} names ${other.value}.`;
  return [{ where: `${first.policy}, ${other.policy}`, message, fix: 'Name the same file in both.' }];
}

/** A root decides whose certificates count: a policy whose signers rest on the public one must not find another under them. */
function findBorrowedRoot(resolved: readonly ResolvedPolicy[], { signers, signature }: EffectivePolicy): Problem[] {
  const { trustedRoot } = signature;
  if (trustedRoot === undefined) return [];
  const naming = new Set(readStatements(resolved, 'signature.trustedRoot').map(({ policy }) => policy));
  return signers
    .filter((list) => !naming.has(list.policy) && list.signers.some(needsRoot))
    .map(({ policy }) => ({
      where: policy,
      message: `signature.trustedRoot: it names none, and ${[...naming].join(' and ')} would put ${trustedRoot} under its signers.`,
      fix: `Add signature.trustedRoot: ${trustedRoot} to ${policy} too.`,
    }));
}

/** Signers of sources may also come from the inputs: those are looked for when the inputs are known. */
function findNoSigner({ attestations, signers }: EffectivePolicy): Problem[] {
  return attestations
    .filter(({ role }) => role !== 'source')
    .flatMap((required) => describeNoSigner(required, signers));
}

/** What is wrong with a requirement whose role no policy names a signer of. */
export function describeNoSigner(
  { policy, type, role }: AttestationRequirement,
  lists: readonly SignerList[],
): readonly Problem[] {
  if (lists.some(({ signers }) => signers.some((signer) => signer.role === role))) return [];
  const message = `attestations.require: ${type} must be signed as ${role}, and no policy names a signer of that role.`;
  return [{ where: policy, message, fix: `Add a signer with role: ${role} to signers.` }];
}
