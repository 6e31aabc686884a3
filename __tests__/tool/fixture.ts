import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { run } from '../../lab/process.ts';
import type { ArchiveCache, Exec, Log } from '../../src/base/ports.ts';

/** A temporary directory, removed by `remove`. */
export async function makeDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'promote-image-tool-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A local HTTP server that counts what it was asked for. */
export async function startHttp(listener: RequestListener) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, requests, stop };
}

/** A log whose warnings and other lines can be looked at. */
export function makeLog(): Log & { readonly warnings: string[]; readonly lines: string[] } {
  const warnings: string[] = [];
  const lines: string[] = [];
  return {
    warnings,
    lines,
    debug: (message) => void lines.push(message),
    info: (message) => void lines.push(message),
    warning: (message) => void warnings.push(message),
    mask: () => {},
    group: (_title, body) => body(),
  };
}

/** A cache on disk that anyone may write to, as on a self-hosted runner. */
export function makeCache(directory: string): ArchiveCache & { pathOf(name: string, version: string): string } {
  const kept = new Set<string>();
  const pathOf = (name: string, version: string) => join(directory, `${name}-${version}`);
  return {
    pathOf,
    find: async (name, version) => (kept.has(pathOf(name, version)) ? pathOf(name, version) : undefined),
    keep: async (name, version, file) => {
      await copyFile(file, pathOf(name, version));
      kept.add(pathOf(name, version));
    },
  };
}

/** Runs real processes, as a host would. */
export const realExec: Exec = async ({ file, args, cwd, env }, signal) => ({
  ...(await run(file, args, { cwd, env, signal })),
  signal: null,
});

/** A small executable that prints what it is told. */
export async function writeScript(file: string, output: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' '${output}'\n`);
  await chmod(file, 0o755);
  return file;
}

/** A gzipped tar of these entries, and its checksum. */
export async function writeTar(file: string, directory: string, entries: readonly string[]): Promise<string> {
  await create({ file, cwd: directory, gzip: true }, [...entries]);
  return file;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
