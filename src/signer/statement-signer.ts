import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { listSubjectDigests } from './bundle.ts';
import { readBundleIdentity, toExactAnchor } from './bundle-identity.ts';
import { openCosign } from './cosign-process.ts';
import { createSignFile } from './cosign-signer.ts';
import { SignerError } from './error.ts';
import { type IdentityTokens, openIdentityTokens } from './identity-token.ts';
import { formatSigningKey, type SigningKey } from './key.ts';
import { trySigningKey } from './signing-key.ts';
import { chooseServices, offerNoServices } from './signing-services.ts';
import { createVerifier, type Verifier, type VerifierContext } from './verifier.ts';

/** What is needed to sign, beside what is needed to verify. */
export interface SignerContext extends VerifierContext {
  readonly key: SigningKey;
  /** The key and its password; cosign gets it only for a key in a variable or a file. */
  readonly keyEnv: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  /** JSON text; without it, the public Sigstore where one is needed. */
  readonly signingConfig?: string | undefined;
  /** Asks for an OIDC token for the audience `sigstore`; a keyless signer needs it. */
  readonly identityToken?: (() => Promise<string>) | undefined;
}

/** Signs without a registry: cosign never holds a credential for one. */
export interface StatementSigner {
  /** The anchor under which what this signer makes verifies: of a key at once; of a keyless signer what its token claims, or undefined when that does not tell. Who it was in the end is in the bundle. */
  readonly expectedAnchor: TrustAnchor | undefined;
  /** In PEM, of a key or a KMS. */
  readonly publicKey: string | undefined;
  /** A Sigstore bundle (JSON bytes) over an in-toto Statement v1; with a log or without a key it was verified. Throws SIGNING_FAILED. */
  signStatement(statement: object): Promise<Uint8Array>;
  /** The signature (base64) of a legacy payload, which never goes into a log; key and KMS only. Throws SIGNING_FAILED. */
  signPayload(payload: Uint8Array): Promise<string>;
}

/** Prepares to sign and tries the key, or asks for a token: what is wrong with either is found now. Throws KEY_UNUSABLE, TOKEN_UNUSABLE or TRUST_UNUSABLE. */
export async function createStatementSigner(context: SignerContext): Promise<StatementSigner> {
  const { key, transparencyLog } = context;
  const cosign = await openCosign(context);
  const directory = await mkdtemp(join(context.directory, 'signer-'));
  const services = await chooseServices(directory, context);
  const verifier = services.network ? await createVerifier(context) : undefined;
  const tokens = await openTokens(context, directory);
  const env = selectSecrets(context);
  const publicKey = tokens === undefined ? await trySigningKey(cosign, key, env) : undefined;
  const signFile = createSignFile(cosign, directory, { key, env, tokens });

  return {
    publicKey,
    expectedAnchor:
      publicKey === undefined
        ? tokens?.expected && { ...tokens.expected, transparencyLog }
        : { kind: 'key', name: formatSigningKey(key), key: publicKey, transparencyLog },
    async signStatement(statement) {
      const bundle = await signFile('attest-blob', Buffer.from(JSON.stringify(statement)), services);
      if (verifier !== undefined) await verifyOwn(verifier, bundle, statement, publicKey, transparencyLog);
      return bundle;
    },
    async signPayload(payload) {
      if (tokens !== undefined) {
        throw new SignerError(
          'SIGNING_FAILED',
          'A signature in the legacy format was asked of a signer without a key',
          {
            hint: 'Set cosign-key, or signature-format: bundle.',
          },
        );
      }
      return readSignature(await signFile('sign-blob', payload, await offerNoServices(directory, context)));
    },
  };
}

async function openTokens(context: SignerContext, directory: string): Promise<IdentityTokens | undefined> {
  if (context.key.kind !== 'keyless') return undefined;
  if (context.identityToken !== undefined) return openIdentityTokens(directory, context.identityToken);
  throw new SignerError('TOKEN_UNUSABLE', 'There is nobody to ask for an OIDC token to sign with', {
    hint: 'Set cosign-key, or run where there is such a token.',
  });
}

/** A signer without a key has no secret but its token; a KMS has its own login. */
function selectSecrets({ key, keyEnv, kmsEnv }: SignerContext): Readonly<Record<string, string>> {
  if (key.kind === 'keyless') return {};
  return { COSIGN_PASSWORD: '', ...(key.kind === 'kms' ? kmsEnv : keyEnv) };
}

/** That cosign ended well proves nothing about what a service answered. */
async function verifyOwn(
  verifier: Verifier,
  bundle: Uint8Array,
  statement: object,
  publicKey: string | undefined,
  transparencyLog: boolean,
): Promise<void> {
  const [digest] = listSubjectDigests(statement);
  const { predicateType } = statement as { predicateType?: unknown };
  if (digest === undefined || typeof predicateType !== 'string')
    throw new SignerError('SIGNING_FAILED', 'The statement to sign names no digest, or no predicate type');
  const anchor = toExactAnchor(await readBundleIdentity(bundle), publicKey, transparencyLog);
  const verdict = await verifier.verifyBundle(bundle, digest, predicateType, anchor);
  if (verdict.valid) return;
  throw new SignerError('SIGNING_FAILED', `The bundle that cosign made does not verify: ${verdict.reason}`, {
    hint: 'Check that trusted-root is the one of the services that signing-config names.',
  });
}

/** https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
function readSignature(bundle: Buffer): string {
  const { messageSignature } = JSON.parse(bundle.toString('utf8')) as { messageSignature?: { signature?: unknown } };
  if (typeof messageSignature?.signature === 'string') return messageSignature.signature;
  throw new SignerError('SIGNING_FAILED', 'cosign sign-blob made a bundle without a signature');
}
