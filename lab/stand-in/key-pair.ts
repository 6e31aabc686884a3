import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { CallError } from './call.ts';

/** An ECDSA P-256 key pair in PEM, the private half under a password: made in a millisecond, where cosign takes seconds. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly password: string;
}

/** Makes a key pair for a test. */
export function makeKeyPair(password = 'correct horse battery staple'): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKey, publicKey, password };
}

/** The public half of a private key; throws CallError when the password is wrong. */
export function toPublicKey(privateKey: string, password: string): string {
  return createPublicKey(open(privateKey, password)).export({ type: 'spki', format: 'pem' }).toString();
}

/** Signs bytes, in base64. */
export function signBytes(bytes: Uint8Array, privateKey: string, password: string): string {
  return sign('sha256', bytes, open(privateKey, password)).toString('base64');
}

/** True when this base64 is a signature of the bytes by the key. */
export function isSignedBy(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  return verify('sha256', bytes, publicKey, Buffer.from(signature, 'base64'));
}

function open(privateKey: string, passphrase: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey({ key: privateKey, passphrase });
  } catch {
    throw new CallError('Error: reading key: decrypt: encrypted: decryption failed');
  }
}
