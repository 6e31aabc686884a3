import { type Call, CallError, type CallResult, demandKnownFlags, endCall } from './call.ts';
import { printPublicKey, signBlob, signStatement } from './cosign-sign.ts';
import { verifyAttestations, verifyBundleFile, verifySignatures } from './cosign-verify.ts';

/** The flags of each verb that this project uses. `--certificate-*` and what goes with them is not among them: a stand-in knows keys only. */
const SIGNING = ['--yes', '--key', '--signing-config', '--trusted-root', '--bundle'];
const VERIFYING = ['--key', '--trusted-root', '--insecure-ignore-tlog'];
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  version: ['--json'],
  'public-key': ['--key'],
  'attest-blob': [...SIGNING, '--statement'],
  'sign-blob': SIGNING,
  'verify-blob-attestation': [...VERIFYING, '--bundle', '--type', '--digest', '--digestAlg'],
  verify: [...VERIFYING, '--offline', '--new-bundle-format', '--output'],
  'verify-attestation': [...VERIFYING, '--offline', '--new-bundle-format', '--type'],
};

/**
 * Stands in for cosign 3 where a test is about registries: real ECDSA signatures in real bundles, read back over HTTP
 * and checked, in a millisecond. Takes the calls this project makes with a key and without a transparency log, and no
 * flag that cosign would refuse.
 */
export function runCosign({ args, env }: Call): Promise<CallResult> {
  return endCall(async () => {
    const [verb = ''] = args;
    const flags = FLAGS[verb];
    if (flags === undefined) throw new CallError(`Error: unknown command "${verb}" for "cosign"`);
    demandKnownFlags(args, flags);
    switch (verb) {
      case 'version':
        return JSON.stringify({ gitVersion: 'v3.1.3' });
      case 'public-key':
        return printPublicKey(args, env);
      case 'attest-blob':
        return signStatement(args, env);
      case 'sign-blob':
        return signBlob(args, env);
      case 'verify-blob-attestation':
        return verifyBundleFile(args);
      case 'verify':
        return verifySignatures(args);
      default:
        return verifyAttestations(args);
    }
  });
}
