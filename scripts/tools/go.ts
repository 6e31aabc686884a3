import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type RunResult, run } from '../../lab/process.ts';
import type { GoRecipe } from './recipes.ts';

/** What a build needs of its surroundings; `env` is the user's, whose Go settings are kept. */
export interface GoContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onStderr: (text: string) => void;
}

const SIZE_FLAGS = '-s -w';
/** Given as flags, not as GOFLAGS, so that the user's own GOFLAGS stay. */
const BUILD_FLAGS = ['-buildvcs=false'];

/** Builds a tool through the Go module proxy into `output`, using `directory` for what comes in between. */
export async function buildWithGo(recipe: GoRecipe, output: string, directory: string, context: GoContext) {
  const { go, version } = recipe;
  const env = goEnvironment(context.env, go.kind === 'module' ? go.env : undefined);
  if (go.kind === 'install') {
    const bin = join(directory, 'bin');
    await mkdir(bin, { recursive: true });
    const args = ['install', ...BUILD_FLAGS, `-ldflags=${SIZE_FLAGS}`, `${go.package}@v${version}`];
    await runGo(args, { ...context, env: { ...env, GOBIN: bin }, cwd: directory });
    const [built = basename(go.package)] = await readdir(bin);
    return await rename(join(bin, built), output);
  }
  const cwd =
    go.kind === 'module' ? await downloadModule(go.module, version, { ...context, env, directory }) : go.directory;
  const ldflags = go.kind === 'module' && go.ldflags !== undefined ? `${SIZE_FLAGS} ${go.ldflags}` : SIZE_FLAGS;
  const tags = go.kind === 'checkout' && go.tags !== undefined ? [`-tags=${go.tags}`] : [];
  const args = ['build', ...BUILD_FLAGS, '-mod=readonly', ...tags, `-ldflags=${ldflags}`, '-o', output, go.package];
  await runGo(args, { ...context, env, cwd });
}

/** True when there is a Go to build with. */
export async function hasGo(context: GoContext): Promise<boolean> {
  try {
    const result = await run('go', ['version'], { env: context.env, signal: context.signal });
    return result.code === 0;
  } catch {
    context.signal.throwIfAborted();
    return false;
  }
}

/** The user's Go settings, but for what would build for another machine, into another place or from another workspace. */
function goEnvironment(
  user: Readonly<Record<string, string | undefined>>,
  recipe: Readonly<Record<string, string>> = {},
): Record<string, string | undefined> {
  const { GOOS: _os, GOARCH: _arch, GOBIN: _bin, ...env } = user;
  const unchecked = [env.GONOSUMDB, recipe.GONOSUMDB].filter(Boolean).join(',');
  return {
    ...env,
    ...recipe,
    CGO_ENABLED: '0',
    GO111MODULE: 'on',
    GOWORK: 'off',
    ...(unchecked !== '' && { GONOSUMDB: unchecked }),
  };
}

type Placed = GoContext & { readonly cwd: string };

async function downloadModule(
  module: string,
  version: string,
  { directory, ...context }: GoContext & { readonly directory: string },
): Promise<string> {
  const args = ['mod', 'download', '-json', `${module}@v${version}`];
  const { stdout } = await runGo(args, { ...context, cwd: directory });
  const { Dir: found } = JSON.parse(stdout) as { Dir?: string };
  if (found === undefined) throw new Error(`go mod download said no directory for ${module}@v${version}`);
  return found;
}

async function runGo(args: readonly string[], { env, cwd, signal, onStderr }: Placed): Promise<RunResult> {
  const result = await run('go', args, { env, cwd, signal, onStderr });
  if (result.code === 0) return result;
  const said = `${result.stderr}\n${result.stdout}`.trim().split('\n');
  const telling = said.filter((line) => !line.startsWith('go: downloading ')).slice(-15);
  throw new Error(`go ${args[0]} ended with ${result.code}:\n${telling.map((line) => `  ${line}`).join('\n')}`);
}
