import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { LinkOptions, Moved } from './link.ts';

/** A link that runs in another process. */
export interface RemoteLink {
  /** `127.0.0.1:PORT`, the near end. */
  readonly host: string;
  /** What went through it up to now. */
  read(): Promise<Moved & { readonly connections: number }>;
  close(): Promise<void>;
}

/** A process of its own for links, so that they do not share a thread with who measures. */
export interface LinkProcess {
  open(options: LinkOptions): Promise<RemoteLink>;
  /** Ends it, and every link in it. */
  close(): Promise<void>;
}

/** What is asked of the process, and what it answers under the same number. */
export type LinkRequest = { readonly id: number } & (
  | { readonly open: LinkOptions }
  | { readonly read: number }
  | { readonly close: number }
);
export interface LinkAnswer {
  readonly id: number;
  readonly link?: number;
  readonly host?: string;
  readonly moved?: Moved & { readonly connections: number };
  readonly error?: string;
}

type Question = LinkRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never;

/** Starts the process. It ends with ours, however that ends. */
export async function startLinkProcess(): Promise<LinkProcess> {
  const child = fork(join(import.meta.dirname, 'link-worker.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  await once(child, 'message');
  prefer(child);
  const ask = makeAsk(child);
  return {
    async open(options) {
      const { link = 0, host = '' } = await ask({ open: options });
      return {
        host,
        async read() {
          const { moved } = await ask({ read: link });
          return moved ?? { there: 0, back: 0, connections: 0 };
        },
        async close() {
          await ask({ close: link });
        },
      };
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** A network does not wait for a busy processor; where we may not say so, it does. */
function prefer({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_HIGH);
  } catch {
    // only root may
  }
}

function makeAsk(child: ChildProcess): (question: Question) => Promise<LinkAnswer> {
  const open = new Map<number, PromiseWithResolvers<LinkAnswer>>();
  let serial = 0;
  child.on('message', (message) => {
    const answer = message as LinkAnswer;
    const asked = open.get(answer.id);
    open.delete(answer.id);
    if (answer.error === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`the link process could not do it: ${answer.error}`));
  });
  child.on('exit', (code) => {
    for (const { reject } of open.values()) reject(new Error(`the link process ended with ${code}`));
    open.clear();
  });
  return (question) => {
    const asked = Promise.withResolvers<LinkAnswer>();
    const id = ++serial;
    open.set(id, asked);
    child.send({ id, ...question }, (error) => error && asked.reject(error));
    return asked.promise;
  };
}
