import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../lab/process.ts';
import { runCosign } from '../../../lab/stand-in/cosign.ts';
import { makeKeyPair } from '../../../lab/stand-in/key-pair.ts';
import { findTool } from '../../../lab/tools.ts';
import { KEY, runPromotion } from '../../faults/run-promotion.ts';
import { openWorld, TARGET, type World } from '../../faults/world.ts';

const RECORD = 'https://promote-image.github.io/promotion/v1';

let world: World;
let directory: string;
beforeEach(async () => {
  world = await openWorld();
  directory = await mkdtemp(join(tmpdir(), 'lab-stand-in-'));
  await writeFile(join(directory, 'right.pub'), KEY.publicKey);
  await writeFile(join(directory, 'wrong.pub'), makeKeyPair().publicKey);
});
afterEach(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

/** How the real cosign and its stand-in answer the same question. */
async function askBoth(args: readonly string[]): Promise<{ readonly real: number | null; readonly standIn: number }> {
  const env = { HOME: directory, PATH: process.env.PATH };
  const full = [...args.slice(0, -1), '--insecure-ignore-tlog=true', args.at(-1) ?? ''];
  const real = await run(findTool('cosign'), full, { env });
  return { real: real.code, standIn: (await runCosign({ args: full, env: {} })).code };
}

describe('what the stand-in for cosign signs', () => {
  it('is accepted by the real one, and by itself, and by neither under another key', async () => {
    expect((await runPromotion(world)).outcome.result).toBe('promoted');
    const reference = `${world.target.host}/${TARGET.repository}@${world.image.root.digest}`;
    for (const [key, code] of [
      ['right.pub', 0],
      ['wrong.pub', 1],
    ] as const) {
      const path = join(directory, key);
      const wanted = { real: code === 0 ? 0 : expect.any(Number), standIn: code };
      expect(await askBoth(['verify', '--key', path, reference])).toEqual(wanted);
      expect(await askBoth(['verify-attestation', '--key', path, '--type', RECORD, reference])).toEqual(wanted);
      if (code !== 0) expect((await askBoth(['verify', '--key', path, reference])).real).not.toBe(0);
    }
  }, 30_000);
});

describe('the stand-in for cosign', () => {
  it.each([
    ['an unknown command', ['frobnicate']],
    ['a flag that nobody knows', ['public-key', '--frobnicate']],
    ['a key that is not there', ['public-key', '--key', 'env://NOTHING']],
    ['a flag that is missing', ['public-key']],
  ])('refuses %s, as cosign does', async (_what, args) => {
    expect(await runCosign({ args, env: {} })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Error'),
    });
  });

  it('refuses a wrong password in the words of cosign', async () => {
    const env = { KEY: KEY.privateKey, COSIGN_PASSWORD: 'wrong' };
    const result = await runCosign({ args: ['public-key', '--key', 'env://KEY'], env });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('decrypt') });
  });
});
