import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rolldown } from 'rolldown';
import { collectLicenses } from '../../scripts/collect-licenses.ts';

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
/** Bundles code that uses these packages and returns the text beside the bundle. */
const bundle = async (entry: string): Promise<string> => {
  await write({ 'entry.js': entry });
  const build = await rolldown({
    input: join(directory, 'entry.js'),
    platform: 'node',
    plugins: [collectLicenses()],
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'esm' });
    const asset = output.find((file) => file.fileName === 'licenses.txt');
    return asset?.type === 'asset' ? String(asset.source) : '';
  } finally {
    await build.close();
  }
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
