import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';
import type { Command, Exec } from '../../src/base/ports.ts';
import { runCommand } from '../../src/host/actions/exec.ts';
import { type Cosign, type CosignContext, createCosign } from '../../src/signer/cosign.ts';

/** A key pair made by cosign itself. */
export interface KeyPair {
  readonly file: string;
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A directory in which real cosign signs, and what it was run with. */
export interface SigningRoom {
  readonly directory: string;
  /** Every child that was started, with its whole environment. */
  readonly commands: readonly Command[];
  makeKey(name: string): Promise<KeyPair>;
  open(key: KeyPair, more?: Partial<CosignContext>): Promise<Cosign>;
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse';

/** Opens such a room; cosign runs for real, unless a test passes another executable. */
export async function openSigningRoom(): Promise<SigningRoom> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-signer-'));
  const commands: Command[] = [];
  const exec: Exec = (command, signal) => {
    commands.push(command);
    return runCommand(command, signal);
  };
  let serial = 0;
  return {
    directory,
    commands,
    async makeKey(name) {
      const env = { COSIGN_PASSWORD: PASSWORD, HOME: directory };
      const args = ['generate-key-pair', '--output-key-prefix', join(directory, name)];
      const { code, stderr } = await run(findTool('cosign'), args, { cwd: directory, env });
      if (code !== 0) throw new Error(stderr);
      const file = join(directory, `${name}.key`);
      const publicKey = await readFile(join(directory, `${name}.pub`), 'utf8');
      return { file, publicKey, privateKey: await readFile(file, 'utf8') };
    },
    async open(key, more = {}) {
      const room = join(directory, `cosign-${serial++}`);
      await mkdir(room);
      return createCosign({
        path: findTool('cosign'),
        directory: room,
        key: { kind: 'file', path: key.file },
        keyEnv: { COSIGN_PASSWORD: PASSWORD },
        networkEnv: {},
        transparencyLog: false,
        exec,
        signal: new AbortController().signal,
        ...more,
      });
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
