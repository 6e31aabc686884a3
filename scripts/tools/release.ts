import { mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { EnvHttpProxyAgent } from 'undici';
import { run } from '../../lab/process.ts';
import { describeError } from '../../src/base/error.ts';
import type { ArchiveCache, Exec, Log } from '../../src/base/ports.ts';
import { downloadTo } from '../../src/tool/download.ts';
import { ToolError } from '../../src/tool/error.ts';
import { installTool } from '../../src/tool/install.ts';
import type { ToolName } from '../../src/tool/known-tools.ts';
import { parseToolInput } from '../../src/tool/request.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 10 * 60_000;

/**
 * Puts the pinned, checked release of a tool at `output`, the way the product does it. Returns why not when the release
 * cannot be reached or does not exist for this machine; throws when it can and is not what it should be.
 */
export async function takeRelease(
  name: ToolName,
  output: string,
  directory: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  await mkdir(directory, { recursive: true });
  try {
    const { path } = await installTool(parseToolInput(name, ''), {
      platform: process.platform,
      arch: process.arch,
      home: homedir(),
      directory,
      cache: NO_CACHE,
      download: (url, file) => downloadTo(url, file, { dispatcher, signal, timeoutMs: TIMEOUT_MS, attempts: 1 }),
      exec,
      log: SILENT,
      signal,
    });
    await rename(path, output);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const isAbsent = error instanceof ToolError && ['DOWNLOAD_FAILED', 'UNSUPPORTED_PLATFORM'].includes(error.code);
    if (isAbsent) return describeError(error.cause ?? error);
    throw error;
  } finally {
    await dispatcher.destroy();
  }
}

const NO_CACHE: ArchiveCache = { find: async () => undefined, keep: async () => {} };

const SILENT: Log = {
  debug() {},
  info() {},
  warning() {},
  mask() {},
  group: (_title, body) => body(),
};

const exec: Exec = async ({ file, args, cwd, env, input }, signal) => ({
  ...(await run(file, args, { cwd, env, signal, ...(input !== undefined && { input }) })),
  signal: null,
});
