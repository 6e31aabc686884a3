import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import type { FileReader } from '../../promote/policy-files.ts';
import { isPullRequest } from '../../promote/request.ts';
import { expandHome } from '../../tool/given-path.ts';
import { readFromBaseCommit } from './base-commit.ts';
import { HostError } from './error.ts';

/** What the host tells of where files are. */
export interface WorkspaceContext {
  readonly workspace: string;
  readonly event: string;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
}

/** Reads the workspace; on a pull request, policies and what they name come from the base commit, which the pull request cannot have edited. */
export function createFileReader({ workspace, event, env, token }: WorkspaceContext): FileReader {
  const readText = async (path: string): Promise<string | undefined> => {
    try {
      return await readFile(resolve(workspace, path), 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw new HostError('FILE_UNREADABLE', `${path} is there and cannot be read: ${message}`, { cause: error });
    }
  };
  const isExecutable = (path: string): Promise<boolean> =>
    isExecutableFile(resolve(workspace, expandHome(path, env.HOME ?? homedir())));
  if (!isPullRequest(event)) return { readText, readPolicy: readText, isExecutable };
  return {
    readText,
    isExecutable,
    readPolicy: (path) => {
      const inRepository = isAbsolute(path) ? relative(workspace, path) : path;
      return readFromBaseCommit(inRepository, { workspace, env, token });
    },
  };
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
