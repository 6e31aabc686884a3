import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { RegistryError } from '../../src/registry/error.ts';
import { isBroken, isWorthStartingOver, waitAfter } from '../../src/registry/upload-wait.ts';
import { createRecordingClient } from './recording-client.ts';

const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
const broken = new RegistryError('UNAVAILABLE', 'no full answer', { cause: reset, method: 'PATCH' });
const answered = (status: number, code?: string, method = 'PATCH') =>
  new RegistryError('PROTOCOL', `answered ${status}`, {
    ...{ status, method },
    diagnostics: code === undefined ? [] : [{ code, message: '' }],
  });

describe('isBroken', () => {
  it('tells a broken connection from an answer and from what asking again would repeat', () => {
    const refused = new RegistryError('UNAVAILABLE', 'no', { cause: new Error('unknown authority') });
    expect([broken, answered(503), refused, reset].map(isBroken)).toEqual([true, false, false, false]);
  });
});

describe('isWorthStartingOver', () => {
  it.each([
    ['a broken connection', broken],
    ['a 503', answered(503)],
    ['a session the registry does not know', answered(404, 'BLOB_UPLOAD_UNKNOWN')],
    ['a session ACR calls invalid', answered(400, 'BLOB_UPLOAD_INVALID')],
    ['a 404 without a word', answered(404)],
    ['a session out of step', answered(416)],
  ])('is true after %s', (_, fault) => {
    expect(isWorthStartingOver(fault)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['400', answered(400)],
    ['403', answered(403)],
    ['413', answered(413)],
    ['a repository that does not exist', answered(404, 'NAME_UNKNOWN')],
    ['a 404 to the first step', answered(404, undefined, 'POST')],
    ['a fault of our own', new TypeError('x')],
    ['another content', new RegistryError('DIGEST_MISMATCH', 'x', { status: 201, method: 'PUT' })],
  ])('is false after %s', (_, fault) => {
    expect(isWorthStartingOver(fault)).toBe(false);
  });
});

describe('waitAfter', () => {
  const repository = parseRepository('r.test/app');

  it('waits longer each time, and throws the fault when enough was tried', async () => {
    const { client, waits } = createRecordingClient();
    for (let count = 1; count < 5; count++) await waitAfter(client.transport, repository, count, broken);
    expect(waits).toEqual([500, 1000, 2000, 4000]);
    await expect(waitAfter(client.transport, repository, 5, broken)).rejects.toBe(broken);
  });

  it('does not wait for what is too far away', async () => {
    const { client, waits } = createRecordingClient();
    const busy = new RegistryError('RATE_LIMITED', 'busy', { status: 429, retryAfter: '3600' });
    await expect(waitAfter(client.transport, repository, 1, busy)).rejects.toBe(busy);
    expect(waits).toEqual([]);
  });

  it('ends as cancelled when it is cancelled meanwhile', async () => {
    const stopped = () => Promise.reject(new Error('stopped'));
    const { client } = createRecordingClient({ retry: { sleep: stopped } });
    await expect(waitAfter(client.transport, repository, 1, broken)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
