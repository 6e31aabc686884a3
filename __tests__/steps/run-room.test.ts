import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clearRunRoom, openRunRoom } from '../../src/steps/run-room.ts';
import { recordLog } from '../promote/fake-ports.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'run-room-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the room of a run', () => {
  it('is its own, and leaves its results and nothing else', async () => {
    const [one, other] = [await openRunRoom(directory), await openRunRoom(directory)];
    expect(one.room).not.toBe(other.room);
    await writeFile(join(one.room, 'a key'), '');
    await writeFile(join(one.results, 'plan.json'), '{}');
    await clearRunRoom(one, recordLog());
    expect([await readdir(one.room), await readdir(one.results)]).toEqual([['results'], ['plan.json']]);
  });

  it('that is gone already changes nothing in how the run ended', async () => {
    const log = recordLog();
    const room = await openRunRoom(directory);
    await rm(room.room, { recursive: true });
    await clearRunRoom(room, log);
    expect(log.lines).toEqual([expect.stringMatching(/^warning .* could not be emptied/)]);
  });
});
