import { access, constants, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runTogether } from '../base/concurrency.ts';
import type { Exec } from '../base/ports.ts';
import { hashFile } from './checksum.ts';
import { ToolError } from './error.ts';
import { type ToolName, versionArguments } from './known-tools.ts';

/** An executable the user named: its checksum is for the record, nothing vouches for it. */
export interface GivenTool {
  readonly path: string;
  readonly sha256: string;
  /** What it says of itself; `unknown` when it does not say. */
  readonly version: string;
}

const VERSION_TIMEOUT_MS = 30_000;

/**
 * Looks at the executable at `path` (`~/` means `home`) and asks it for its version, in `directory` and with an
 * environment that holds nothing of the user's. Throws NOT_EXECUTABLE when it is not a file that can be run.
 */
export async function inspectGivenPath(
  name: ToolName,
  given: string,
  context: { readonly home: string; readonly directory: string; readonly exec: Exec; readonly signal: AbortSignal },
): Promise<GivenTool> {
  const path = resolve(expandHome(given, context.home));
  await assertExecutable(name, path);
  const [sha256, version] = await runTogether(context.signal, (signal) => [
    hashFile(path, signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw notExecutable(name, path, 'cannot be read, and the record needs its checksum', cause);
    }),
    askVersion(name, path, { ...context, signal }),
  ]);
  return { path, sha256, version };
}

/** A path with a leading `~` as the shell would read it. */
export function expandHome(path: string, home: string): string {
  return /^~(?=[/\\]|$)/.test(path) ? join(home, path.slice(1)) : path;
}

async function assertExecutable(name: ToolName, path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw notExecutable(name, path, 'does not exist or cannot be looked at', cause);
  });
  if (!found.isFile()) throw notExecutable(name, path, 'is not a file');
  await access(path, constants.X_OK).catch((cause: unknown) => {
    throw notExecutable(name, path, 'is not executable', cause);
  });
}

async function askVersion(
  name: ToolName,
  path: string,
  context: { readonly directory: string; readonly exec: Exec; readonly signal: AbortSignal },
): Promise<string> {
  const { directory, signal } = context;
  const command = { file: path, args: versionArguments(name), cwd: directory, env: { HOME: directory } };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(VERSION_TIMEOUT_MS)]);
  const result = await context.exec(command, limit).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw notExecutable(name, path, 'could not be started', cause);
  });
  signal.throwIfAborted();
  const said = /^[ \t]*(?:Git)?Version:\s*v?([0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.+-]{0,64})[ \t\r]*$/m.exec(
    result.stdout,
  )?.[1];
  return result.code === 0 && said !== undefined ? said : 'unknown';
}

function notExecutable(name: ToolName, path: string, why: string, cause?: unknown): ToolError {
  return new ToolError('NOT_EXECUTABLE', `${name}: ${path} ${why}`, {
    ...(cause === undefined ? {} : { cause }),
    hint: `Give the input ${name} the path of an executable for this machine, or leave it empty for the pinned version.`,
  });
}
