import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';
import type { Command, Exec } from '../../src/base/ports.ts';
import { runCommand } from '../../src/host/machine/exec.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { KeyAnchor } from '../../src/image/trust-anchor.ts';
import { createStatementSigner, type SignerContext, type StatementSigner } from '../../src/signer/statement-signer.ts';
import { createVerifier, type Verifier, type VerifierContext } from '../../src/signer/verifier.ts';

/** A key pair in cosign's own form, with the password of this file. */
export interface KeyPair {
  readonly file: string;
  readonly privateKey: string;
  readonly publicKey: string;
}

export type KeyKind = 'P-256' | 'P-384' | 'RSA' | 'Ed25519';

/** A directory in which real cosign signs and verifies, and what it was run with. */
export interface SigningRoom {
  readonly directory: string;
  /** Every child that was started, with its whole environment. */
  readonly commands: readonly Command[];
  makeKey(name: string, kind?: KeyKind): Promise<KeyPair>;
  openSigner(key: KeyPair | undefined, more?: Partial<SignerContext>): Promise<StatementSigner>;
  openVerifier(more?: Partial<VerifierContext>): Promise<Verifier>;
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse';
export const DIGEST = digestOf('x');
export const TYPE = 'https://example.test/v1';
export const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'r.test/app', digest: { sha256: DIGEST.slice(7) } }],
  predicateType: TYPE,
  predicate: { answer: 42 },
};

/** Trust in a key, with or without a log. */
export function trustKey(publicKey: string, transparencyLog = false): KeyAnchor {
  return { kind: 'key', name: 'keys/release.pub', key: publicKey, transparencyLog };
}

/** A trusted root with nothing but a log, whose key (P-256) this is. */
export function trustLog(publicKey: string): string {
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [
      {
        baseUrl: 'http://log.test',
        hashAlgorithm: 'SHA2_256',
        publicKey: {
          rawBytes: publicKey.replace(/-----[A-Z ]+-----|\s/g, ''),
          keyDetails: 'PKIX_ECDSA_P256_SHA_256',
          validFor: { start: '2024-01-01T00:00:00Z' },
        },
        logId: { keyId: createHash('sha256').update(publicKey).digest('base64') },
      },
    ],
  });
}

/** Opens such a room; cosign runs for real, unless a test passes another executable. */
export async function openSigningRoom(): Promise<SigningRoom> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-signer-'));
  const commands: Command[] = [];
  const exec: Exec = (command, signal) => {
    commands.push(command);
    return runCommand(command, signal);
  };
  let serial = 0;
  const makeContext = async (): Promise<VerifierContext> => {
    const room = join(directory, `cosign-${serial++}`);
    await mkdir(room);
    return {
      path: findTool('cosign'),
      directory: room,
      networkEnv: {},
      kmsEnv: {},
      exec,
      signal: new AbortController().signal,
      patience: { retryDelay: 1 },
    };
  };
  return {
    directory,
    commands,
    async makeKey(name, kind = 'P-256') {
      const pem = join(directory, `${name}.pem`);
      await writeFile(pem, makePrivateKey(kind));
      const env = { COSIGN_PASSWORD: PASSWORD, HOME: directory };
      const args = ['import-key-pair', '--key', pem, '--output-key-prefix', join(directory, name)];
      const { code, stderr } = await run(findTool('cosign'), args, { cwd: directory, env });
      if (code !== 0) throw new Error(stderr);
      const file = join(directory, `${name}.key`);
      const publicKey = await readFile(join(directory, `${name}.pub`), 'utf8');
      return { file, publicKey, privateKey: await readFile(file, 'utf8') };
    },
    async openSigner(key, more = {}) {
      return createStatementSigner({
        ...(await makeContext()),
        key: key === undefined ? { kind: 'keyless' } : { kind: 'file', path: key.file },
        keyEnv: { COSIGN_PASSWORD: PASSWORD },
        transparencyLog: false,
        ...more,
      });
    },
    async openVerifier(more = {}) {
      return createVerifier({ ...(await makeContext()), ...more });
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

function makePrivateKey(kind: KeyKind): string {
  const { privateKey } = generateKeyPair(kind);
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function generateKeyPair(kind: KeyKind): ReturnType<typeof generateKeyPairSync> {
  if (kind === 'RSA') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: kind });
}
