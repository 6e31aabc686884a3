import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isConflict } from './complaint.ts';
import type { CosignProcess, CosignResult } from './cosign-process.ts';
import { SignerError } from './error.ts';
import type { IdentityTokens } from './identity-token.ts';
import { formatSigningKey, type SigningKey } from './key.ts';
import { makeSigningFailed } from './signing-failed.ts';
import type { SigningServices } from './signing-services.ts';

/** Runs one verb of cosign that signs a file into a bundle. */
export type SignFile = (
  verb: 'attest-blob' | 'sign-blob',
  content: Uint8Array,
  services: SigningServices,
) => Promise<Buffer>;

/** What signs, besides cosign. */
export interface SigningIdentity {
  readonly key: SigningKey;
  /** All of the secrets that cosign gets. */
  readonly env: Readonly<Record<string, string>>;
  /** Of a signer without a key. */
  readonly tokens?: IdentityTokens | undefined;
}

/**
 * Prepares that. A log that lost its answer refuses the very same entry afterwards (409), which a deterministic key
 * would make for ever: a further try signs one more line break behind the statement, which changes nothing in it.
 * Throws SIGNING_FAILED.
 */
export function createSignFile(cosign: CosignProcess, directory: string, identity: SigningIdentity): SignFile {
  const { key, env, tokens } = identity;
  const lend = <T>(use: (flags: readonly string[]) => Promise<T>): Promise<T> =>
    tokens === undefined
      ? use(['--key', formatSigningKey(key)])
      : tokens.lend((file) => use(['--identity-token', file, '--oidc-disable-ambient-providers']));

  return async (verb, content, services) => {
    const room = await mkdtemp(join(directory, 'sign-'));
    const [input, output] = [join(room, 'input'), join(room, 'bundle.json')];
    let text: Uint8Array = content;
    const attempt = (former: CosignResult | undefined): Promise<CosignResult> =>
      lend(async (who) => {
        if (former !== undefined && isConflict(former)) text = Buffer.concat([text, Buffer.from('\n')]);
        await writeFile(input, text);
        await rm(output, { force: true });
        const subject = verb === 'attest-blob' ? ['--statement', input] : [input];
        const args = [verb, '--yes', ...who, ...services.flags, '--bundle', output, ...subject];
        return cosign.run({ args, env, network: services.network });
      });
    const result = await cosign.tryAgain(attempt);
    if (result.code !== 0) throw makeSigningFailed(verb, result, key);
    const bundle = await readFile(output).catch((cause: unknown) => {
      throw new SignerError('SIGNING_FAILED', `cosign ${verb} ended well but left no bundle`, {
        cause,
        hint: 'Check the cosign input, or leave it empty for the version this release knows.',
      });
    });
    await rm(room, { recursive: true, force: true });
    return bundle;
  };
}
