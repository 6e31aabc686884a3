import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabTool, toolPath } from '../../lab/tools.ts';
import { takeDebianProgram } from './debian.ts';
import { buildWithGo, type GoContext, hasGo } from './go.ts';
import { withLock } from './lock.ts';
import { type DebianRecipe, type GoRecipe, RECIPES, type Recipe } from './recipes.ts';
import { takeRelease } from './release.ts';
import { hashSource, isProvided, PLATFORM, placeTool } from './stamp.ts';

export interface ProvideContext {
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told what goes on, a line at a time. */
  readonly say: (line: string) => void;
  /** Between two signs of life during a build; default 15 s. */
  readonly tickMs?: number;
}

/** A tool that is there, ready to run. */
export interface ProvidedTool {
  readonly name: LabTool;
  readonly version: string;
  readonly path: string;
}

const TEMPORARY = '.tmp-';

/**
 * Provides these tools in `directory`: what is there and unchanged stays, the rest is downloaded (checked) or built with
 * Go. Two runs at once wait for each other. Throws one error that names every tool that could not be had.
 */
export async function provideTools(
  names: readonly LabTool[],
  context: ProvideContext,
): Promise<readonly ProvidedTool[]> {
  const { directory, say, signal } = context;
  const wanted = RECIPES.filter((recipe) => names.includes(recipe.name));
  await mkdir(directory, { recursive: true });
  if ((await findMissing(wanted, directory)).length > 0) {
    const onWait = () => say('waiting for another run that is providing tools');
    await withLock(join(directory, '.lock'), { signal, onWait }, async () => {
      await removeLeftovers(directory);
      await provideMissing(await findMissing(wanted, directory), context);
    });
  }
  const order = wanted.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  return order.map(({ name, version }) => ({ name, version, path: toolPath(name, directory) }));
}

async function findMissing(recipes: readonly Recipe[], directory: string): Promise<Recipe[]> {
  const there = await Promise.all(
    recipes.map(async (recipe) =>
      isProvided(toolPath(recipe.name, directory), recipe.version, await findSource(recipe)),
    ),
  );
  return recipes.filter((_, i) => there[i] !== true);
}

async function provideMissing(missing: readonly Recipe[], context: ProvideContext): Promise<void> {
  const failures: string[] = [];
  const needGo: string[] = [];
  const canBuild = await hasGo({ ...context, onStderr: () => {} });
  for (const recipe of missing) {
    const title = `${recipe.name} ${recipe.version}`;
    const temporary = await mkdtemp(join(context.directory, TEMPORARY));
    try {
      if (!(await provideOne(recipe, temporary, canBuild, context))) needGo.push(title);
    } catch (error) {
      context.signal.throwIfAborted();
      failures.push(`${title}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  if (needGo.length > 0) {
    failures.push(
      `Go is needed to build ${needGo.join(', ')}, and there is no "go" on the PATH: get Go 1.26 or newer from https://go.dev/dl/`,
    );
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** False when only Go could provide it and there is none. */
async function provideOne(
  recipe: Recipe,
  temporary: string,
  canBuild: boolean,
  context: ProvideContext,
): Promise<boolean> {
  const { name, version } = recipe;
  const built = join(temporary, `${name}.built`);
  const isDebian = 'debian' in recipe;
  const from = isDebian ? 'debian' : (await tryRelease(recipe, built, temporary, context)) ? 'release' : 'go';
  if (from === 'go' && !canBuild) return false;
  if (isDebian) await takeFromDebian(recipe, built, temporary, context);
  else if (from === 'go') await build(recipe, built, temporary, context);
  const source = await findSource(recipe);
  await placeTool(built, toolPath(name, context.directory), { name, version, source, platform: PLATFORM, from });
  return true;
}

async function findSource(recipe: Recipe): Promise<string | undefined> {
  return 'go' in recipe && recipe.go.kind === 'checkout' ? hashSource(recipe.go.directory) : undefined;
}

async function takeFromDebian({ debian }: DebianRecipe, built: string, temporary: string, context: ProvideContext) {
  const say = (line: string) => context.say(`${debian.package} ${debian.version}: ${line}`);
  say('taking its Debian package');
  await takeDebianProgram(debian, built, join(temporary, 'debian'), { ...context, say });
  say('downloaded, checksum right');
}

async function tryRelease(
  recipe: GoRecipe,
  built: string,
  temporary: string,
  context: ProvideContext,
): Promise<boolean> {
  if (recipe.release === undefined) return false;
  const { say, signal } = context;
  say(`${recipe.name} ${recipe.version}: trying its release`);
  const why = await takeRelease(recipe.release, built, join(temporary, 'release'), signal);
  say(`${recipe.name} ${recipe.version}: ${why === undefined ? 'downloaded, checksum right' : `no release: ${why}`}`);
  return why === undefined;
}

async function build(recipe: GoRecipe, built: string, temporary: string, context: ProvideContext): Promise<void> {
  const { name, version, seconds } = recipe;
  const { say, tickMs = 15_000 } = context;
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  let modules = 0;
  const onStderr: GoContext['onStderr'] = (text) => {
    modules += text.split('go: downloading ').length - 1;
  };
  say(`${name} ${version}: building with Go (about ${seconds} s on two cores, a few seconds when Go has it cached)`);
  const tick = setInterval(() => say(`${name}: ${elapsed()}, ${modules} modules downloaded`), tickMs);
  try {
    await buildWithGo(recipe, built, temporary, { ...context, onStderr });
  } finally {
    clearInterval(tick);
  }
  say(`${name} ${version}: built in ${elapsed()}`);
}

async function removeLeftovers(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(TEMPORARY)) await rm(join(directory, name), { recursive: true, force: true });
  }
}
