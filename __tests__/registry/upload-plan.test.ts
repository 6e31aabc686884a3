import { describe, expect, it } from '@jest/globals';
import { RegistryError } from '../../src/registry/error.ts';
import { UploadPlan } from '../../src/registry/upload-plan.ts';
import type { UploadSession } from '../../src/registry/upload-session.ts';

const MIB = 1024 * 1024;
const session = (minChunk = 0): UploadSession => ({ address: new URL('https://r.test/up'), minChunk });
const refusal = (status: number, method = 'PATCH') =>
  new RegistryError('TOO_LARGE', 'could not upload it: r.test answered', { status, method, hint: 'Raise the limit.' });

/** The lengths a blob is tried with by a registry that always answers 413. */
function listLengths(size: number, minChunk = 0): { lengths: number[]; end: unknown } {
  const plan = new UploadPlan(size);
  const lengths = [plan.chooseLength(session(minChunk))];
  try {
    while (plan.adapt(refusal(413))) lengths.push(plan.chooseLength(session(minChunk)));
    return { lengths, end: undefined };
  } catch (end) {
    return { lengths, end };
  }
}

describe('UploadPlan', () => {
  it('sends a blob whole, however large, where no chunks are asked for', () => {
    expect(new UploadPlan(100 * 1024 * MIB).chooseLength(session())).toBe(100 * 1024 * MIB);
  });

  it.each([
    ['the usual length where less is enough', 100 * MIB, 5 * MIB, 16 * MIB],
    ['the least length that is taken', 100 * MIB, 32 * MIB, 32 * MIB],
    ['the whole blob when it is shorter', 3 * MIB, 5 * MIB, 3 * MIB],
    ['the whole blob when the least length is absurd', 3 * MIB, 1e15 - 1, 3 * MIB],
  ])('sends chunks where they are asked for: %s', (_, size, minChunk, expected) => {
    expect(new UploadPlan(size).chooseLength(session(minChunk))).toBe(expected);
  });

  it('begins with a half, or 16 MiB, after a 413, and halves that on', () => {
    expect(listLengths(5000).lengths).toEqual([5000, 2500, 1250, 1024]);
    expect(listLengths(100 * MIB).lengths.slice(0, 3)).toEqual([100 * MIB, 16 * MIB, 8 * MIB]);
  });

  it.each([
    [5000, 2000, [5000, 2500, 2000]],
    [5000, 5000, [5000]],
    [1024, 0, [1024]],
  ])('goes no lower than a registry takes: %d bytes, at least %d', (size, minChunk, expected) => {
    const { lengths, end } = listLengths(size, minChunk);
    expect(lengths).toEqual(expected);
    expect(end).toMatchObject({ code: 'TOO_LARGE', hint: expect.stringContaining('Raise the limit.') });
    expect(end).toMatchObject({ message: expect.stringContaining(`${expected.at(-1)} bytes`), status: 413 });
  });

  it.each([405, 501])('sends the blob with the PUT after a %d to PATCH', (status) => {
    const plan = new UploadPlan(10);
    expect([plan.way, plan.adapt(refusal(status)), plan.way]).toEqual(['patch', true, 'put']);
  });

  it.each<[string, unknown]>([
    ['another status', refusal(400)],
    ['another method', refusal(413, 'PUT')],
    ['no answer', new RegistryError('UNAVAILABLE', 'gone', { method: 'PATCH' })],
    ['a fault of our own', new TypeError('x')],
  ])('knows no other way after %s', (_, fault) => {
    const plan = new UploadPlan(5000);
    plan.chooseLength(session());
    expect(plan.adapt(fault)).toBe(false);
    expect([plan.way, plan.chooseLength(session())]).toEqual(['patch', 5000]);
  });
});
