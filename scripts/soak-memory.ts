import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps the peak resident memory of a process in `memory.peak`, in MB, as the kernel counts it, until the process ends. */
export async function watchMemory(pid: number, memory: { peak: number }): Promise<void> {
  for (;;) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    if (kilobytes === undefined) return;
    memory.peak = Math.max(memory.peak, Math.round(Number(kilobytes) / 1024));
    await sleep(50);
  }
}
