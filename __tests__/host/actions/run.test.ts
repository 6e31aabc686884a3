import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { buildImage } from '../../../lab/image/image.ts';
import { pushImage } from '../../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';
import { parseOutputs } from '../../../lab/runner.ts';
import { PROMOTE } from '../../../src/batch/action.ts';
import { runStep } from '../../../src/host/actions/run.ts';

const IMAGE = buildImage();
const ACCOUNT = { username: 'promoter', password: 'correct horse' };

let registry: LabRegistry;
let home = '';
let printed = '';
const before = process.env.GITHUB_OUTPUT;

beforeEach(async () => {
  [registry, home] = await Promise.all([
    startRegistry({ auth: { kind: 'basic', ...ACCOUNT } }),
    mkdtemp(join(tmpdir(), 'run-')),
  ]);
  for (const folder of ['workspace', 'temp']) await mkdir(join(home, folder));
  for (const file of ['output', 'summary']) await writeFile(join(home, file), '');
  process.env.GITHUB_OUTPUT = join(home, 'output');
  await pushImage(registry.host, 'dev/app', '1.0', IMAGE, ACCOUNT);
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  if (before === undefined) delete process.env.GITHUB_OUTPUT;
  else process.env.GITHUB_OUTPUT = before;
  await registry.close();
  await rm(home, { recursive: true, force: true });
});

/** Runs a step that neither scans nor signs; these inputs lie over its own. */
async function run(
  inputs: Readonly<Record<string, string>> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<Record<string, string>> {
  const all = {
    ...{ source: `${registry.host}/dev/app:1.0`, target: `${registry.host}/prod/app:1.0` },
    ...{ 'source-username': ACCOUNT.username, 'source-password': ACCOUNT.password },
    ...{ 'target-username': ACCOUNT.username, 'target-password': ACCOUNT.password },
    ...{ scan: 'off', sign: 'false', attest: 'false', ...inputs },
  };
  await runStep(PROMOTE, {
    HOME: home,
    GITHUB_WORKSPACE: join(home, 'workspace'),
    GITHUB_EVENT_NAME: 'push',
    GITHUB_STEP_SUMMARY: join(home, 'summary'),
    RUNNER_TEMP: join(home, 'temp'),
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...env,
  });
  return parseOutputs(await readFile(join(home, 'output'), 'utf8'));
}

const errors = (): string[] => printed.split('\n').filter((line) => line.startsWith('::error'));

describe('a step', () => {
  it('that promotes ends with 0, outputs and summary, in the temporary directory of the runner', async () => {
    const outputs = await run();
    expect([process.exitCode, errors()]).toEqual([0, []]);
    expect(outputs).toMatchObject({ result: 'promoted', digest: IMAGE.root.digest });
    expect(registry.digestOf('prod/app', '1.0')).toBe(IMAGE.root.digest);
    expect(outputs.plan).toContain(join(home, 'temp', 'promote-image-'));
    expect(await readFile(join(home, 'summary'), 'utf8')).toContain(IMAGE.root.digest);
  });

  it('that is refused ends with 3', async () => {
    await pushImage(registry.host, 'prod/app', '1.0', buildImage({ labels: { name: 'another' } }), ACCOUNT);
    expect(await run()).toMatchObject({ result: 'refused' });
    expect(process.exitCode).toBe(3);
    expect(errors()).toEqual([expect.stringMatching(/^::error title=TAG_EXISTS::/)]);
  });

  it('that is used wrongly ends with 2, each problem told, and asks no registry', async () => {
    registry.log.clear();
    expect(await run({ target: 'prod', severity: 'HIGH', sevrity: 'x' })).toMatchObject({
      result: 'failed',
      images: '[]',
    });
    expect(process.exitCode).toBe(2);
    expect(
      errors()
        .map((line) => /::input ([\w-]+)/.exec(line)?.[1])
        .sort(),
    ).toEqual(['severity', 'sevrity', 'target']);
    expect(registry.log.entries).toEqual([]);
  });

  it('that has no access ends with 1 and a hint', async () => {
    expect(await run({ 'source-password': 'wrong password' })).toMatchObject({ result: 'failed' });
    expect(process.exitCode).toBe(1);
    expect(errors()).toEqual([expect.stringMatching(/^::error title=UNAUTHORIZED::.*Log in/)]);
  });

  it('that takes too long ends with 1, and says so', async () => {
    registry.faults.push({ method: 'GET', path: /blobs/, delayMs: 3_000 });
    expect(await run({ timeout: '1s' })).toMatchObject({ result: 'failed' });
    expect(process.exitCode).toBe(1);
    expect(errors()).toEqual([expect.stringMatching(/^::error title=TIMEOUT::.*timeout of 1s/)]);
  });

  it('masks its secrets before it prints anything else', async () => {
    await run();
    const rest = printed.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(printed).toMatch(/^::add-mask::/);
    expect(printed).toContain('::add-mask::correct horse');
    expect(rest.join('\n')).not.toContain('correct horse');
  });

  it('makes the work directory it is given, below the workspace', async () => {
    await run({ 'work-dir': 'some/room' });
    expect(await readdir(join(home, 'workspace', 'some', 'room'))).toHaveLength(1);
    expect(await readdir(join(home, 'temp'))).toEqual([]);
  });

  it('writes no summary where none is wanted', async () => {
    await run({ summary: 'false' });
    expect(await readFile(join(home, 'summary'), 'utf8')).toBe('');
  });

  it('takes what docker login left', async () => {
    const auth = Buffer.from(`${ACCOUNT.username}:${ACCOUNT.password}`).toString('base64');
    await mkdir(join(home, '.docker'));
    await writeFile(join(home, '.docker', 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    const none = { 'source-username': '', 'source-password': '', 'target-username': '', 'target-password': '' };
    expect(await run(none)).toMatchObject({ result: 'promoted' });
  });
});
