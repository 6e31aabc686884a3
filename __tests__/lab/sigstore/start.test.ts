import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../lab/process.ts';
import { type Sigstore, startSigstore } from '../../../lab/sigstore/sigstore.ts';

const BUNDLE = '/api/v2/trustBundle';
const started: Sigstore[] = [];
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-sigstore-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
  await rm(directory, { recursive: true, force: true });
});
const start = async (folder: string): Promise<Sigstore> => {
  const sigstore = await startSigstore(folder);
  started.push(sigstore);
  return sigstore;
};

describe('startSigstore', () => {
  it('lets several be at once, each with services of its own, and ends them', async () => {
    const all = await Promise.all(['one', 'two'].map((name) => start(join(directory, name))));
    const bundles = await Promise.all(all.map(async ({ fulcioUrl }) => (await fetch(`${fulcioUrl}${BUNDLE}`)).text()));
    expect(new Set(bundles).size).toBe(2);
    expect(await listProcessesIn(directory)).not.toEqual([]);
    await Promise.all(all.map((each) => each.close()));
    expect(await listProcessesIn(directory)).toEqual([]);
    await expect(fetch(`${all[0]?.fulcioUrl}${BUNDLE}`)).rejects.toThrow('fetch failed');
  }, 30_000);

  it('may be started again where another was', async () => {
    await (await start(directory)).close();
    expect(await (await start(directory)).rekor?.countEntries()).toBe(0);
  }, 30_000);

  it('leaves nothing running when a service does not start', async () => {
    const tools = process.env.PROMOTE_IMAGE_TOOLS;
    process.env.PROMOTE_IMAGE_TOOLS = directory;
    await expect(startSigstore(directory)).rejects.toThrow(/is not there: run "npm run tools"/);
    if (tools === undefined) delete process.env.PROMOTE_IMAGE_TOOLS;
    else process.env.PROMOTE_IMAGE_TOOLS = tools;
    expect(await listProcessesIn(directory)).toEqual([]);
  });

  it('ends with the process that started it, even when that is killed', async () => {
    const program = `
      import { type Sigstore, startSigstore } from ${JSON.stringify(join(import.meta.dirname, '../../../lab/sigstore/sigstore.ts'))};
      await startSigstore(${JSON.stringify(directory)});
      console.log('started');
      process.kill(process.pid, 'SIGKILL');`;
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', program]);
    expect(stdout).toBe('started\n');
    const end = Date.now() + 5000;
    while ((await listProcessesIn(directory)).length > 0 && Date.now() < end)
      await new Promise((go) => setTimeout(go, 20));
    expect(await listProcessesIn(directory)).toEqual([]);
  }, 30_000);
});

/** The processes that work in a folder or below it. */
async function listProcessesIn(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name));
  const places = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')));
  return places.filter((place) => place.startsWith(folder));
}
