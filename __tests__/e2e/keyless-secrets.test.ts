import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, success, writeWrapper } from './fixture.ts';
import { type KeylessScene, RELEASE, setKeylessScene } from './keyless-fixture.ts';
import { findLeaks, startTokenService, type TokenService } from './keyless-tokens.ts';
import { pushSource } from './trust-fixture.ts';

/** One call of cosign, as the system and cosign itself saw it. */
interface Call {
  readonly args: readonly string[];
  readonly env: string;
  /** Permissions of the file with the token, as `stat` tells them. */
  readonly mode: string;
}

let scene: KeylessScene;
let tokens: TokenService;
let step: StepResult;
let calls: readonly Call[];
let left: readonly string[];

/** The first token is not worth a signature that comes later, the next is worth many. */
const LIVES = [20];

beforeAll(async () => {
  scene = await setKeylessScene();
  const directory = await scene.makeDirectory();
  tokens = await startTokenService(scene.sigstore, RELEASE, LIVES);
  const wrapper = await writeWrapper(
    directory,
    'cosign',
    `cat /proc/$$/cmdline >"${directory}/$$.args"
env >"${directory}/$$.env"
for each; do case "$each" in */token) stat -c %a "$each" "$(dirname "$each")" >"${directory}/$$.mode";; esac; done
exec "$REAL" "$@"`,
  );
  const { host } = scene.registry;
  await pushSource(host, 'secret');
  step = await scene.promote(`${host}/dev/secret:1`, `${host}/prod/secret:1`, {
    inputs: { cosign: wrapper },
    env: { ...tokens.env, RUNNER_DEBUG: '1' },
  });
  left = await findLeaks(dirname(step.temporary), tokens.secrets());
  const read = (file: string) => readFile(join(directory, file), 'latin1');
  const ids = (await readdir(directory)).flatMap((name) => /^(\d+)\.args$/.exec(name)?.[1] ?? []);
  calls = await Promise.all(
    ids.map(async (id) => ({
      args: (await read(`${id}.args`)).split('\0'),
      env: await read(`${id}.env`),
      mode: await read(`${id}.mode`).catch(() => ''),
    })),
  );
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), tokens?.close()]);
});

const signing = () => calls.filter(({ args }) => args.includes('attest-blob'));
const isShown = (text: string) => tokens.secrets().some((secret) => text.includes(secret));

describe('the token of a keyless promotion', () => {
  it('is asked for again when it is about to expire, once for all that is signed together', () => {
    expect(endOf(step)).toEqual(success('promoted'));
    expect(signing()).toHaveLength(3);
    // The one tried at the start, and one for all signatures; beside the bearer's.
    expect(tokens.secrets()).toHaveLength(1 + 2);
  });

  it('is masked, and shown nowhere else in the log', () => {
    const lines = step.log.split('\n');
    for (const secret of tokens.secrets()) expect(lines).toContain(`::add-mask::${secret}`);
    expect(lines.filter((line) => isShown(line) && !line.startsWith('::add-mask::'))).toEqual([]);
  });

  it('is in no output, in no summary, and in no file that is left behind', () => {
    expect(isShown(JSON.stringify(step.outputs) + step.summary)).toBe(false);
    expect(left).toEqual([]);
  });

  it('is in no command line and no environment of cosign, nor is the right to ask for another', () => {
    expect(calls.length).toBeGreaterThan(signing().length);
    expect(calls.filter(({ args, env }) => isShown(args.join('\n') + env))).toEqual([]);
    expect(calls.filter(({ env }) => /ACTIONS_|SIGSTORE_ID_TOKEN|GITHUB_/.test(env))).toEqual([]);
  });

  it('reaches cosign in a file that this user alone can read, in a directory of the same kind', () => {
    expect(signing().map(({ mode }) => mode)).toEqual(['600\n700\n', '600\n700\n', '600\n700\n']);
  });
});

describe('a token service that never answers', () => {
  it('does not keep a promotion beyond its timeout', async () => {
    const silent = await startTokenService(scene.sigstore, RELEASE, ['silence']);
    const { host } = scene.registry;
    const started = performance.now();
    const ended = await scene.promote(`${host}/dev/secret:1`, `${host}/prod/silent:1`, {
      inputs: { timeout: '3s' },
      env: silent.env,
    });
    await silent.close();
    expect(endOf(ended)).toMatchObject({ code: 1, result: 'failed' });
    expect(errorsOf(ended)[0]?.message).toContain('the timeout of 3s');
    // Its one try would be waited for longer, were it not ended.
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 120_000);
});
