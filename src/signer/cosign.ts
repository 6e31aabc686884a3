import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exec, ExecResult } from '../base/ports.ts';
import { SignerError } from './error.ts';
import { formatSigningKey, type SigningKey } from './key.ts';

/** cosign as this project runs it: it turns statements into bundles and checks what is at the target. It never holds a registry credential. */
export interface Cosign {
  /** The PEM public key of the signing key; fails when the key cannot be read or its password is wrong. */
  readPublicKey(): Promise<string>;
  /** A Sigstore bundle (JSON bytes) over an in-toto Statement v1; https://github.com/sigstore/protobuf-specs */
  signStatement(statement: object): Promise<Uint8Array>;
  /** `cosign verify` of `host/repo@digest`: its JSON entries. Throws VERIFICATION_FAILED with what cosign said. */
  verifyImage(reference: string, publicKey: string): Promise<readonly VerifiedClaim[]>;
  /** The statements of one predicate type that `cosign verify-attestation` accepts. Throws VERIFICATION_FAILED with what cosign said. */
  verifyAttestation(reference: string, publicKey: string, predicateType: string): Promise<readonly unknown[]>;
}

/** One entry of what `cosign verify -o json` prints. */
export interface VerifiedClaim {
  readonly digest: string;
  /** `https://sigstore.dev/cosign/sign/v1` for a signature; the predicate type of an attestation, which cosign verifies just as happily. */
  readonly type: string;
  /** What was signed beside the digest. */
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** What cosign needs. `directory` is private to the run. `keyEnv` holds the key and its password, and is all of the secrets that cosign gets. */
export interface CosignContext {
  readonly path: string;
  readonly directory: string;
  readonly key: SigningKey;
  readonly keyEnv: Readonly<Record<string, string>>;
  /** Proxy and certificate settings, needed only with a transparency log. */
  readonly networkEnv: Readonly<Record<string, string>>;
  /** What cosign trusts on the network, in PEM; without it, what the system does. */
  readonly certificates?: string | undefined;
  readonly transparencyLog: boolean;
  readonly exec: Exec;
  readonly signal: AbortSignal;
}

const EMPTY_SIGNING_CONFIG =
  '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';
const EMPTY_TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

/** Prepares cosign. Without a transparency log it gets an empty signing configuration and trusted root, so that it makes no request at all. */
export async function createCosign(context: CosignContext): Promise<Cosign> {
  const { directory, transparencyLog } = context;
  await mkdir(join(directory, 'home'), { recursive: true });
  const signingConfig = join(directory, 'signing-config.json');
  const trustedRoot = join(directory, 'trusted-root.json');
  await writeFile(signingConfig, EMPTY_SIGNING_CONFIG);
  await writeFile(trustedRoot, EMPTY_TRUSTED_ROOT);
  const key = formatSigningKey(context.key);
  const signOffline = transparencyLog ? [] : ['--signing-config', signingConfig, '--trusted-root', trustedRoot];
  const verifyOffline = transparencyLog ? [] : ['--insecure-ignore-tlog=true', '--trusted-root', trustedRoot];
  let serial = 0;

  const network = transparencyLog ? await describeNetwork(context) : {};
  const open = { HOME: join(directory, 'home'), TMPDIR: directory, ...network };
  const runSecret = (args: readonly string[]): Promise<ExecResult> =>
    context.exec(
      {
        file: context.path,
        args,
        cwd: directory,
        env: { ...open, COSIGN_PASSWORD: '', ...context.keyEnv },
      },
      context.signal,
    );
  const runPublic = (args: readonly string[]): Promise<ExecResult> =>
    context.exec({ file: context.path, args, cwd: directory, env: open }, context.signal);
  const keepPublicKey = async (publicKey: string): Promise<string> => {
    const file = join(directory, 'cosign.pub');
    await writeFile(file, publicKey);
    return file;
  };

  return {
    async readPublicKey() {
      const result = await runSecret(['public-key', '--key', key]);
      context.signal.throwIfAborted();
      if (result.code === 0 && result.stdout.includes('PUBLIC KEY')) return result.stdout;
      throw new SignerError('KEY_UNUSABLE', `cosign could not use the key ${key}: ${lastLine(result)}`, {
        hint: explainKey(result),
      });
    },

    async signStatement(statement) {
      const name = `statement-${++serial}`;
      const input = join(directory, `${name}.json`);
      const output = join(directory, `${name}.bundle.json`);
      await writeFile(input, JSON.stringify(statement));
      const result = await runSecret([
        ...['attest-blob', '--yes'],
        ...['--key', key],
        ...signOffline,
        ...['--statement', input],
        ...['--bundle', output],
      ]);
      context.signal.throwIfAborted();
      if (result.code !== 0) {
        throw new SignerError('SIGNING_FAILED', `cosign attest-blob ${endOf(result)}: ${lastLine(result)}`, {
          ...(transparencyLog
            ? { hint: 'Without access to Sigstore, say signature: { transparencyLog: false } in the policy.' }
            : {}),
        });
      }
      return readFile(output).catch((cause: unknown) => {
        throw new SignerError('SIGNING_FAILED', 'cosign attest-blob ended well but left no bundle', {
          cause,
          hint: 'Check the cosign input, or leave it empty for the version this release knows.',
        });
      });
    },

    async verifyImage(reference, publicKey) {
      const file = await keepPublicKey(publicKey);
      const result = await runPublic(['verify', '--key', file, ...verifyOffline, '--output', 'json', reference]);
      context.signal.throwIfAborted();
      if (result.code !== 0) throw verificationFailed('verify', result);
      return parseClaims(result.stdout);
    },

    async verifyAttestation(reference, publicKey, predicateType) {
      const file = await keepPublicKey(publicKey);
      const result = await runPublic([
        ...['verify-attestation', '--key', file],
        ...verifyOffline,
        ...['--type', predicateType, reference],
      ]);
      context.signal.throwIfAborted();
      if (result.code !== 0) throw verificationFailed('verify-attestation', result);
      return parseEnvelopes(result.stdout);
    },
  };
}

/** Go takes its authorities from SSL_CERT_FILE instead of the system's file; https://pkg.go.dev/crypto/x509#SystemCertPool */
async function describeNetwork(context: CosignContext): Promise<Readonly<Record<string, string>>> {
  if (context.certificates === undefined) return context.networkEnv;
  const file = join(context.directory, 'certificates.pem');
  await writeFile(file, context.certificates);
  return { ...context.networkEnv, SSL_CERT_FILE: file };
}

/** Parses what `cosign verify -o json` prints; throws VERIFICATION_FAILED when it is something else. */
export function parseClaims(stdout: string): VerifiedClaim[] {
  try {
    const entries = JSON.parse(stdout) as {
      critical: { type: string; image: { 'docker-manifest-digest': string } };
      optional?: Record<string, unknown> | null;
    }[];
    return entries.map(({ critical, optional }) => ({
      type: critical.type,
      digest: critical.image['docker-manifest-digest'],
      annotations: optional ?? {},
    }));
  } catch (cause) {
    throw new SignerError('VERIFICATION_FAILED', 'cosign verify printed something that is not its JSON', { cause });
  }
}

/** Parses what `cosign verify-attestation` prints, one DSSE envelope a line, into statements; https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export function parseEnvelopes(stdout: string): unknown[] {
  try {
    const envelopes = stdout.split('\n').filter((line) => line.trim() !== '');
    return envelopes.map((line) => {
      const { payload } = JSON.parse(line) as { payload: string };
      return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
    });
  } catch (cause) {
    throw new SignerError('VERIFICATION_FAILED', 'cosign verify-attestation printed something that is not DSSE', {
      cause,
    });
  }
}

function verificationFailed(verb: string, result: ExecResult): SignerError {
  return new SignerError('VERIFICATION_FAILED', `cosign ${verb} ${endOf(result)}: ${lastLine(result)}`);
}

function explainKey(result: ExecResult): string {
  if (/decrypt/i.test(result.stderr)) return 'COSIGN_PASSWORD is not the password of this key.';
  if (/no such file/i.test(result.stderr))
    return 'Point cosign-key at a file in the workspace, or use env://COSIGN_PRIVATE_KEY.';
  return 'cosign-key must name a private key made by cosign generate-key-pair: env://COSIGN_PRIVATE_KEY or a file.';
}

function endOf(result: ExecResult): string {
  return result.code === null ? `was ended by ${result.signal ?? 'a signal'}` : `ended with exit code ${result.code}`;
}

function lastLine(result: ExecResult): string {
  const lines = result.stderr.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('WARNING')).at(-1) ?? 'it said nothing';
}
