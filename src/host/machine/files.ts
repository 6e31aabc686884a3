import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FileReader } from '../../base/action.ts';
import { isPullRequest } from '../../inputs/event.ts';
import { expandHome } from '../../tool/given-path.ts';
import { HostError } from './error.ts';

/** What the host tells of where files are. */
export interface WorkspaceContext {
  readonly workspace: string;
  readonly event: string;
  readonly home: string;
  /** The text of a file, by its path in the repository, in the base commit of the pull request; undefined when that commit does not have it. */
  readonly readBaseCommit: (path: string) => Promise<string | undefined>;
}

/** Reads the workspace; on a pull request, policies and what they name come from the base commit, which the pull request cannot have edited. */
export function createFileReader({ workspace, event, home, readBaseCommit }: WorkspaceContext): FileReader {
  const readText = async (path: string): Promise<string | undefined> => {
    try {
      return await readFile(resolve(workspace, path), 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw new HostError('FILE_UNREADABLE', `${path} is there and cannot be read: ${message}`, { cause: error });
    }
  };
  const readReviewed = async (path: string): Promise<string | undefined> => {
    const text = await readText(path);
    if (text !== undefined) await refuseWayOut(workspace, path);
    return text;
  };
  const isExecutable = (path: string): Promise<boolean> => isExecutableFile(resolve(workspace, expandHome(path, home)));
  if (!isPullRequest(event)) return { readText, readPolicy: readReviewed, isExecutable };
  return {
    readText,
    isExecutable,
    readPolicy: (path) => readBaseCommit(isAbsolute(path) ? relative(workspace, path) : path),
  };
}

/** A link in a checkout may not lead out of it: nobody reviewed what is there. A path that names another place itself is the workflow's own word. */
async function refuseWayOut(workspace: string, path: string): Promise<void> {
  const isInside = (folder: string, file: string): boolean => file.startsWith(join(folder, sep));
  const file = resolve(workspace, path);
  if (!isInside(resolve(workspace), file) || isInside(await realpath(workspace), await realpath(file))) return;
  throw new HostError('FILE_UNREADABLE', `${path} is a link that leads out of the workspace`);
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
