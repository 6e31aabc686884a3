import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { renderGeneratedFiles } from './generate.ts';
import { findMissingOptionals } from './lock-file.ts';

const problems = [...(await compareGenerated()), ...(await compareDist()), ...(await checkLock())];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

async function compareGenerated(): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of await renderGeneratedFiles()) {
    const found = existsSync(path) ? await readFile(path, 'utf8') : undefined;
    if (found !== text) stale.push(`${path} is not what its source says: run npm run docs and commit it.`);
  }
  return stale;
}

/** Builds into another folder and compares byte for byte. */
async function compareDist(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'promote-image-dist-'));
  try {
    const build = spawnSync('rolldown', ['-c', '--dir', folder, '--logLevel', 'warn'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (build.status !== 0) return ['dist could not be built.'];
    const [expected, found] = [await readTree(folder), await readTree('dist')];
    const paths = new Set([...expected.keys(), ...found.keys()]);
    const stale = [...paths].filter((path) => expected.get(path) !== found.get(path));
    return stale.map((path) => `dist/${path} is not what its source builds to: run npm run build and commit it.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTree(folder: string): Promise<Map<string, string>> {
  if (!existsSync(folder)) return new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file, 'latin1')] as const)),
  );
}

async function checkLock(): Promise<string[]> {
  const missing = findMissingOptionals(JSON.parse(await readFile('package-lock.json', 'utf8')));
  return missing.map((name) => `package-lock.json misses the optional dependency ${name}: npm 11 would refuse npm ci.`);
}
