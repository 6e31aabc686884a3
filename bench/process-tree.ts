import { readFile } from 'node:fs/promises';

/** What the kernel has counted for one process so far. */
interface Seen {
  readonly name: string;
  readonly peakMb: number;
}

/** The peak memory of a process and of every program below it, looked at again and again until `stop`. */
export interface TreeWatch {
  stop(): Promise<{ readonly peakMb: number; readonly childrenMb: Record<string, number> }>;
}

const PAUSE_MS = 40;

/** Watches the tree below the only child of `parent`, which is the process that is measured. Empty where there is no /proc. */
export function watchTree(parent: number): TreeWatch {
  const seen = new Map<number, Seen>();
  let root: number | undefined;
  let isDone = false;
  const look = async (): Promise<void> => {
    root ??= (await listChildren(parent))[0];
    if (root !== undefined) await lookAt(root, seen);
  };
  const watching = (async () => {
    while (!isDone) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })();
  return {
    async stop() {
      isDone = true;
      await watching;
      const childrenMb: Record<string, number> = {};
      for (const [pid, { name, peakMb }] of seen) {
        if (pid !== root) childrenMb[name] = Math.max(childrenMb[name] ?? 0, peakMb);
      }
      return { peakMb: root === undefined ? 0 : (seen.get(root)?.peakMb ?? 0), childrenMb };
    },
  };
}

async function lookAt(pid: number, seen: Map<number, Seen>): Promise<void> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, name = ''] = /^Name:\s+(.+)$/m.exec(status) ?? [];
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kilobytes !== undefined) seen.set(pid, { name, peakMb: Math.round(Number(kilobytes) / 102.4) / 10 });
  for (const child of await listChildren(pid)) await lookAt(child, seen);
}

/** Go starts processes from any of its threads, but files them all under the first that is alive: this is it for what we run. */
async function listChildren(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}
