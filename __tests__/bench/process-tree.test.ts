import { describe, expect, it } from '@jest/globals';
import { type TreeWatch, watchTree } from '../../bench/process-tree.ts';
import { run } from '../../lab/process.ts';

const SCRIPT = `const held = Buffer.alloc(80_000_000, 1);
require('node:child_process').spawnSync('sleep', ['0.5']);
console.log(held.length);`;

describe('a watch over a tree of processes', () => {
  it('tells the peak memory of the one that is measured, and of each program below it', async () => {
    const watches: TreeWatch[] = [];
    const onStart = (pid: number): void => void watches.push(watchTree(pid));
    await run('/bin/sh', ['-c', `'${process.execPath}' -e "$SCRIPT"; :`], {
      env: { SCRIPT, PATH: process.env.PATH },
      onStart,
    });
    const seen = await watches[0]?.stop();
    expect(seen?.peakMb).toBeGreaterThan(80);
    expect(seen?.peakMb).toBeLessThan(300);
    expect(Object.keys(seen?.childrenMb ?? {})).toEqual(['sleep']);
    expect(seen?.childrenMb.sleep).toBeLessThan(20);
  });

  it('has seen nothing of a process that is gone', async () => {
    const watches: TreeWatch[] = [];
    await run('/bin/sh', ['-c', ':'], { onStart: (pid) => void watches.push(watchTree(pid)) });
    expect(await watches[0]?.stop()).toEqual({ peakMb: 0, childrenMb: {} });
  });
});
