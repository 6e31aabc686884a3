import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { escapePath, glob, isDynamicPattern } from 'tinyglobby';
import type { Problem } from '../base/error.ts';

/** What is looked for where nothing is named, and in a folder that is. */
export const DEFAULT_PATTERNS: readonly string[] = [
  '**/*.{yml,yaml}',
  '**/{Dockerfile,Containerfile}',
  '**/{Dockerfile,Containerfile}.*',
  '**/*.{Dockerfile,Containerfile,dockerfile,containerfile}',
];

/** Whatever is in there is not this workspace's own. */
const LEFT_OUT: readonly string[] = ['**/.git/**', '**/node_modules/**'];

/** Unless it is named: what GitHub itself reads is no workload, though a workflow may run in an image. */
const NOT_BY_DEFAULT = '.github/**';

/** The files that patterns name. */
export interface ListedFiles {
  /** From the root of the workspace, with slashes, sorted; each once. */
  readonly files: readonly string[];
  /** A pattern that names nothing, or something outside. */
  readonly problems: readonly Problem[];
}

/**
 * Lists the files of a workspace by globs, a line each; `!` before one leaves out what it names. Without any, all YAML
 * files, Dockerfiles and Containerfiles outside of `.github`. A folder stands for those in it. Links to folders are not followed, `.git` and
 * `node_modules` are left out, and nothing outside of the workspace is named.
 */
export async function listFiles(
  patterns: readonly string[],
  workspace: string,
  signal?: AbortSignal,
): Promise<ListedFiles> {
  const problems: Problem[] = [];
  const read = patterns.flatMap((pattern) => readPattern(pattern, workspace, problems));
  const excluded = read.filter(({ excludes }) => excludes).flatMap(({ pattern }) => [pattern, `${pattern}/**`]);
  const wanted = read.filter(({ excludes }) => !excludes).map(({ pattern }) => pattern);
  const find = (globs: readonly string[], ...leftOut: readonly string[]): Promise<string[]> =>
    glob(globs, {
      ...{ cwd: workspace, dot: true, expandDirectories: false, followSymbolicLinks: false },
      ignore: [...LEFT_OUT, ...leftOut, ...excluded],
      ...(signal === undefined ? {} : { signal }),
    });
  const files = new Set<string>();
  const add = (found: readonly string[]): void => {
    for (const file of found) files.add(file);
  };
  if (wanted.length === 0) {
    if (problems.length > 0) return { files: [], problems };
    add(await find(DEFAULT_PATTERNS, NOT_BY_DEFAULT));
    if (files.size === 0) problems.push(NOTHING);
  }
  // What is no pattern is looked for in one walk: a list of changed files may be long.
  const plain = wanted.filter((pattern) => !isDynamicPattern(pattern));
  const named = new Set(plain.length === 0 ? [] : await find(plain.map(escapePath)));
  add([...named]);
  for (const pattern of wanted) {
    if (named.has(pattern)) continue;
    const globs = await toGlobs(pattern, workspace, plain.includes(pattern));
    const matched = globs.length === 0 ? [] : await find(globs);
    // A name may hold what elsewhere means a pattern.
    const found = matched.length > 0 || plain.includes(pattern) ? matched : await find([escapePath(pattern)]);
    if (found.length === 0) problems.push(describeNothing(pattern));
    add(found);
  }
  return { files: [...files].map(toSlashes).sort(), problems };
}

const NOTHING: Problem = {
  where: 'input files',
  message: 'is empty, and the workspace has no YAML file, Dockerfile or Containerfile.',
  fix: 'Check that actions/checkout ran before this step, or name the files.',
};

function describeNothing(pattern: string): Problem {
  const message = `names ${JSON.stringify(pattern)}, which matches no file.`;
  return { where: 'input files', message, fix: 'Check the pattern, and that actions/checkout ran before this step.' };
}

function trimSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function readPattern(
  text: string,
  workspace: string,
  problems: Problem[],
): readonly { readonly pattern: string; readonly excludes: boolean }[] {
  const excludes = text.startsWith('!');
  const plain = toSlashes(excludes ? text.slice(1).trim() : text);
  const inside = isAbsolute(plain) ? toSlashes(relative(workspace, plain)) : plain;
  const pattern = trimSlashes(inside.replace(/^(?:\.\/+)+/, '')) || '.';
  if (isAbsolute(pattern) || pattern.split('/').includes('..')) {
    const message = `names ${JSON.stringify(text)}, which is outside of the workspace.`;
    problems.push({ where: 'input files', message, fix: 'Name files of the workspace, from its root.' });
    return [];
  }
  return [{ pattern, excludes }];
}

/** A folder stands for what would be looked for in it. */
async function toGlobs(pattern: string, workspace: string, isPlain: boolean): Promise<readonly string[]> {
  if (!isPlain) return [pattern];
  const isFolder = await stat(resolve(workspace, pattern)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [];
  return pattern === '.' ? DEFAULT_PATTERNS : DEFAULT_PATTERNS.map((each) => `${escapePath(pattern)}/${each}`);
}

function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** The path of what a file names from its own folder, from the root of the workspace; undefined for what is outside of it. */
export function resolveFrom(file: string, path: string): string | undefined {
  if (isAbsolute(path) || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const resolved = toSlashes(join(file, '..', path));
  return resolved === '..' || resolved.startsWith('../') ? undefined : resolved;
}

/** False for a file that one of these patterns leaves out, each as `!` has it. */
export async function isListed(file: string, excluded: readonly string[], workspace: string): Promise<boolean> {
  if (excluded.length === 0) return true;
  const patterns = excluded.flatMap((line) => readPattern(line, workspace, [])).map(({ pattern }) => pattern);
  const ignore = patterns.flatMap((pattern) => [pattern, `${pattern}/**`]);
  const options = { cwd: workspace, dot: true, expandDirectories: false, followSymbolicLinks: false };
  const [without, within] = await Promise.all([
    glob([escapePath(file)], options),
    glob([escapePath(file)], { ...options, ignore }),
  ]);
  // What is not there is no matter of patterns.
  return without.length === within.length;
}
