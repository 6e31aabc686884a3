import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspectGivenPath } from '../../src/tool/given-path.ts';
import { makeDirectory, realExec, sha256, writeScript } from './fixture.ts';

let directory: Awaited<ReturnType<typeof makeDirectory>>;
let context: Parameters<typeof inspectGivenPath>[2];

beforeEach(async () => {
  directory = await makeDirectory();
  context = {
    home: join(directory.path, 'home'),
    directory: directory.path,
    exec: realExec,
    signal: new AbortController().signal,
  };
  await mkdir(context.home);
});
afterEach(() => directory.remove());

describe('inspectGivenPath', () => {
  it.each([
    ['trivy', 'Version: 0.61.2', '0.61.2'],
    ['cosign', 'GitVersion:    v2.4.1', '2.4.1'],
    ['trivy', 'Version: dev', 'unknown'],
    ['cosign', 'hello', 'unknown'],
  ] as const)('asks %s for its version: %j is %s', async (name, output, version) => {
    const path = await writeScript(join(directory.path, name), output);
    expect(await inspectGivenPath(name, path, context)).toEqual({
      path,
      version,
      sha256: sha256(await readFile(path)),
    });
  });

  it('knows ~ as the home directory', async () => {
    const path = await writeScript(join(context.home, 'trivy'), 'Version: 1.2.3');
    expect(await inspectGivenPath('trivy', '~/trivy', context)).toMatchObject({ path, version: '1.2.3' });
  });

  it('follows a symbolic link, as a tool manager makes them', async () => {
    await writeScript(join(directory.path, 'real'), 'Version: 1.2.3');
    await symlink(join(directory.path, 'real'), join(directory.path, 'trivy'));
    const given = await inspectGivenPath('trivy', join(directory.path, 'trivy'), context);
    expect(given.version).toBe('1.2.3');
  });

  it('does not know the version of a tool that fails', async () => {
    const path = join(directory.path, 'trivy');
    await writeFile(path, '#!/bin/sh\necho "Version: 1.2.3"\nexit 3\n');
    await chmod(path, 0o755);
    expect(await inspectGivenPath('trivy', path, context)).toMatchObject({ version: 'unknown' });
  });

  it('shows the tool nothing of our environment', async () => {
    const path = join(directory.path, 'trivy');
    await writeFile(path, `#!/bin/sh\nexport -p > '${directory.path}/seen'\n`);
    await chmod(path, 0o755);
    process.env.PROMOTE_IMAGE_TEST_SECRET = 'do-not-pass-on';
    await inspectGivenPath('trivy', path, context);
    delete process.env.PROMOTE_IMAGE_TEST_SECRET;
    const seen = await readFile(join(directory.path, 'seen'), 'utf8');
    expect(seen).toContain('HOME=');
    expect(seen).not.toContain('do-not-pass-on');
    expect(seen).not.toMatch(/NODE|npm_/);
  });

  it.each([
    ['nothing', 'does not exist', async (_path: string) => {}],
    ['a directory', 'is not a file', async (path: string) => void (await mkdir(path))],
    ['a file without the executable bit', 'is not executable', (path: string) => writeFile(path, 'x', { mode: 0o644 })],
    [
      'a file this machine cannot run',
      'could not be started',
      (path: string) => writeFile(path, '#!/no/such/interpreter', { mode: 0o755 }),
    ],
  ])('refuses %s', async (_what, why, make) => {
    const path = join(directory.path, 'trivy');
    await make(path);
    const message = expect.stringContaining(`${path} ${why}`);
    await expect(inspectGivenPath('trivy', path, context)).rejects.toMatchObject({ code: 'NOT_EXECUTABLE', message });
  });
});
