import type { Problem } from '../base/error.ts';
import type { EffectivePolicy, EffectiveSignature, SignatureFormat } from './effective.ts';
import { describeNoSigner, isSamePath, needsRoot } from './merge-trust.ts';

/** What the inputs say about signatures and who is trusted; an input that was not given is absent. */
export interface TrustInputs {
  readonly signatureFormat?: SignatureFormat;
  /** The file, as the input names it. */
  readonly signingConfig?: string;
  /** The file, as the input names it. */
  readonly trustedRoot?: string;
  /** False when the `source-*` inputs name no signer; absent where that is not known. */
  readonly hasSourceAnchor?: boolean;
}

/** How the target is signed once the inputs are laid over the policy. What the policy names stays; inputs beside it are only accepted when they name the same. */
export function tightenSignature({ signature }: EffectivePolicy, inputs: TrustInputs): EffectiveSignature {
  const signingConfig = signature.signingConfig ?? inputs.signingConfig;
  const trustedRoot = signature.trustedRoot ?? inputs.trustedRoot;
  return {
    format: inputs.signatureFormat ?? signature.format,
    transparencyLog: signature.transparencyLog,
    ...(signingConfig === undefined ? {} : { signingConfig }),
    ...(trustedRoot === undefined ? {} : { trustedRoot }),
  };
}

/** Every way in which these inputs would take away what a policy asks for. */
export function findLooserTrust(policy: EffectivePolicy, inputs: TrustInputs): Problem[] {
  return [
    ...judgeFormat(policy, inputs),
    ...judgeFile(policy, 'signing-config', 'signingConfig', inputs.signingConfig),
    ...judgeFile(policy, 'trusted-root', 'trustedRoot', inputs.trustedRoot),
    ...judgeRoot(policy, inputs),
    ...judgeSourceSigner(policy, inputs),
  ];
}

/** An input may add a form to those of the policy. */
function judgeFormat({ signature, stated }: EffectivePolicy, { signatureFormat }: TrustInputs): Problem[] {
  const names = stated['signature.format'];
  if (names === undefined || signatureFormat === undefined) return [];
  if (signatureFormat === signature.format || signatureFormat === 'both') return [];
  const message = `is ${signatureFormat}, and ${names.join(' and ')} ${names.length === 1 ? 'asks' : 'ask'} for ${signature.format} in signature.format.`;
  const fix = signature.format === 'both' ? 'both' : `${signature.format} or both`;
  return [{ where: 'input signature-format', message, fix: `Write ${fix}, or leave the input out.` }];
}

function judgeFile(
  { signature, stated }: EffectivePolicy,
  input: string,
  key: 'signingConfig' | 'trustedRoot',
  given: string | undefined,
): Problem[] {
  const named = signature[key];
  if (named === undefined || given === undefined || isSamePath(named, given)) return [];
  const names = stated[`signature.${key}`] ?? [];
  const message = `names ${given}, and ${names.join(' and ')} ${names.length === 1 ? 'names' : 'name'} ${named} in signature.${key}.`;
  return [{ where: `input ${input}`, message, fix: 'Leave the input out, or change the policy.' }];
}

/** Who picks the root picks whose certificates and logs count: for the signers of a policy, only a policy does. */
function judgeRoot({ signature, signers }: EffectivePolicy, { trustedRoot }: TrustInputs): Problem[] {
  if (trustedRoot === undefined || signature.trustedRoot !== undefined) return [];
  const names = signers.filter((list) => list.signers.some(needsRoot)).map(({ policy }) => policy);
  if (names.length === 0) return [];
  const message = `would decide whose certificates and log entries count for the signers of ${names.join(' and ')}.`;
  return [{ where: 'input trusted-root', message, fix: `Put signature.trustedRoot: ${trustedRoot} into the policy.` }];
}

function judgeSourceSigner({ attestations, signers }: EffectivePolicy, { hasSourceAnchor }: TrustInputs): Problem[] {
  if (hasSourceAnchor !== false) return [];
  return attestations
    .filter(({ role }) => role === 'source')
    .flatMap((required) => describeNoSigner(required, signers));
}
