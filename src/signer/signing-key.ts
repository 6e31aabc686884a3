import { createPublicKey, type KeyObject } from 'node:crypto';
import type { CosignProcess } from './cosign-process.ts';
import { SignerError } from './error.ts';
import { formatSigningKey, type SigningKey } from './key.ts';
import { readKmsKey } from './public-keys.ts';

/** Tries a key and returns its public half in PEM. Throws KEY_UNUSABLE: for a wrong password, and for a key with which cosign 3 makes bundles that it then refuses. */
export async function trySigningKey(
  cosign: CosignProcess,
  key: SigningKey,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const name = formatSigningKey(key);
  const publicKey = key.kind === 'kms' ? await readKmsKey(cosign, key.uri, env) : await readFileKey(cosign, name, env);
  const kind = describeKind(publicKey);
  if (kind === undefined) return publicKey;
  throw new SignerError(
    'KEY_UNUSABLE',
    `The key ${name} is ${kind}, and cosign does not accept what it signs with one`,
    {
      hint: 'Use an ECDSA P-256 key (cosign generate-key-pair makes one) or an RSA key of 2048 bits or more.',
    },
  );
}

async function readFileKey(
  cosign: CosignProcess,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const result = await cosign.run({
    args: ['public-key', '--key', name],
    env: { COSIGN_PASSWORD: '', ...env },
    network: false,
  });
  if (result.code === 0 && result.stdout.includes('PUBLIC KEY')) return result.stdout;
  throw new SignerError('KEY_UNUSABLE', `cosign could not use the key ${name}: ${result.complaint}`, {
    hint: explainKey(result.complaint),
  });
}

function explainKey(complaint: string): string {
  if (/decrypt/i.test(complaint)) return 'COSIGN_PASSWORD is not the password of this key.';
  if (/no such file/i.test(complaint))
    return 'Point cosign-key at a file in the workspace, or use env://COSIGN_PRIVATE_KEY.';
  return 'cosign-key must name a private key made by cosign generate-key-pair: env://COSIGN_PRIVATE_KEY or a file.';
}

/** What a key is, when cosign 3.1 signs with it by one hash and verifies by another (found by running it); undefined for one that works. */
function describeKind(publicKey: string): string | undefined {
  let key: KeyObject;
  try {
    key = createPublicKey(publicKey);
  } catch {
    return 'of a kind that is not known';
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === 'rsa' || curve === 'prime256v1') return undefined;
  return curve === undefined ? `of the kind ${key.asymmetricKeyType}` : `on the curve ${curve}`;
}
