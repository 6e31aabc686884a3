import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { drawImports, readImports } from '../../scripts/draw-imports.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'draw-imports-'));
});
afterEach(() => rm(root, { recursive: true }));

async function draw(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return drawImports(await readImports(root)).split('\n');
}

describe('the picture of imports', () => {
  it('has an edge for each folder that another one imports, in whatever form', async () => {
    const lines = await draw({
      'a/one.ts':
        "import { x } from '../b/x.ts';\nimport type { Y } from '../c/deep/y.ts';\nawait import('../d/z.ts');\nimport { join } from 'node:path';",
      'b/x.ts': "// import { no } from '../c/no.ts'\n/** import { no } from '../c/no.ts' */",
      'c/deep/y.ts': "import { other } from '../other.ts';",
      'd/z.ts': '',
    });
    expect(lines.filter((line) => line.includes('-->'))).toEqual(['  a --> b', '  a --> c', '  a --> d']);
  });

  it('leaves out what a longer way implies', async () => {
    const lines = await draw({
      'a/x.ts': "import '../b/x.ts';\nimport '../c/x.ts';",
      'b/x.ts': "import '../c/x.ts';",
      'c/x.ts': '',
    });
    expect(lines.filter((line) => line.includes('-->'))).toEqual(['  a --> b', '  b --> c']);
  });

  it('tells the hosts apart', async () => {
    const lines = await draw({ 'host/cli/x.ts': "import '../../a/x.ts';", 'host/actions/x.ts': '', 'a/x.ts': '' });
    expect(lines).toContain('  host_cli["src/host/cli"]');
    expect(lines).toContain('  host_cli --> a');
  });

  it('cannot be drawn where imports go in a circle', async () => {
    await expect(draw({ 'a/x.ts': "import '../b/x.ts';", 'b/x.ts': "import '../a/x.ts';" })).rejects.toThrow(
      'lead back',
    );
  });
});
