import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignerError } from './error.ts';
import type { SigningKey } from './key.ts';
import { EMPTY_SIGNING_CONFIG, EMPTY_TRUSTED_ROOT, fitSigningConfig, parseTrustedRoot } from './sigstore-config.ts';

/** Which services of Sigstore cosign signs with. */
export interface SigningServices {
  readonly flags: readonly string[];
  /** True when cosign has to reach a service. */
  readonly network: boolean;
}

/** What is known of them. */
export interface ServiceChoice {
  readonly key: SigningKey;
  readonly transparencyLog: boolean;
  readonly signingConfig?: string | undefined;
  readonly trustedRoot?: string | undefined;
}

/** A key without a log needs no service, and cosign is given none. Files that say so are kept in `directory`. */
export async function offerNoServices(directory: string, { key }: ServiceChoice): Promise<SigningServices> {
  const flags = [
    ...(await keepFile(directory, '--signing-config', 'no-services.json', EMPTY_SIGNING_CONFIG)),
    ...(await keepFile(directory, '--trusted-root', 'no-trusted-root.json', EMPTY_TRUSTED_ROOT)),
  ];
  return { flags, network: key.kind === 'kms' };
}

/** Those of the given files, else the public Sigstore's. Throws TRUST_UNUSABLE when they are not what the policy says of the log. */
export async function chooseServices(directory: string, choice: ServiceChoice): Promise<SigningServices> {
  const { key, transparencyLog, signingConfig, trustedRoot } = choice;
  if (key.kind !== 'keyless' && !transparencyLog) return offerNoServices(directory, choice);
  if (signingConfig === undefined && !transparencyLog) {
    throw new SignerError('TRUST_UNUSABLE', 'Signing without a key and without a transparency log was asked for', {
      hint: 'The public Sigstore logs every signature: allow transparencyLog, or give signing-config and trusted-root of a Sigstore without a log.',
    });
  }
  const config = signingConfig && fitSigningConfig(signingConfig, transparencyLog);
  const root = trustedRoot && parseTrustedRoot(trustedRoot).text;
  const flags = [
    ...(config ? await keepFile(directory, '--signing-config', 'signing-config.json', config) : []),
    ...(root ? await keepFile(directory, '--trusted-root', 'trusted-root.json', root) : []),
  ];
  return { flags, network: true };
}

async function keepFile(directory: string, flag: string, name: string, text: string): Promise<readonly string[]> {
  const file = join(directory, name);
  await writeFile(file, text);
  return [flag, file];
}
