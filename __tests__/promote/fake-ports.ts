import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';
import type { Command, Exec, Log } from '../../src/base/ports.ts';
import type { PromotePorts } from '../../src/promote/ports.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

/** A log that keeps what it was told, each line with its level in front. */
export interface RecordedLog extends Log {
  readonly lines: string[];
}

export function recordLog(): RecordedLog {
  const lines: string[] = [];
  return {
    lines,
    debug: () => undefined,
    info: (message) => void lines.push(`info ${message}`),
    warning: (message) => void lines.push(`warning ${message}`),
    group: (title, body) => {
      lines.push(`group ${title}`);
      return body();
    },
    mask: (secret) => void lines.push(`mask ${secret}`),
  };
}

/** Ports whose clock, clients, log and commands are the test's own; nothing of the environment. */
export interface FakePorts extends PromotePorts {
  readonly log: RecordedLog;
  /** What was run, in order. */
  readonly commands: Command[];
  readonly cancel: AbortController;
  close(): Promise<void>;
}

export const NOW = new Date('2026-11-21T10:00:00.000Z');

export async function openPorts(changes: Partial<Omit<PromotePorts, 'log'>> = {}): Promise<FakePorts> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'promote-test-'));
  const log = recordLog();
  const cancel = new AbortController();
  const commands: Command[] = [];
  const exec: Exec = async (command, signal) => {
    commands.push(command);
    const { file, args, cwd, env, input } = command;
    const result = await run(file, args, { cwd, env, ...(input === undefined ? {} : { input }), signal });
    return { ...result, signal: null };
  };
  const open = () => createRecordingClient({ log, signal: cancel.signal }).client;
  const clients = { source: open(), target: open(), databases: open() };
  return {
    ...{ log, cancel, commands, exec, workDirectory, ...clients },
    clock: () => NOW,
    cache: { find: async () => undefined, keep: async () => undefined },
    provideTool: async (name) => ({
      ...{ name, version: '0.0.0', path: findTool(name), provenance: 'path' },
      ...{ sha256: 'ab'.repeat(32), trustedAsGiven: true },
    }),
    keyEnv: {},
    networkEnv: {},
    run: {},
    signal: cancel.signal,
    hold: (work) => work(cancel.signal),
    ...changes,
    async close() {
      await Promise.all(Object.values(clients).map((client) => client.close()));
      await rm(workDirectory, { recursive: true, force: true });
    },
  };
}
