import { afterEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/base/error.ts';
import { parseRepository } from '../../../src/image/reference.ts';
import { refuseResponse, wrapFault } from '../../../src/registry/transport/failure.ts';
import type { RegistryRequest } from '../../../src/registry/transport/message.ts';
import { pullScope, pushScope } from '../../../src/registry/transport/scope.ts';
import { createRecordingClient } from '../recording-client.ts';
import { type Reply, type ScriptedRegistry, startScripted, unknown } from '../scripted-registry.ts';

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A request, and the answer a real server gave to it. */
async function exchange(reply: Reply, more: Partial<RegistryRequest> = {}) {
  const server = await startScripted({ 'GET /x': reply, 'HEAD /x': reply });
  open.push(server);
  const repository = parseRepository(`${server.host}/app`);
  const request: RegistryRequest = {
    ...{ purpose: 'read it', method: 'GET', repository, target: '/x?sig=s3cret', scopes: [pullScope(repository)] },
    ...more,
  };
  const { transport } = createRecordingClient({ retry: { attempts: 1 } }).client;
  return { host: server.host, repository, request, response: await transport.send(request) };
}

describe('refuseResponse', () => {
  it.each([
    [400, 'PROTOCOL'],
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [404, 'NOT_FOUND'],
    [408, 'UNAVAILABLE'],
    [413, 'TOO_LARGE'],
    [416, 'PROTOCOL'],
    [429, 'RATE_LIMITED'],
    [499, 'UNAVAILABLE'],
    [500, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
  ])('takes %d for %s', async (status, code) => {
    const { request, response } = await exchange(unknown('SOMETHING', status));
    expect(await refuseResponse(request, response)).toMatchObject({ code, status, method: 'GET' });
  });

  it('believes a registry that says TOOMANYREQUESTS under another status', async () => {
    const { request, response } = await exchange(unknown('TOOMANYREQUESTS', 403));
    expect(await refuseResponse(request, response)).toMatchObject({ code: 'RATE_LIMITED', status: 403 });
  });

  it('quotes the registry and the address, without its query', async () => {
    const { host, request, response } = await exchange(unknown('DENIED', 403, 'not yours'));
    const { message, url, diagnostics } = await refuseResponse(request, response);
    expect(message).toBe(`could not read it: ${host} answered 403 (DENIED: not yours) to GET http://${host}/x`);
    expect(url).toBe(`http://${host}/x`);
    expect(diagnostics).toEqual([{ code: 'DENIED', message: 'not yours' }]);
  });

  it.each([
    ['GET', '', 'without saying why'],
    ['HEAD', '<html>', 'without saying why'],
    ['GET', '<html>', 'with a page that is not from a registry'],
    ['GET', '{"errors":[]}', 'answered 500 to GET'],
  ] as const)('says of a %s answered with %j that it came %s', async (method, body, said) => {
    const { request, response } = await exchange({ status: 500, body }, { method });
    expect((await refuseResponse(request, response)).message).toContain(said);
  });

  it('keeps Retry-After', async () => {
    const { request, response } = await exchange({ status: 429, headers: { 'Retry-After': '17' } });
    expect(await refuseResponse(request, response)).toMatchObject({ retryAfter: '17' });
  });

  it('names in its hint the right that was asked for', async () => {
    const { request, response, repository } = await exchange(unknown('DENIED', 403));
    const known = { body: { kind: 'empty', diagnostics: [] } } as const;
    const pull = await refuseResponse(request, response, known);
    const push = await refuseResponse({ ...request, scopes: [pushScope(repository)] }, response, known);
    expect(pull.hint).toBe(`Give the account the right to pull in ${repository}.`);
    expect(push.hint).toBe(`Give the account the right to pull and push in ${repository}.`);
  });

  it('takes the word of a caller who knows more', async () => {
    const { request, response } = await exchange(unknown('MANIFEST_INVALID', 400));
    const error = await refuseResponse(request, response, { code: 'CONFLICT', hint: 'Look again.' });
    expect(error).toMatchObject({ code: 'CONFLICT', hint: 'Look again.', diagnostics: [{ code: 'MANIFEST_INVALID' }] });
  });
});

describe('wrapFault', () => {
  const repository = parseRepository('registry.test/app');
  const request: RegistryRequest = { purpose: 'read it', method: 'GET', repository, target: '/x', scopes: [] };
  const { signal } = new AbortController();

  it('keeps the fault as the cause of a registry that gave no answer', () => {
    const fault = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    expect(wrapFault(request, fault, signal)).toMatchObject({
      ...{ code: 'UNAVAILABLE', cause: fault, hint: expect.stringContaining('can be reached') },
      message: 'could not read it: registry.test gave no full answer',
    });
  });

  it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    'points at the certificate for %s, however deep it is',
    (code) => {
      const fault = new Error('fetch failed', { cause: Object.assign(new Error('tls'), { code }) });
      expect(wrapFault(request, fault, signal).hint).toContain('registries.ca');
    },
  );

  it('lets an error of ours through as it is', () => {
    const ours = new DomainError('OURS', 'known');
    expect(wrapFault(request, ours, signal)).toBe(ours);
  });

  it('calls everything cancelled once the run was', () => {
    const reason = new Error('stop');
    const error = wrapFault(request, new DomainError('OURS', 'known'), AbortSignal.abort(reason));
    expect(error).toMatchObject({ code: 'CANCELLED', cause: reason, message: 'could not read it: cancelled' });
  });
});
