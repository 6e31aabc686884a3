import { describe, expect, it } from '@jest/globals';
import { withHostLimits } from '../../../src/registry/transport/host-limiter.ts';
import type { Response } from '../../../src/registry/transport/message.ts';

interface Pending {
  readonly path: string;
  answer(status: number, headers?: Record<string, string>): void;
  fail(): void;
}

/** A limiter before a host that answers only when the test says so, on a clock that only the test moves. */
function start(connections = 8) {
  const pending: Pending[] = [];
  const sleeping: { until: number; wake: () => void }[] = [];
  const clock = { now: 0, slept: [] as number[] };
  const cancel = new AbortController();
  const policy = {
    maxDelay: 90_000,
    deadline: 300_000,
    now: () => clock.now,
    sleep: (milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((wake, fail) => {
        clock.slept.push(milliseconds);
        sleeping.push({ until: clock.now + milliseconds, wake });
        signal.addEventListener('abort', () => fail(signal.reason));
      }),
  };
  const send = withHostLimits(
    (request) =>
      new Promise((resolve, reject) => {
        pending.push({
          path: request.url.pathname,
          answer: (status, headers = {}) => resolve({ status, headers, url: request.url } as unknown as Response),
          fail: () => reject(new Error('broken')),
        });
      }),
    { connections, policy, signal: cancel.signal },
  );
  const ask = (path: string, host = 'a.test') =>
    send({ method: 'GET', url: new URL(`https://${host}${path}`), headers: {} });
  const askMany = (count: number) => Array.from({ length: count }, (_, index) => ask(`/${index}`).catch(() => {}));
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Takes the requests that are under way, to be answered. */
  const take = async () => {
    await settle();
    return pending.splice(0);
  };
  const advance = async (milliseconds: number) => {
    clock.now += milliseconds;
    for (const sleeper of sleeping.filter(({ until }) => until <= clock.now)) {
      sleeping.splice(sleeping.indexOf(sleeper), 1);
      sleeper.wake();
    }
    await settle();
  };
  return { ask, askMany, take, advance, cancel, clock };
}

async function answerAll(pending: readonly Pending[], status = 200): Promise<void> {
  for (const { answer } of pending) answer(status);
  await new Promise((resolve) => setImmediate(resolve));
}

describe('a host', () => {
  it('gets as many requests at once as it has connections, the rest in order', async () => {
    const { askMany, take } = start();
    askMany(20);
    const first = await take();
    expect(first.map(({ path }) => path)).toEqual(['/0', '/1', '/2', '/3', '/4', '/5', '/6', '/7']);
    first[0]?.answer(200);
    expect((await take()).map(({ path }) => path)).toEqual(['/8']);
  });

  it('gets half of it after each round in which it said 429, and one at least', async () => {
    const { askMany, take } = start();
    askMany(40);
    const sizes: number[] = [];
    for (let round = 0; round < 5; round++) {
      const together = await take();
      sizes.push(together.length);
      await answerAll(together, 429);
    }
    expect(sizes).toEqual([8, 4, 2, 1, 1]);
  });

  it('is given one more after four full rounds of answers, up to what it began with', async () => {
    const { askMany, take } = start(4);
    askMany(60);
    await answerAll(await take(), 429);
    const sizes: number[] = [];
    for (let round = 0; round < 13; round++) {
      const together = await take();
      sizes.push(together.length);
      await answerAll(together);
    }
    expect(sizes).toEqual([2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]);
  });

  it.each([500, 503])('is given nothing back for a %d, nor anything taken away', async (status) => {
    const { askMany, take } = start(4);
    askMany(40);
    await answerAll(await take(), 429);
    for (let round = 0; round < 8; round++) await answerAll(await take(), status);
    expect(await take()).toHaveLength(2);
  });

  it('does not slow another one down', async () => {
    const { ask, askMany, take } = start(1);
    askMany(2);
    ask('/other', 'b.test').catch(() => {});
    ask('/port', 'a.test:444').catch(() => {});
    const under = await take();
    expect(under.map(({ path }) => path)).toEqual(['/0', '/other', '/port']);
    under[0]?.answer(429, { 'retry-after': '9' });
    ask('/again', 'b.test').catch(() => {});
    under[1]?.answer(200);
    expect((await take()).map(({ path }) => path)).toEqual(['/again']);
  });
});

describe('a host that asks to wait', () => {
  it.each([
    [429, '7', 7000],
    [503, '2.5', 2500],
    [429, '250', 90_000],
  ])('with %d and Retry-After %s is let alone by all, for %d ms', async (status, asked, delay) => {
    const { askMany, take, advance, clock } = start(2);
    askMany(3);
    (await take())[0]?.answer(status, { 'retry-after': asked });
    expect(await take()).toEqual([]);
    expect(clock.slept).toEqual([delay]);
    await advance(delay - 1);
    expect(await take()).toEqual([]);
    await advance(1);
    expect(await take()).toHaveLength(0);
  });

  it('is asked again from that moment on', async () => {
    const { askMany, take, advance } = start(1);
    askMany(2);
    (await take())[0]?.answer(429, { 'retry-after': '7' });
    expect(await take()).toEqual([]);
    await advance(7000);
    expect((await take()).map(({ path }) => path)).toEqual(['/1']);
  });

  it('is waited for longer when it asks for more meanwhile', async () => {
    const { askMany, take, advance } = start(2);
    askMany(4);
    const [one, two] = await take();
    one?.answer(429, { 'retry-after': '5' });
    await take();
    await advance(2000);
    two?.answer(429, { 'retry-after': '5' });
    await take();
    await advance(3000);
    expect(await take()).toEqual([]);
    await advance(2000);
    expect(await take()).toHaveLength(1);
  });

  it('for longer than any request is given keeps nobody waiting: each is to be told', async () => {
    const { askMany, take, clock } = start(1);
    askMany(2);
    (await take())[0]?.answer(429, { 'retry-after': '3600' });
    expect(await take()).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});

describe('a place in the row', () => {
  it('is given back by a request that fails', async () => {
    const { askMany, take } = start(1);
    askMany(2);
    (await take())[0]?.fail();
    expect((await take()).map(({ path }) => path)).toEqual(['/1']);
  });

  it('is free again for a request that an answer gives rise to, before its body was read', async () => {
    const { ask, take } = start(1);
    const renewed = ask('/blob').then(() => ask('/token'));
    (await take())[0]?.answer(401);
    (await take())[0]?.answer(200);
    expect(await renewed).toMatchObject({ status: 200 });
  });

  it.each(['in the row', 'for the time a host asked for'])(
    'is given up by who waits %s when all is cancelled',
    async (what) => {
      const { ask, take, cancel } = start(1);
      const first = ask('/0');
      const waiting = ask('/1');
      const [under] = await take();
      if (what !== 'in the row') {
        under?.answer(429, { 'retry-after': '60' });
        await first;
      }
      cancel.abort(new Error('stop'));
      await expect(waiting).rejects.toThrow('stop');
      await expect(ask('/2')).rejects.toThrow('stop');
    },
  );
});
