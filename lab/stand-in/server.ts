import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Call, CallResult } from './call.ts';
import { runCosign } from './cosign.ts';
import { runTrivy } from './trivy.ts';

/** Stand-ins that live in this process, for promotions that run in another: to start Node for each call takes longer than all of its work. */
export interface StandInServer {
  /** Writes a script that a promotion takes for the tool. `before` runs first, in the shell that the promotion started. */
  writeTool(path: string, tool: 'cosign' | 'trivy', before?: string): Promise<void>;
  close(): Promise<void>;
}

const TOOLS = { cosign: runCosign, trivy: runTrivy } as const;

/** Starts it on the loopback interface. */
export async function startStandIns(): Promise<StandInServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A promotion that is killed hangs up.
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const parsed = parseCall(text);
      if (parsed === undefined) return;
      const fail = (error: unknown): CallResult => ({ code: 70, stdout: '', stderr: `${String(error)}\n` });
      void TOOLS[parsed.tool as keyof typeof TOOLS](parsed.call)
        .catch(fail)
        .then((result) => socket.end(toShell(result)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    writeTool: (path, tool, before = '') => writeFile(path, makeScript(port, tool, before), { mode: 0o755 }),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends its arguments and variables, each with a NUL behind it, and does what comes back. */
function makeScript(port: number, tool: string, before: string): string {
  return `#!/bin/bash
${before}exec 3<>/dev/tcp/127.0.0.1/${port}
{ printf '%s\\0' ${tool} "$#" "$@"; env -0; printf '\\0'; } >&3
IFS= read -r -d '' reply <&3
eval "$reply"
`;
}

/** One call, as a script sends it; undefined until all of it is there. */
function parseCall(text: string): { readonly tool: string; readonly call: Call } | undefined {
  const [tool = '', count = '0', ...rest] = text.split('\0');
  const variables = rest.slice(Number(count));
  if (variables.length < 3 || !text.endsWith('\0\0')) return undefined;
  const env = variables.slice(0, -2).map((line) => {
    const equals = line.indexOf('=');
    return [line.slice(0, equals), line.slice(equals + 1)] as const;
  });
  return { tool, call: { args: rest.slice(0, Number(count)), env: Object.fromEntries(env) } };
}

/** The source of a script that ends as the call did. */
function toShell({ code, stdout, stderr }: CallResult): string {
  return `printf %s ${quote(stdout)}; printf %s ${quote(stderr)} >&2; exit ${code}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
