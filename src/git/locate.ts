import { realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { GitError } from './error.ts';

/** Where files of a workspace are in the repository that has them. */
export interface LocatedFiles {
  readonly root: string;
  /** From the root of the repository, by the name the workspace has for it. */
  readonly paths: ReadonlyMap<string, string>;
  /** True where the repository is the workspace, or within it: the user named it. */
  readonly isInside: boolean;
}

/** Finds the one repository that has these files: the workspace itself, one around it, or one that was checked out into a folder of it. */
export async function locateFiles(workspace: string, files: readonly string[]): Promise<LocatedFiles> {
  const base = realpathSync(resolve(workspace));
  const known = new Map<string, string | undefined>();
  const found = files.map((file) => {
    const real = realpathSync(join(base, file));
    return { file, real, root: findRoot(dirname(real), known) };
  });
  const roots = new Set(found.length === 0 ? [findRoot(base, known)] : found.map(({ root }) => root));
  const [root] = roots;
  if (root === undefined || roots.has(undefined)) {
    const missing = found.find((each) => each.root === undefined)?.file ?? 'the workspace';
    throw new GitError('NO_REPOSITORY', `${missing} is in no git repository`, {
      hint: 'Check the repository out with actions/checkout before this step.',
    });
  }
  if (roots.size > 1) {
    const names = [...roots].map((each) => relative(base, each ?? '') || '.').join(', ');
    throw new GitError('NO_REPOSITORY', `the files are in ${roots.size} git repositories: ${names}`, {
      hint: 'Name the files of one repository in files, and use a step for each repository.',
    });
  }
  const paths = new Map(found.map(({ file, real }) => [file, relative(root, real).split(sep).join('/')]));
  return { root, paths, isInside: root === base || root.startsWith(join(base, sep)) };
}

/** The nearest folder upwards with `.git` in it, which is a file in a submodule and in a linked work tree. */
function findRoot(folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = dirname(folder);
  const isRoot = statSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined;
  const root = isRoot ? folder : parent === folder ? undefined : findRoot(parent, known);
  known.set(folder, root);
  return root;
}
