import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CosignProcess } from './cosign-process.ts';
import { SignerError } from './error.ts';
import { isKmsUri } from './kms.ts';

/** The public keys of anchors, as cosign takes them with `--key`. */
export interface PublicKeys {
  /** A file with the PEM; that of a KMS is asked for once, so that a KMS out of reach is never taken for a signature that does not hold. */
  locate(key: string): Promise<string>;
  /** What cosign still needs to verify with it. */
  envOf(key: string): Readonly<Record<string, string>>;
}

/** Keeps such keys in a directory of the run. */
export function openPublicKeys(
  cosign: CosignProcess,
  directory: string,
  kmsEnv: Readonly<Record<string, string>>,
): PublicKeys {
  const files = new Map<string, Promise<string>>();
  const keep = async (key: string, file: string): Promise<string> => {
    await writeFile(file, isKmsUri(key) ? await readKmsKey(cosign, key, kmsEnv) : key);
    return file;
  };
  return {
    locate(key) {
      if (isSecret(key)) return Promise.resolve(key);
      const known = files.get(key) ?? keep(key, join(directory, `key-${files.size}.pub`));
      files.set(key, known);
      return known;
    },
    envOf: (key) => (isSecret(key) ? kmsEnv : {}),
  };
}

/** The PEM public key of a key in a KMS; throws KEY_UNUSABLE. */
export async function readKmsKey(
  cosign: CosignProcess,
  uri: string,
  kmsEnv: Readonly<Record<string, string>>,
): Promise<string> {
  const call = { args: ['public-key', '--key', uri], env: { COSIGN_PASSWORD: '', ...kmsEnv }, network: true };
  const result = await cosign.tryAgain(() => cosign.run(call));
  if (result.code === 0 && result.stdout.includes('PUBLIC KEY')) return result.stdout;
  throw new SignerError('KEY_UNUSABLE', `cosign could not read the public key of ${uri}: ${result.complaint}`, {
    hint: 'Check the URI, and that the step has the login and region of the KMS in its environment.',
  });
}

/** A Kubernetes secret may hold the public half alone, which only verification itself reads. */
function isSecret(key: string): boolean {
  return key.startsWith('k8s://');
}
