import type { ReadContext } from '../../src/base/action.ts';
import { check } from '../../src/check/check.ts';
import type { CheckOutcome } from '../../src/check/outcome.ts';
import type { CheckPorts } from '../../src/check/ports.ts';
import { type CheckRequest, readCheckRequest } from '../../src/check/request.ts';
import { createFileReader } from '../../src/host/machine/files.ts';
import { makeWorkspace, type Workspace } from '../workload/workspace.ts';

/** A workspace, and the check in it, without any registry. */
export interface CheckRoom extends Workspace {
  read(inputs?: Readonly<Record<string, string>>): Promise<CheckRequest>;
  check(inputs?: Readonly<Record<string, string>>, ports?: Partial<CheckPorts>): Promise<CheckOutcome>;
}

export const NOW = new Date('2026-11-21T12:00:00Z');

/** What a check may use that asks no registry; everything else fails. */
export function makePorts(ports: Partial<CheckPorts> = {}): CheckPorts {
  const log = {
    ...{ debug: () => undefined, info: () => undefined, warning: () => undefined, mask: () => undefined },
    group: <T>(_title: string, body: () => Promise<T>) => body(),
  };
  const open = { log, clock: () => NOW, signal: new AbortController().signal, ...ports };
  return new Proxy(open as CheckPorts, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`a check of files alone asked for ${String(name)}`);
    },
  });
}

/** Makes a workspace with these files. */
export async function openCheckRoom(files: Readonly<Record<string, string>> = {}): Promise<CheckRoom> {
  const workspace = await makeWorkspace(files);
  const context: ReadContext = {
    ...{ workspace: workspace.directory, event: 'push', env: {} },
    files: createFileReader({
      ...{ workspace: workspace.directory, event: 'push', home: '/home' },
      readBaseCommit: async () => undefined,
    }),
  };
  const inputsOf = (inputs: Readonly<Record<string, string>>) => ({ timeout: '1m', ...inputs });
  const read = (inputs: Readonly<Record<string, string>> = {}) => readCheckRequest(inputsOf(inputs), context);
  return { ...workspace, read, check: async (inputs, ports) => check(await read(inputs), makePorts(ports)) };
}

/** Each finding as `file:line rule`. */
export function placesOf({ findings }: Pick<CheckOutcome, 'findings'>): string[] {
  return findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}
