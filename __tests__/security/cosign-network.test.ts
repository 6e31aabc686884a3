import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { openSecurityRoom, type SecurityRoom, type ToolCall } from './security-room.ts';

const POLICY_CA = makeAuthority('the policy').cert.trim();
const EXTRA_CA = makeAuthority('the machine').cert.trim();

const PROXIES = {
  ...{ HTTPS_PROXY: 'http://corp:s3cret%20pass@127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' },
  ...{ https_proxy: 'http://127.0.0.1:9', no_proxy: 'localhost,127.0.0.1' },
};

let room: SecurityRoom;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [room, staging, production] = await Promise.all([openSecurityRoom(), startRegistry(), startRegistry()]);
  await pushImage(staging.host, 'dev/web', '1', makeImage('fixed'));
}, 120_000);

afterAll(async () => {
  await Promise.all([room?.close(), staging?.close(), production?.close()]);
});

let count = 0;

/** Signs with this policy and environment, and says how cosign was run; `certificates` is what SSL_CERT_FILE led to. */
async function sign(
  transparencyLog: boolean,
  policy: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly calls: readonly ToolCall[]; readonly certificates: string }> {
  const directory = await room.makeDirectory();
  const copy = join(directory, 'certificates.pem');
  const keep = `if (call.args[0] === 'verify' && env.SSL_CERT_FILE) fs.copyFileSync(env.SSL_CERT_FILE, ${JSON.stringify(copy)});`;
  const cosign = await room.makeTool('cosign', transparencyLog ? `${keep}\n${await doWithoutLog(directory)}` : keep);
  const target = `${production.host}/prod/web:${++count}`;
  const step = await room.promote(`${staging.host}/dev/web:1`, target, {
    ...{ inputs: { cosign: cosign.path }, policy: { signature: { transparencyLog }, ...policy }, env },
    files: { 'ca.pem': POLICY_CA },
  });
  expect(step.outputs.result).toBe('promoted');
  const certificates = await readFile(copy, 'utf8').catch(() => '');
  return { calls: (await cosign.calls()).filter(({ args }) => args[0] !== 'version'), certificates };
}

/** A script for what the stand-in lacks, a log, after it was noted how cosign was run: it is told that it needs none. */
async function doWithoutLog(directory: string): Promise<string> {
  const config = join(directory, 'no-log.json');
  await writeFile(config, '{}');
  const flags = { verify: ['--insecure-ignore-tlog=true'], 'attest-blob': ['--signing-config', config] };
  return `for (const [verb, flags] of Object.entries(${JSON.stringify(flags)}))
  if (call.args[0].startsWith(verb)) call.args.splice(1, 0, ...flags);`;
}

const pick = ({ env }: ToolCall): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => /proxy|SSL_CERT/i.test(name)));

/** To sign and to verify it asks the log; the public half of a key is read where it is. */
const needsNetwork = ({ args }: ToolCall): boolean => args[0] !== 'public-key';

describe('cosign with a transparency log', () => {
  it('goes through the proxies of the job, and trusts what the policy and NODE_EXTRA_CA_CERTS add', async () => {
    const extra = join(await room.makeDirectory(), 'extra.pem');
    await writeFile(extra, EXTRA_CA);
    const { calls, certificates } = await sign(
      true,
      { registries: { ca: 'ca.pem' } },
      { ...PROXIES, NODE_EXTRA_CA_CERTS: extra },
    );
    expect(calls.length).toBeGreaterThanOrEqual(5);
    for (const call of calls) {
      const settings = { ...PROXIES, SSL_CERT_FILE: expect.stringMatching(/\.pem$/) };
      expect([call.args[0], pick(call)]).toEqual([call.args[0], needsNetwork(call) ? settings : {}]);
    }
    expect(certificates).toContain(POLICY_CA);
    expect(certificates).toContain(EXTRA_CA);
    expect(certificates.match(/-----BEGIN CERTIFICATE-----/g)?.length).toBeGreaterThan(50);
  }, 120_000);

  it('is left with what the system trusts where nothing is added', async () => {
    const { calls } = await sign(true, {}, { SSL_CERT_DIR: '/etc/ssl/certs' });
    for (const call of calls.filter(needsNetwork)) expect(pick(call)).toEqual({ SSL_CERT_DIR: '/etc/ssl/certs' });
  }, 120_000);
});

describe('cosign without one', () => {
  it('has no way to the network, and no need of one', async () => {
    const { calls } = await sign(false, { registries: { ca: 'ca.pem' } }, PROXIES);
    expect(calls.length).toBeGreaterThanOrEqual(5);
    for (const call of calls) expect(pick(call)).toEqual({});
  }, 120_000);
});
