import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type RunResult, run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const ACCOUNT = { username: 'promoter', password: 'correct horse' };
const IMAGE = buildImage();

let registry: LabRegistry;
let home: string;
beforeAll(async () => {
  registry = await startRegistry({ auth: { kind: 'basic', ...ACCOUNT } });
  home = await mkdtemp(join(tmpdir(), 'cli-'));
  await pushImage(registry.host, 'dev/app', '1.0', IMAGE, ACCOUNT);
});
afterAll(async () => {
  await registry.close();
  await rm(home, { recursive: true, force: true });
});

const cli = (
  args: readonly string[],
  { env, input }: { env?: Record<string, string>; input?: string } = {},
): Promise<RunResult> =>
  run(process.execPath, [CLI, ...args], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, ...env },
    ...(input === undefined ? {} : { input }),
  });

/** Neither scans nor signs. */
const promote = (tag: string): string[] => [
  ...['promote', '--source', `${registry.host}/dev/app:1.0`, '--target', `${registry.host}/prod/app:${tag}`],
  ...['--source-username', ACCOUNT.username, '--target-username', ACCOUNT.username],
  ...['--scan', 'off', '--sign', 'false', '--attest', 'false'],
];
const secrets = {
  PROMOTE_IMAGE_SOURCE_PASSWORD: ACCOUNT.password,
  PROMOTE_IMAGE_TARGET_PASSWORD: ACCOUNT.password,
};

describe('the command', () => {
  it('promotes with secrets from the environment, prints nothing but JSON on standard output, and ends with 0', async () => {
    const { code, stdout, stderr } = await cli([...promote('1.0'), '--json'], { env: secrets });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'promoted', digest: IMAGE.root.digest, refusals: [] });
    expect(registry.digestOf('prod/app', '1.0')).toBe(IMAGE.root.digest);
    expect(stdout + stderr).not.toContain(ACCOUNT.password);
    expect(stderr).not.toMatch(/^::/m);
  }, 120_000);

  it('takes one secret from standard input', async () => {
    const env = { PROMOTE_IMAGE_TARGET_PASSWORD: ACCOUNT.password };
    const { code } = await cli([...promote('2.0'), '--source-password-stdin'], { env, input: `${ACCOUNT.password}\n` });
    expect(code).toBe(0);
  }, 120_000);

  it('ends with 3 when it is refused, 2 on wrong use, 1 when it could not decide, and says why', async () => {
    const other = buildImage({ labels: { name: 'another' } });
    await pushImage(registry.host, 'prod/app', '3.0', other, ACCOUNT);
    const [refused, wrong, undecided] = await Promise.all([
      cli(promote('3.0'), { env: secrets }),
      cli(['promote', '--sorce', 'x', '--json']),
      cli(promote('4.0')),
    ]);
    expect([refused.code, refused.stdout]).toEqual([3, expect.stringMatching(/Result: refused\n$/)]);
    expect(refused.stderr).toMatch(/^TAG_EXISTS: /m);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Did you mean source?')]);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ result: 'failed', images: [] });
    expect(undecided.code).toBe(2);
    const closed = await cli(promote('4.0'), { env: { ...secrets, PROMOTE_IMAGE_SOURCE_PASSWORD: 'wrong one' } });
    expect([closed.code, closed.stderr]).toEqual([1, expect.stringContaining('UNAUTHORIZED')]);
  }, 120_000);

  it('helps, and knows its actions', async () => {
    const [help, verify, none] = await Promise.all([cli([]), cli(['verify', '--help']), cli(['verfy'])]);
    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('promote')]);
    expect([verify.code, verify.stdout]).toEqual([0, expect.stringContaining('--certificate-identity VALUE')]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Did you mean verify?')]);
  }, 120_000);

  it('verify reads standard input when no images are named, and where they are asked for with -', async () => {
    for (const flags of [[], ['--images', '-']]) {
      const { code, stderr } = await cli(['verify', '--key', 'absent.pub', ...flags], { input: '{"items": [' });
      expect([code, stderr]).toEqual([2, expect.stringContaining('begins like JSON and is none')]);
    }
    const { code, stderr } = await cli(['verify', '--key', 'absent.pub'], { input: '' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('is required and was empty')]);
  }, 120_000);

  it('on a pull request takes no policy that nobody reviewed', async () => {
    const env = { ...secrets, GITHUB_EVENT_NAME: 'pull_request' };
    const { code, stderr } = await cli([...promote('5.0'), '--dry-run'], { env });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^BASE_COMMIT: /m)]);
  }, 120_000);
});
