import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { ReadContext } from '../../src/base/action.ts';
import { createFileReader } from '../../src/host/machine/files.ts';
import type { PinOutcome } from '../../src/pin/outcome.ts';
import { pin } from '../../src/pin/pin.ts';
import type { PinPorts } from '../../src/pin/ports.ts';
import { type PinRequest, readPinRequest } from '../../src/pin/request.ts';
import { NOW } from '../check/check-room.ts';
import { type GitRoom, openGitRoom } from '../git/git-room.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

type Inputs = Readonly<Record<string, string>>;

/** A repository with workload files, a registry, and pin between them. */
export interface PinRoom extends GitRoom {
  readonly registry: LabRegistry;
  /** Pushes another image to a tag; its digest. */
  push(repository: string, tag: string): Promise<string>;
  read(inputs?: Inputs, context?: Partial<ReadContext>): Promise<PinRequest>;
  pin(inputs?: Inputs, ports?: Partial<PinPorts>): Promise<PinOutcome>;
  /** The text of a file of the workspace. */
  text(file: string): Promise<string>;
}

let built = 0;

/** Makes them; `HOST` in a file is the registry. What only scanning and signing need is not there. */
export async function openPinRoom(files: Inputs): Promise<PinRoom> {
  const registry = await startRegistry();
  const filled = Object.entries(files).map(([name, text]) => [name, text.replaceAll('HOST', registry.host)] as const);
  const git = await openGitRoom(Object.fromEntries(filled));
  const { client } = createRecordingClient();
  const reader = createFileReader({
    ...{ workspace: git.workspace, event: 'push', home: '/home' },
    readBaseCommit: async () => undefined,
  });
  const context: ReadContext = {
    workspace: git.workspace,
    event: 'push',
    env: {},
    files: reader,
    hasPullRequests: true,
  };
  const fill = (inputs: Inputs) =>
    Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, text.replaceAll('HOST', registry.host)]));
  const read: PinRoom['read'] = (inputs = {}, more = {}) => readPinRequest(fill(inputs), { ...context, ...more });
  const log = {
    ...{ debug: () => undefined, info: () => undefined, warning: () => undefined, mask: () => undefined },
    group: <T>(_title: string, body: () => Promise<T>) => body(),
  };
  const known: Partial<PinPorts> = {
    ...git.ports,
    ...{ log, clock: () => NOW, registry: client, run: {}, workDirectory: git.home },
    hold: (work) => work(git.ports.signal),
  };
  return {
    ...{ ...git, registry, read },
    push: (repository, tag) =>
      pushImage(registry.host, repository, tag, buildImage({ labels: { built: String(built++) } })),
    pin: async (inputs, ports) => pin(await read(inputs), { ...known, ...ports } as PinPorts),
    text: (file) => readFile(join(git.workspace, file), 'utf8'),
    remove: async () => {
      await Promise.all([client.close(), registry.close(), git.remove()]);
    },
  };
}
