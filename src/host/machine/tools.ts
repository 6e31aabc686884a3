import { homedir } from 'node:os';
import type { ArchiveCache, Log } from '../../base/ports.ts';
import { createDownloadAgent } from '../../registry/transport/dispatcher.ts';
import type { ProxySettings } from '../../registry/transport/proxy.ts';
import { parseToolInput } from '../../tool/request.ts';
import { runCommand } from './exec.ts';
import type { HostPorts } from './ports.ts';

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** What providing tools needs of the host. */
export interface ToolContext {
  readonly env: NodeJS.ProcessEnv;
  readonly cache: ArchiveCache;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly proxy: ProxySettings;
  /** Certificates in PEM, trusted besides the usual ones. */
  readonly ca: string | undefined;
}

/** Provides tools for this machine, downloaded by the same way as images, and trusting the same authorities. */
export function createToolProvider({ env, cache, log, signal, proxy, ca }: ToolContext): HostPorts['provideTool'] {
  return async (name, wanted, directory) => {
    const [{ installTool }, { downloadTo }] = await Promise.all([
      import('../../tool/install.ts'),
      import('../../tool/download.ts'),
    ]);
    return installTool(parseToolInput(name, wanted), {
      ...{ cache, log, signal, directory },
      platform: process.platform,
      arch: process.arch,
      home: env.HOME ?? homedir(),
      exec: runCommand,
      download: async (url, file) => {
        const dispatcher = createDownloadAgent({ proxy, ca });
        try {
          await downloadTo(url, file, { dispatcher, signal, timeoutMs: DOWNLOAD_TIMEOUT_MS });
        } finally {
          await dispatcher.destroy();
        }
      },
    });
  };
}
