import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/process.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import type { Command } from '../../src/base/ports.ts';
import { runCommand } from '../../src/host/machine/exec.ts';
import type { KeyAnchor } from '../../src/image/trust-anchor.ts';
import { createVerifier, type Verifier, type VerifierContext } from '../../src/signer/verifier.ts';

const PASSWORD = 'correct horse';

/** Real cosign as any user would run it, with keys of its own making. */
export interface CosignRoom {
  readonly directory: string;
  /** Our own verifier on top of it, and every process that it starts. */
  makeVerifier(more?: Partial<VerifierContext>): Promise<{ readonly verifier: Verifier; readonly commands: Command[] }>;
  makeKey(name: string): Promise<RoomKey>;
  /** A bundle over an in-toto statement, given as an object or as its very bytes. */
  signStatement(key: RoomKey, statement: object | string): Promise<Buffer>;
  /** The signature of a payload, in base64. */
  signPayload(key: RoomKey, payload: Uint8Array): Promise<string>;
  /** `cosign sign` in the form of cosign 2. */
  signLegacy(key: RoomKey, reference: string, ...flags: readonly string[]): Promise<void>;
  /** `cosign attest` in the form of cosign 2. */
  attestLegacy(key: RoomKey, reference: string, type: string, predicate: object): Promise<void>;
  /** `cosign verify` and the like, by a key; the exit code and what was printed. */
  verify(key: RoomKey, ...args: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string }>;
  close(): Promise<void>;
}

/** A key on disk, and the trust in it. */
export interface RoomKey extends SigningKey {
  readonly file: string;
  readonly publicFile: string;
  readonly anchor: KeyAnchor;
}

const SIGNING_CONFIG =
  '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';
const TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

/** Opens such a room. */
export async function openCosignRoom(): Promise<CosignRoom> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-chain-'));
  const [config, root] = [join(directory, 'signing-config.json'), join(directory, 'trusted-root.json')];
  await Promise.all([writeFile(config, SIGNING_CONFIG), writeFile(root, TRUSTED_ROOT)]);
  const env = { HOME: directory, COSIGN_PASSWORD: PASSWORD };
  let serial = 0;
  const cosign = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await run(findTool('cosign'), args, { cwd: directory, env });
    if (code !== 0) throw new Error(stderr);
  };
  const offline = ['--signing-config', config, '--trusted-root', root];
  const older = ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'];
  return {
    directory,
    async makeVerifier(more = {}) {
      const commands: Command[] = [];
      const verifier = await createVerifier({
        ...{ path: findTool('cosign'), directory, networkEnv: {}, kmsEnv: {}, signal: new AbortController().signal },
        exec: (command, signal) => {
          commands.push(command);
          return runCommand(command, signal);
        },
        ...more,
      });
      return { verifier, commands };
    },
    async makeKey(name) {
      const key = await makeSigningKey(PASSWORD);
      const [file, publicFile] = [join(directory, `${name}.key`), join(directory, `${name}.pub`)];
      await Promise.all([writeFile(file, key.privateKey), writeFile(publicFile, key.publicKey)]);
      return {
        ...{ ...key, file, publicFile },
        anchor: { kind: 'key', name: `keys/${name}.pub`, key: key.publicKey, transparencyLog: false },
      };
    },
    async signStatement(key, statement) {
      const [input, bundle] = [join(directory, `${++serial}.json`), join(directory, `${serial}.bundle`)];
      await writeFile(input, typeof statement === 'string' ? statement : JSON.stringify(statement));
      await cosign('attest-blob', '-y', '--key', key.file, ...offline, '--statement', input, '--bundle', bundle);
      return readFile(bundle);
    },
    async signPayload(key, payload) {
      const [input, bundle] = [join(directory, `${++serial}.json`), join(directory, `${serial}.bundle`)];
      await writeFile(input, payload);
      await cosign('sign-blob', '-y', '--key', key.file, ...offline, '--bundle', bundle, input);
      const { messageSignature } = JSON.parse(await readFile(bundle, 'utf8')) as {
        messageSignature: { signature: string };
      };
      return messageSignature.signature;
    },
    signLegacy: (key, reference, ...flags) => cosign('sign', '-y', '--key', key.file, ...older, ...flags, reference),
    async attestLegacy(key, reference, type, predicate) {
      const input = join(directory, `${++serial}.json`);
      await writeFile(input, JSON.stringify(predicate));
      await cosign('attest', '-y', '--key', key.file, ...older, '--type', type, '--predicate', input, reference);
    },
    async verify(key, verb = '', ...rest) {
      const flags = ['--key', key.publicFile, '--insecure-ignore-tlog=true', '--trusted-root', root];
      return run(findTool('cosign'), [verb, ...flags, ...rest], { cwd: directory, env });
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
