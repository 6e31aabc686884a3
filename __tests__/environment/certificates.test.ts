import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Certificate, makeAuthority, makeCertificate } from '../../lab/certificate.ts';
import { endOf, type Scene, setScene, success } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { BARE, complaintOf, createNetworks, type Network, seedDatabase } from './network.ts';

const ROUTE = ['staging.test/dev/web:1', 'prod.test/prod/web:1'] as const;
const DAY = 24 * 60 * 60 * 1000;
const image = makeImage('fixed');
let scene: Scene;
const networks = createNetworks();

beforeAll(async () => {
  scene = await setScene('stand-in');
});
afterAll(() => Promise.all([scene?.close(), networks.close()]));

/** A network whose source shows another certificate than one of its authority. */
async function openWith(make: (authority: Certificate) => Certificate): Promise<Network> {
  const network = await networks.open();
  const source = await network.open('staging.test', { tls: make(network.authority) });
  source.seed('dev/web', image, '1');
  await network.open('prod.test');
  return network;
}

const openUsual = () => openWith((authority) => makeCertificate({ names: ['staging.test'] }, authority));

describe('a private authority', () => {
  it('in NODE_EXTRA_CA_CERTS is trusted by all of a promotion, without a word in the policy', async () => {
    const network = await openUsual();
    seedDatabase(await network.open('mirror.test'));
    const file = join(await scene.makeDirectory(), 'ca.pem');
    await writeFile(file, network.authority.cert);
    const { registries: _, ...policy } = network.step.policy;
    const env = { ...network.step.env, NODE_EXTRA_CA_CERTS: file };
    expect(endOf(await scene.promote(...ROUTE, { policy, env }))).toEqual(success('promoted'));
  }, 120_000);

  it('in the policy may be one of several, in files of any line end, with words around them', async () => {
    const network = await openUsual();
    const others = ['One', 'Two'].map((name) => makeAuthority(name).cert);
    const text = `# Our own\n${others.join('\nand then\n')}\n# The one that counts\n${network.authority.cert}`;
    const step = await scene.promote(...ROUTE, {
      ...network.step,
      policy: { ...network.step.policy, registries: { ca: ['ca/old.pem', 'ca/all.pem'] } },
      files: { 'ca/old.pem': others[0] ?? '', 'ca/all.pem': `\ufeff${text.replaceAll('\n', '\r\n')}` },
      inputs: BARE,
    });
    expect(endOf(step)).toEqual(success('promoted'));
  }, 120_000);

  it.each([
    ['holds none', 'hello', /names ca\.pem in registries\.ca, which holds no certificate in PEM/],
    ['holds a key', makeAuthority('x').key, /holds no certificate in PEM/],
    ['is cut off', makeAuthority('x').cert.slice(0, 200), /holds a certificate that cannot be read/],
    ['is garbled', makeAuthority('x').cert.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'), /that cannot be read/],
  ])('whose file %s is wrong use, before anything is asked', async (_, text, said) => {
    const network = await openUsual();
    const step = await scene.promote(...ROUTE, { ...network.step, files: { 'ca.pem': text }, inputs: BARE });
    expect(step.code).toBe(2);
    expect(complaintOf(step)).toMatch(said);
    expect(network.proxy.log).toEqual([]);
  });
});

describe('a certificate', () => {
  const past = { notBefore: new Date(Date.now() - 2 * DAY), notAfter: new Date(Date.now() - DAY) };
  const future = { notBefore: new Date(Date.now() + DAY), notAfter: new Date(Date.now() + 2 * DAY) };
  const names = ['staging.test'];
  it.concurrent.each<[string, (authority: Certificate) => Certificate, RegExp]>([
    ['of an authority nobody knows', () => makeCertificate({ names }, makeAuthority('x')), /registries\.ca/],
    ['signed by itself', () => makeCertificate({ names }), /self-signed certificate.*registries\.ca/s],
    ['that has expired', (a) => makeCertificate({ names, ...past }, a), /has expired.*renewed/s],
    ['of tomorrow', (a) => makeCertificate({ names, ...future }, a), /not yet valid.*clock/s],
    ['for another name', (a) => makeCertificate({ names: ['other.test'] }, a), /DNS:other\.test.*for other names/s],
  ])('%s ends the promotion, and is told', async (_, make, said) => {
    const network = await openWith(make);
    const step = await scene.promote(...ROUTE, { ...network.step, inputs: BARE });
    expect(endOf(step)).toMatchObject({ code: 1, result: 'failed' });
    expect(complaintOf(step)).toMatch(/staging\.test gave no full answer/);
    expect(complaintOf(step)).toMatch(said);
  });

  it('is not looked at for the host that is named insecure, and only for that host', async () => {
    const network = await openWith(() => makeCertificate({ names: ['other.test'], ...past }));
    const run = (insecure: string) =>
      scene.promote(...ROUTE, {
        ...network.step,
        policy: { ...network.step.policy, registries: { ca: 'ca.pem', insecure: [insecure] } },
        inputs: BARE,
      });
    expect(complaintOf(await run('prod.test'))).toMatch(/staging\.test gave no full answer/);
    expect(endOf(await run('staging.test'))).toEqual(success('promoted'));
  }, 120_000);

  it.each([
    ['the scanner’s database', 'mirror.test', {}, /mirror\.test gave no full answer.*certificate/s],
    ['a tool', 'github.com', { trivy: `9.9.9@sha256:${'0'.repeat(64)}` }, /could not be downloaded.*certificate/s],
  ])(
    'is looked at where %s comes from, too',
    async (_, name, inputs, said) => {
      const network = await openUsual();
      seedDatabase(await network.open('mirror.test'));
      await network.open(name, { tls: makeCertificate({ names: [name] }) });
      const step = await scene.promote(...ROUTE, {
        ...network.step,
        inputs: { ...BARE, scan: 'enforce', ...inputs },
      });
      expect(endOf(step)).toMatchObject({ code: 1, result: 'failed' });
      expect(complaintOf(step)).toMatch(said);
    },
    120_000,
  );
});
