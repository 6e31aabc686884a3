import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createIdentityToken } from '../../../src/host/actions/oidc.ts';
import { recordLog } from '../../promote/fake-ports.ts';

const NAMES = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'] as const;
const before = NAMES.map((name) => process.env[name]);

let server: Server;
let answers: readonly number[];
let asked: string[];

beforeEach(async () => {
  [answers, asked] = [[], []];
  server = createServer((request, response) => {
    const status = answers[asked.length] ?? 200;
    asked.push(`${request.url} ${request.headers.authorization}`);
    if (status === 0) return; // it never answers
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? { value: 'header.claims.signature' } : { message: 'no' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.ACTIONS_ID_TOKEN_REQUEST_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?v=1`;
  process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'request-token';
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const [i, name] of NAMES.entries()) {
    if (before[i] === undefined) delete process.env[name];
    else process.env[name] = before[i];
  }
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const QUICK = { answer: 200, delay: 1 };
const forever = new AbortController().signal;
const ask = (env: NodeJS.ProcessEnv = process.env, log = recordLog(), signal = forever) =>
  createIdentityToken(env, log, QUICK)?.(signal);

describe('the identity token of a job', () => {
  it('is asked of the runner for Sigstore, and masked before anybody sees it', async () => {
    const log = recordLog();
    expect(await ask(process.env, log)).toBe('header.claims.signature');
    expect(asked).toEqual(['/token?v=1&audience=sigstore Bearer request-token']);
    expect(log.lines).toEqual(['mask header.claims.signature']);
  });

  it('is another one each time it is asked for', async () => {
    const token = createIdentityToken(process.env, recordLog(), QUICK);
    await token?.(forever);
    await token?.(forever);
    expect(asked).toHaveLength(2);
  });

  it('comes from SIGSTORE_ID_TOKEN where that is set, and the runner is not asked', async () => {
    const log = recordLog();
    expect(await ask({ ...process.env, SIGSTORE_ID_TOKEN: ' other.token.here \n' }, log)).toBe('other.token.here');
    expect([asked, log.lines]).toEqual([[], ['mask other.token.here']]);
  });

  it('is not there without the permission', () => {
    expect(createIdentityToken({}, recordLog())).toBeUndefined();
    expect(createIdentityToken({ ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/?a' }, recordLog())).toBeUndefined();
  });

  it('is asked for again when the service fails in passing', async () => {
    answers = [503, 500, 200];
    expect(await ask()).toBe('header.claims.signature');
    expect(asked).toHaveLength(3);
  });

  it('that is refused is explained with the permission, and not asked for again', async () => {
    answers = [401];
    await expect(ask()).rejects.toMatchObject({
      code: 'IDENTITY_TOKEN',
      message: 'the token service of the runner answered 401',
      hint: expect.stringContaining('id-token: write'),
    });
    expect(asked).toHaveLength(1);
  });

  it('that never comes is told with what the service answered', async () => {
    answers = [500, 500, 500, 500, 500];
    await expect(ask()).rejects.toMatchObject({
      code: 'IDENTITY_TOKEN',
      message: 'the token service of the runner answered 500 after 4 tries',
      hint: expect.not.stringContaining('id-token: write'),
    });
  });

  it('is not waited for without an end: each try has its time', async () => {
    answers = [0, 0, 200];
    expect(await ask()).toBe('header.claims.signature');
    answers = [0, 0, 0, 0, 0, 0, 0, 0];
    await expect(ask()).rejects.toMatchObject({
      code: 'IDENTITY_TOKEN',
      message: 'the token service of the runner gave no token after 4 tries',
    });
  });

  it('is not waited for any longer when the run is ended from outside', async () => {
    answers = [0];
    const reason = new Error('cancelled');
    const ended = new AbortController();
    setTimeout(() => ended.abort(reason), 20);
    await expect(ask(process.env, recordLog(), ended.signal)).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });

  it('is none when an answer holds none', async () => {
    answers = [204];
    await expect(ask()).rejects.toMatchObject({ message: 'the token service of the runner answered 204' });
  });
});
