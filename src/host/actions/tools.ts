import { homedir } from 'node:os';
import { EnvHttpProxyAgent } from 'undici';
import type { ArchiveCache, Log } from '../../base/ports.ts';
import type { PromotePorts } from '../../promote/ports.ts';
import { downloadTo } from '../../tool/download.ts';
import { installTool } from '../../tool/install.ts';
import { parseToolInput } from '../../tool/request.ts';
import { runCommand } from './exec.ts';

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** What providing tools needs of the host. */
export interface ToolContext {
  readonly env: NodeJS.ProcessEnv;
  readonly cache: ArchiveCache;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Provides tools for this machine, downloads through the proxy of the environment. */
export function createToolProvider({ env, cache, log, signal }: ToolContext): PromotePorts['provideTool'] {
  return (name, wanted, directory) =>
    installTool(parseToolInput(name, wanted), {
      ...{ cache, log, signal, directory },
      platform: process.platform,
      arch: process.arch,
      home: env.HOME ?? homedir(),
      exec: runCommand,
      download: (url, file) =>
        downloadTo(url, file, { dispatcher: new EnvHttpProxyAgent(), signal, timeoutMs: DOWNLOAD_TIMEOUT_MS }),
    });
}
