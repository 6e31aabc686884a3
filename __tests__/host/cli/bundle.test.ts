import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../../lab/process.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The bundler as it is configured, in a process of its own, and what went into which chunk. */
const SCRIPT = `
  import { rolldown } from 'rolldown';
  import config from './rolldown.config.js';
  const { output, plugins, ...options } = config;
  const bundle = await rolldown({ ...options, logLevel: 'silent' });
  const { dir, cleanDir, ...settings } = output;
  const made = await bundle.generate(settings);
  await bundle.close();
  const chunks = made.output.filter(({ type }) => type === 'chunk');
  console.log(JSON.stringify(chunks.map(({ fileName, imports, dynamicImports, modules }) => ({
    fileName,
    imports: [...imports, ...dynamicImports],
    modules: Object.keys(modules),
  }))));
`;

interface Chunk {
  readonly fileName: string;
  readonly imports: readonly string[];
  readonly modules: readonly string[];
}

let chunks: readonly Chunk[];
beforeAll(async () => {
  const { code, stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', SCRIPT], { cwd: ROOT });
  if (code !== 0) throw new Error(stderr);
  chunks = JSON.parse(stdout) as Chunk[];
}, 60_000);

/** The packages in a bundle and in every chunk that it may ever load. */
function packagesOf(entry: string): string[] {
  const seen = new Set<Chunk>();
  const visit = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (chunk === undefined || seen.has(chunk)) return;
    seen.add(chunk);
    chunk.imports.forEach(visit);
  };
  visit(`${entry}.js`);
  const modules = [...seen].flatMap((chunk) => chunk.modules);
  return [...new Set(modules.flatMap((id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []))];
}

const ofGitHub = (name: string): boolean => name.startsWith('@actions/') || name.startsWith('@octokit/');

describe('the bundle', () => {
  it('of the command line loads no code of GitHub Actions, now or later', () => {
    const packages = packagesOf('cli');
    expect(packages.filter(ofGitHub)).toEqual([]);
    expect(packages).toEqual(expect.arrayContaining(['undici', 'zod', 'yaml']));
  });

  it.each(['promote', 'verify'])('of the action %s does, so that the test above looks at something', (entry) => {
    expect(packagesOf(entry)).toEqual(expect.arrayContaining(['@actions/core', '@octokit/core', 'undici']));
  });
});
