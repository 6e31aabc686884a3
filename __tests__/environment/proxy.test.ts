import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../lab/certificate.ts';
import type { ProxyRefusal } from '../../lab/proxy.ts';
import { findTool } from '../../lab/tools.ts';
import { endOf, type Scene, setScene, success } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { BARE, complaintOf, createNetworks, seedDatabase } from './network.ts';

const LOGIN = { username: 'build', password: 'pa55:w@rd/%' };
const ROUTE = ['staging.test/dev/web:1', 'prod.test/prod/web:1'] as const;
const image = makeImage('fixed');
let scene: Scene;
const networks = createNetworks();

beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => Promise.all([scene?.close(), networks.close()]));

describe('behind a proxy with a login, a private authority and no name service', () => {
  it('a whole promotion goes through: tokens, storage elsewhere, database, tool, verification on loopback', async () => {
    const network = await networks.open({ login: LOGIN });
    const auth = { kind: 'bearer', username: 'ann', password: 'source-secret' } as const;
    const [staging, production, cdn] = await Promise.all([
      network.open('staging.test', { auth: { ...auth, realm: 'https://staging.test/token' } }),
      network.open('prod.test', { auth: { ...auth, password: 'target-secret', realm: 'https://prod.test/token' } }),
      network.open('cdn.test'),
      network.open('mirror.test').then(seedDatabase),
    ]);
    for (const registry of [staging, cdn]) registry.seed('dev/web', image, '1');
    const headers = { Location: 'https://cdn.test/v2/dev/web/blobs/' };
    for (const [digest] of image.contents) {
      const path = new RegExp(`/blobs/${digest}$`);
      staging.faults.push({ method: 'GET', path, status: 307, headers: { Location: headers.Location + digest } });
    }
    const tool = `#!/bin/sh\nexec '${findTool('cosign')}' "$@"\n`;
    const releases = await startReleases(tool, network.authority);
    network.proxy.routes['github.com:443'] = releases.host;
    network.proxy.routes['assets.test:443'] = releases.host;

    const [user, password] = [LOGIN.username, encodeURIComponent(LOGIN.password)];
    const step = await scene.promote(...ROUTE, {
      ...network.step,
      env: { HTTPS_PROXY: `http://${user}:${password}@${network.proxy.host}`, HTTP_PROXY: 'http://127.0.0.1:1' },
      inputs: {
        ...{ 'source-username': 'ann', 'source-password': 'source-secret' },
        ...{ 'target-username': 'ann', 'target-password': 'target-secret' },
        cosign: `9.9.9@sha256:${createHash('sha256').update(tool).digest('hex')}`,
      },
    });
    await releases.close();

    expect(endOf(step)).toEqual(success('promoted'));
    expect(production.digestOf('prod/web', '1')).toBe(image.root.digest);
    expect(network.proxy.asked()).toEqual(
      ['assets', 'cdn', 'github', 'mirror', 'prod', 'staging'].map(
        (name) => `CONNECT ${name === 'github' ? 'github.com' : `${name}.test`}:443`,
      ),
    );
    expect(releases.asked).toEqual([expect.stringContaining('github.com/sigstore/cosign/'), 'assets.test/cosign']);
    const carried = network.proxy.log.flatMap(({ headers }) => headers);
    expect(carried).not.toContain('authorization');
    expect(cdn.log.blobReads().length).toBe(2);
    expect(cdn.log.entries.filter(({ authorizationScheme }) => authorizationScheme !== undefined)).toEqual([]);
    expect(staging.log.entries.some(({ account }) => account === 'ann')).toBe(true);
    const shown = step.log.replace(/^::add-mask::.*$/gm, '') + step.summary;
    for (const secret of [LOGIN.password, password, Buffer.from(`${user}:${LOGIN.password}`).toString('base64')]) {
      expect(shown).not.toContain(secret);
      expect(step.log).toContain(`::add-mask::${secret.replaceAll('%', '%25')}`);
    }
  }, 120_000);

  it('a proxy reached by https is one too, if its certificate is trusted', async () => {
    const trusted = await networks.open({ isSecure: true });
    (await trusted.open('staging.test')).seed('dev/web', image, '1');
    await trusted.open('prod.test');
    expect(endOf(await scene.promote(...ROUTE, { ...trusted.step, inputs: BARE }))).toEqual(success('promoted'));
    expect(trusted.proxy.asked()).toEqual(['CONNECT prod.test:443', 'CONNECT staging.test:443']);

    const network = await networks.open({ tls: makeCertificate({ names: ['127.0.0.1'] }) });
    const step = await scene.promote(...ROUTE, { ...network.step, inputs: BARE });
    expect(complaintOf(step)).toMatch(/the proxy 127\.0\.0\.1:\d+ could not be reached: self-signed certificate/);
    expect(complaintOf(step)).toMatch(/certificate of the proxy 127\.0\.0\.1:\d+ is not trusted.*registries\.ca/);
    expect(network.proxy.log).toEqual([]);
  });
});

describe('NO_PROXY', () => {
  it.each([
    ['NO_PROXY', ' prod.test , mirror.test'],
    ['no_proxy', '.prod.test,PROD.TEST:443'],
  ])(
    'in %s lets a whole promotion ask those hosts directly, and the others through the proxy',
    async (name, value) => {
      const network = await networks.open();
      (await network.open('staging.test')).seed('dev/web', image, '1');
      const env = { ...network.step.env, [name]: value };
      const step = await scene.promote(...ROUTE, { ...network.step, env, inputs: BARE });
      expect(complaintOf(step)).toMatch(/prod\.test gave no full answer: getaddrinfo \w+ prod\.test/);
      expect(network.proxy.asked()).toEqual(['CONNECT staging.test:443']);
    },
    120_000,
  );
});

describe('a proxy that opens no connection', () => {
  const many = (refusal: ProxyRefusal): ProxyRefusal[] => Array.from({ length: 50 }, () => refusal);
  const cases: readonly [string, ProxyRefusal, number, RegExp, RegExp][] = [
    ['that wants a login', 407, 1, /answered 407/, /login of the proxy .* into HTTPS_PROXY/],
    ['that forbids it', 403, 1, /answered 403/, /may and can reach staging\.test:443, or name that host in NO_PROXY/],
    ['that finds no way', 502, 5, /answered 502/, /may and can reach staging\.test:443/],
    ['that is overloaded', 503, 5, /answered 503/, /may and can reach staging\.test:443/],
    ['that hangs up', 'hang-up', 5, /did not answer when asked/, /may and can reach staging\.test:443/],
  ];

  it.concurrent.each(cases)(
    '%s (%s) is asked %d times in all, then named with what to change, and nothing was written',
    async (_, refusal, times, said, hint) => {
      const network = await networks.open({ refusals: many(refusal) });
      const production = await network.open('prod.test');
      const step = await scene.promote('staging.test/dev/web:1', `${scene.databases.host}/prod/never:1`, {
        ...network.step,
        inputs: BARE,
      });
      expect(endOf(step)).toMatchObject({ code: 1, result: 'failed', refusals: [] });
      expect(complaintOf(step)).toMatch(new RegExp(`the proxy ${network.proxy.host} ${said.source}`));
      expect(complaintOf(step)).toMatch(hint);
      expect(network.proxy.log.map(({ target }) => target)).toEqual(Array(times).fill('staging.test:443'));
      expect(production.log.entries).toEqual([]);
      expect(scene.databases.log.find('PUT', /prod\/never/)).toEqual([]);
    },
    120_000,
  );

  it.concurrent.each([
    [
      'is not there',
      'http://127.0.0.1:1',
      'failed',
      /the proxy 127\.0\.0\.1:1 could not be reached.*Check HTTPS_PROXY/s,
    ],
    ['has a name nobody knows', 'proxy.invalid:3128', 'failed', /the proxy proxy\.invalid:3128 could not be reached/],
    [
      'is no address',
      'http://u:s3cret-9@[x',
      'failed',
      /Wrong use: variable HTTPS_PROXY: is not the address of a proxy/,
    ],
  ])(
    'because it %s is told',
    async (_, address, result, said) => {
      const step = await scene.promote(...ROUTE, { env: { HTTPS_PROXY: address }, inputs: BARE });
      expect(step.outputs.result).toBe(result);
      expect(complaintOf(step)).toMatch(said);
      expect(step.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('s3cret-9');
    },
    120_000,
  );
});

async function startReleases(file: string, authority: Parameters<typeof makeCertificate>[1]) {
  const asked: string[] = [];
  const tls = makeCertificate({ names: ['github.com', 'assets.test'] }, authority);
  const server = createServer(tls, ({ headers, url }, response) => {
    asked.push(`${headers.host}${url}`);
    if (headers.host === 'github.com') response.writeHead(302, { Location: 'https://assets.test/cosign' }).end();
    else response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
