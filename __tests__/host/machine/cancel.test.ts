import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Cancel, CancelError, listenForCancel } from '../../../src/host/machine/cancel.ts';

let cancel: Cancel | undefined;
afterEach(() => cancel?.release());

describe('a run that is cancelled', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s is aborted with that as its reason', (name) => {
    cancel = listenForCancel();
    expect(cancel.signal.aborted).toBe(false);
    process.emit(name, name);
    expect(cancel.signal.reason).toBeInstanceOf(CancelError);
    expect(cancel.signal.reason).toMatchObject({ code: 'CANCELLED', message: `cancelled by ${name}` });
  });

  it('keeps its first reason', () => {
    cancel = listenForCancel();
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGTERM', 'SIGTERM');
    expect(cancel.signal.reason).toMatchObject({ message: 'cancelled by SIGINT' });
  });

  it('no longer listens once it is over', () => {
    const before = process.listenerCount('SIGTERM');
    cancel = listenForCancel();
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    cancel.release();
    expect(process.listenerCount('SIGTERM')).toBe(before);
    expect(cancel.signal.aborted).toBe(false);
  });
});

describe('a deadline', () => {
  it('aborts what is still under way, and says what to change', async () => {
    cancel = listenForCancel();
    cancel.setDeadline(5, '5ms');
    await sleep(30);
    expect(cancel.signal.reason).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('5ms'),
      hint: expect.stringContaining('timeout'),
    });
  });

  it('of more than the 24 days a timer can wait does not fire at once', async () => {
    cancel = listenForCancel();
    cancel.setDeadline(30 * 24 * 3_600_000, '30d');
    await sleep(30);
    expect(cancel.signal.aborted).toBe(false);
  });

  it('does not fire after the run is over', async () => {
    cancel = listenForCancel();
    cancel.setDeadline(5, '5ms');
    cancel.release();
    await sleep(30);
    expect(cancel.signal.aborted).toBe(false);
  });
});

describe('what is held', () => {
  const sent = (): void => void process.emit('SIGTERM', 'SIGTERM');

  it('is not cut by a cancel, which can be seen all the same', async () => {
    cancel = listenForCancel();
    const { signal, cut, hold } = cancel;
    const seen = await hold(async (given) => {
      sent();
      return [signal.aborted, cut.aborted, given === cut];
    });
    expect(seen).toEqual([true, false, true]);
    expect(cut.reason).toBe(signal.reason);
  });

  it('is cut when its time is up', async () => {
    cancel = listenForCancel(5);
    const { cut, hold } = cancel;
    await hold(async () => {
      sent();
      await sleep(50);
      expect(cut.reason).toMatchObject({ code: 'CANCELLED' });
    });
  });

  it('passes on what it throws, and is cut then', async () => {
    cancel = listenForCancel();
    const work = async (): Promise<never> => {
      sent();
      throw new Error('no');
    };
    await expect(cancel.hold(work)).rejects.toThrow('no');
    expect(cancel.cut.aborted).toBe(true);
  });

  it('is nothing when there is no cancel; one that comes later cuts at once', async () => {
    cancel = listenForCancel();
    await cancel.hold(async () => undefined);
    expect(cancel.cut.aborted).toBe(false);
    sent();
    expect(cancel.cut.aborted).toBe(true);
  });
});
