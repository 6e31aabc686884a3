import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep } from '../../lab/runner.ts';

const DIST = join(import.meta.dirname, '../../dist');
const IMAGE = buildImage();
/** Neither scans nor signs, has no policy, and writes no job summary. */
const PLAIN = { scan: 'off', sign: 'false', attest: 'false', summary: 'false' };

/** Run before the bundle: writes down, at its end, what of `dist/` and of Node was loaded. */
const WITNESS = `
  import { registerHooks } from 'node:module';
  import { writeFileSync } from 'node:fs';
  const files = [];
  registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) });
  process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify({ files, builtins: process.moduleLoadList })));`;

let registry: LabRegistry;
let room: string;
beforeAll(async () => {
  registry = await startRegistry();
  room = await mkdtemp(join(tmpdir(), 'start-up-'));
  await pushImage(registry.host, 'dev/app', '1', IMAGE);
});
afterAll(async () => {
  await registry.close();
  await rm(room, { recursive: true, force: true });
});

interface Loaded {
  /** Of `dist/`, in the order of their names. */
  readonly files: readonly string[];
  /** Parts of Node, by the names it has for them. */
  readonly builtins: readonly string[];
}

async function watch(
  name: string,
  promote: (env: Record<string, string>, tag: string) => Promise<number | null>,
): Promise<Loaded> {
  const file = join(room, `${name}.json`);
  const hook = `--import=data:text/javascript,${encodeURIComponent(WITNESS)}`;
  expect(await promote({ NODE_OPTIONS: hook, LOADED: file }, `${registry.host}/prod/${name}:1`)).toBe(0);
  expect(registry.digestOf(`prod/${name}`, '1')).toBe(IMAGE.root.digest);
  const { files, builtins } = JSON.parse(await readFile(file, 'utf8')) as Loaded;
  const paths = files.filter((url) => url.startsWith('file:')).map((url) => relative(DIST, fileURLToPath(url)));
  return {
    files: paths.map((path) => path.replaceAll(sep, '/')).sort(),
    builtins: builtins.map((builtin) => builtin.replace(/^NativeModule /, '')),
  };
}

const source = (): string => `${registry.host}/dev/app:1`;
const asStep = (): Promise<Loaded> =>
  watch('step', async (env, target) => {
    const { code, remove } = await runStep({ inputs: { source: source(), target, ...PLAIN }, env });
    await remove();
    return code;
  });
const asCommand = (): Promise<Loaded> =>
  watch('command', async (env, target) => {
    const flags = Object.entries({ source: source(), target, ...PLAIN }).flatMap(([name, value]) => [
      `--${name}`,
      value,
    ]);
    const { PATH } = process.env;
    const { code } = await run(process.execPath, [join(DIST, 'cli.js'), 'promote', ...flags], {
      cwd: room,
      env: { PATH, HOME: room, ...env },
    });
    return code;
  });

/** What every promotion needs; the schemas, YAML, archives, certificates and GitHub's API lie in other files. */
const START = ['shared/engine.js', 'shared/promote.js', 'shared/rolldown-runtime.js', 'shared/undici.js'];

describe('a promotion that neither scans nor signs, without a policy', () => {
  it('loads, as a step of a job, what it needs and no more', async () => {
    const { files } = await asStep();
    expect(files).toEqual([...['promote.js', 'shared/core.js', 'shared/run.js'], ...START].sort());
  });

  it('loads the same as a command, and of Node nothing that it does not use', async () => {
    const { files, builtins } = await asCommand();
    // The bundler puts a door of one line before what is imported when it is asked for.
    expect(files.filter((path) => !/^shared\/action\d*\.js$/.test(path))).toEqual(['cli.js', ...START].sort());
    expect(builtins).toEqual(expect.arrayContaining(['net', 'http', 'crypto']));
    // An import of node:http alone would bring a second undici, that of Node itself.
    const heavy = /^(?:internal\/deps\/undici\/.*|http2|https|tls|child_process|zlib|sqlite)$/;
    expect(builtins.filter((name) => heavy.test(name))).toEqual([]);
  });
});
