import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process.ts';
import { findTool } from './tools.ts';

/** A key pair made by cosign for one test or demo. */
export interface SigningKey {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly password: string;
}

/** Lets the real cosign generate a key pair; nothing stays on disk. */
export async function makeSigningKey(password = 'correct horse battery staple'): Promise<SigningKey> {
  const directory = await mkdtemp(join(tmpdir(), 'lab-key-'));
  try {
    const env = { HOME: directory, COSIGN_PASSWORD: password };
    const { code, stderr } = await run(findTool('cosign'), ['generate-key-pair'], { cwd: directory, env });
    if (code !== 0) throw new Error(`cosign generate-key-pair ended with ${code}: ${stderr}`);
    return {
      password,
      privateKey: await readFile(join(directory, 'cosign.key'), 'utf8'),
      publicKey: await readFile(join(directory, 'cosign.pub'), 'utf8'),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
