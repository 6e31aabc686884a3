import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { MISHAPS, startUnsteadyProxy, type UnsteadyProxy } from '../../lab/unsteady-proxy.ts';

let registry: LabRegistry;
let proxy: UnsteadyProxy | undefined;
afterEach(async () => {
  await proxy?.close();
  await registry.close();
});

/** A proxy that does what it is told to each request: chance is the test's. */
async function startWith(...numbers: readonly number[]): Promise<string> {
  registry = await startRegistry();
  const left = [...numbers];
  proxy = await startUnsteadyProxy(registry.host, { share: 0.5, random: () => left.shift() ?? 1 });
  return `http://${proxy.host}`;
}

const pick = (name: (typeof MISHAPS)[number]): number => (MISHAPS.indexOf(name) - 0.5) / (MISHAPS.length - 1);

describe('an unsteady proxy', () => {
  it('passes requests and answers on as they are', async () => {
    const url = await startWith();
    const body = 'x'.repeat(100_000);
    const stored = await fetch(`${url}/v2/app/blobs/uploads/?digest=${digestOf(body)}`, { method: 'POST', body });
    expect(stored.status).toBe(201);
    expect(await (await fetch(`${url}/v2/app/blobs/${digestOf(body)}`)).text()).toBe(body);
    expect(proxy?.met).toEqual(new Map([['none', 2]]));
  });

  it.each([
    ['error', 503],
    ['busy', 429],
  ] as const)('answers in the place of the registry: %s', async (mishap, status) => {
    const url = await startWith(0, pick(mishap));
    expect((await fetch(`${url}/v2/`)).status).toBe(status);
    expect(registry.log.entries).toEqual([]);
  });

  it('loses the answer of what was done', async () => {
    const url = await startWith(0, pick('lost-answer'));
    await expect(
      fetch(`${url}/v2/app/blobs/uploads/?digest=${digestOf('z')}`, { method: 'POST', body: 'z' }),
    ).rejects.toThrow();
    expect(registry.hasBlob('app', digestOf('z'))).toBe(true);
  });

  it.each(['drop', 'cut'] as const)('breaks the connection: %s', async (mishap) => {
    const url = await startWith(0, pick(mishap));
    await expect(fetch(`${url}/v2/app/manifests/none`).then((answer) => answer.text())).rejects.toThrow();
  });
});
