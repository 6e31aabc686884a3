import { type ServerProcess, startServer } from '../process.ts';
import { findTool, type LabTool } from '../tools.ts';
import { findFreePorts } from './loopback.ts';

/** One of Sigstore's own servers, running. */
export interface Service {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  close(): Promise<void>;
}

/** How one is started: it gets `ports` ports of its own and answers `health` on the first. */
export interface ServiceRecipe {
  readonly tool: LabTool;
  readonly ports: number;
  readonly args: (ports: readonly number[]) => readonly string[];
  /** A path that is answered with 200 when it is ready. */
  readonly health: string;
  /** Where it runs and keeps what it writes. */
  readonly directory: string;
}

/** Starts it and waits until it is ready; on other ports when another process was quicker to take one of them. */
export async function startService({ tool, ports: count, args, health, directory }: ServiceRecipe): Promise<Service> {
  for (let attempt = 1; ; attempt++) {
    const ports = await findFreePorts(count);
    const url = `http://127.0.0.1:${ports[0]}`;
    // Still running afterwards: what answered on that port may have been another process.
    const isReady = async (server: ServerProcess) =>
      server.isRunning() && (await isHealthy(`${url}${health}`)) && server.isRunning();
    try {
      const options = { cwd: directory, env: { HOME: directory, TMPDIR: directory } };
      const server = await startServer(findTool(tool), args(ports), isReady, options);
      return { url, close: server.stop };
    } catch (error) {
      if (attempt === 3 || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // not listening yet
  }
}
