import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../lab/process.ts';

const PLUGIN = new URL('../../scripts/collect-licenses.ts', import.meta.url).href;
const ROLLDOWN = join(import.meta.dirname, '../../node_modules/rolldown/bin/cli.mjs');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-licenses-'));
});
afterEach(() => rm(directory, { recursive: true }));

const write = async (files: Record<string, string>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
};
const addPackage = (
  name: string,
  more: object,
  files: Record<string, string> = {},
  code = `export const used = '${name}';`,
) =>
  write({
    [`node_modules/${name}/package.json`]: JSON.stringify({
      name,
      version: '1.2.3',
      main: 'index.js',
      type: 'module',
      ...more,
    }),
    [`node_modules/${name}/index.js`]: code,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text])),
  });
/** Bundles code that uses these packages, with the real bundler, and returns the text beside the bundle. */
const bundle = async (entry: string): Promise<string> => {
  const out = join(directory, 'out');
  await write({
    'entry.js': entry,
    'rolldown.config.mjs': `import { collectLicenses } from ${JSON.stringify(PLUGIN)};
      export default { input: 'entry.js', platform: 'node', plugins: [collectLicenses()], output: { dir: ${JSON.stringify(out)} } };`,
  });
  const { code, stdout, stderr } = await run(process.execPath, [ROLLDOWN, '-c', 'rolldown.config.mjs'], {
    cwd: directory,
  });
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return readFile(join(out, 'licenses.txt'), 'utf8');
};

describe('collectLicenses', () => {
  it('writes name, version, licence and its text for every package that went into the bundle', async () => {
    await addPackage('plain', { license: 'MIT' }, { LICENSE: 'Plain text\r\nof it\n', NOTICE: 'a notice' });
    await addPackage('@scope/other', { license: 'Apache-2.0' }, { 'LICENCE.md': 'Other text' });
    const text = await bundle(
      `import { used } from 'plain'; import { used as other } from '@scope/other'; console.log(used, other);`,
    );
    expect(text).toContain('@scope/other 1.2.3 (Apache-2.0)\n\nOther text\n');
    expect(text).toContain('plain 1.2.3 (MIT)\n\nPlain text\nof it\n\na notice\n');
    expect(text.indexOf('@scope/other')).toBeLessThan(text.indexOf('plain 1.2.3'));
  });

  it('leaves out what was shaken off', async () => {
    await addPackage('plain', { license: 'MIT' });
    await addPackage('unused', { license: 'MIT', sideEffects: false });
    const text = await bundle(
      `import { used } from 'plain'; import { used as unused } from 'unused'; console.log(used);`,
    );
    expect(text).toContain('plain 1.2.3');
    expect(text).not.toContain('unused');
  });

  it('names a package inside another by itself', async () => {
    await addPackage('outer', { license: 'MIT' }, {}, `import { used } from 'inner'; console.log(used);`);
    await addPackage('outer/node_modules/inner', { name: 'inner', license: 'ISC' });
    const text = await bundle(`import 'outer';`);
    expect(text).toContain('inner 1.2.3 (ISC)');
    expect(text).toContain('outer 1.2.3 (MIT)');
  });

  it('takes a licence file where package.json says nothing', async () => {
    await addPackage('plain', {}, { COPYING: 'The text' });
    expect(await bundle(`import { used } from 'plain'; console.log(used);`)).toContain(
      'plain 1.2.3 (see below)\n\nThe text',
    );
  });

  it('refuses to bundle what nobody may distribute', async () => {
    await addPackage('plain', {}, { 'license-checker.js': '' });
    await rm(join(directory, 'node_modules/plain/license-checker.js'));
    await expect(bundle(`import { used } from 'plain'; console.log(used);`)).rejects.toThrow(
      'plain 1.2.3 has no licence',
    );
  });
});
