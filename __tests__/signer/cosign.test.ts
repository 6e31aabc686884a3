import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseClaims, parseEnvelopes } from '../../src/signer/cosign.ts';
import { makeRecordingTool } from '../host/actions/recording-tool.ts';
import { type KeyPair, openSigningRoom, PASSWORD, type SigningRoom } from './signing-room.ts';

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'r.test/app', digest: { sha256: digestOf('x').slice(7) } }],
  predicateType: 'https://example.test/v1',
  predicate: { answer: 42 },
};

let room: SigningRoom;
let key: KeyPair;
beforeAll(async () => {
  room = await openSigningRoom();
  key = await room.makeKey('release');
});
afterAll(() => room.close());

interface Bundle {
  readonly dsseEnvelope: {
    readonly payload: string;
    readonly payloadType: string;
    readonly signatures: readonly object[];
  };
  readonly verificationMaterial: { readonly tlogEntries?: readonly object[] };
}
const readBundle = (bytes: Uint8Array): Bundle => JSON.parse(Buffer.from(bytes).toString()) as Bundle;

describe('the key', () => {
  it('may be a file', async () => {
    expect(await (await room.open(key)).readPublicKey()).toBe(key.publicKey);
  });

  it('may be in the environment, and then is given to cosign alone', async () => {
    const cosign = await room.open(key, {
      key: { kind: 'env', variable: 'RELEASE_KEY' },
      keyEnv: { COSIGN_PASSWORD: PASSWORD, RELEASE_KEY: key.privateKey },
    });
    expect(await cosign.readPublicKey()).toBe(key.publicKey);
  });

  it('is found out when its password is wrong, before anything is written', async () => {
    const cosign = await room.open(key, { keyEnv: { COSIGN_PASSWORD: 'wrong' } });
    await expect(cosign.readPublicKey()).rejects.toMatchObject({
      code: 'KEY_UNUSABLE',
      hint: 'COSIGN_PASSWORD is not the password of this key.',
    });
  });

  it('does not make cosign ask for a password that was not given', async () => {
    const cosign = await room.open(key, { keyEnv: {} });
    await expect(cosign.readPublicKey()).rejects.toMatchObject({ code: 'KEY_UNUSABLE' });
  });

  it('is found out when there is none', async () => {
    const file = await room.open(key, { key: { kind: 'file', path: join(room.directory, 'absent.key') } });
    await expect(file.readPublicKey()).rejects.toMatchObject({
      code: 'KEY_UNUSABLE',
      hint: expect.stringContaining('cosign-key'),
    });
    const env = await room.open(key, { key: { kind: 'env', variable: 'ABSENT' } });
    await expect(env.readPublicKey()).rejects.toMatchObject({ code: 'KEY_UNUSABLE' });
  });

  it('is found out when it is something else', async () => {
    const path = join(room.directory, 'other.key');
    await writeFile(path, key.publicKey);
    const cosign = await room.open(key, { key: { kind: 'file', path } });
    await expect(cosign.readPublicKey()).rejects.toMatchObject({ code: 'KEY_UNUSABLE' });
  });
});

describe('signing a statement', () => {
  it('makes a bundle over exactly that statement', async () => {
    const bundle = readBundle(await (await room.open(key)).signStatement(STATEMENT));
    expect(JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString())).toEqual(STATEMENT);
    expect(bundle.dsseEnvelope.payloadType).toBe('application/vnd.in-toto+json');
    expect(bundle.dsseEnvelope.signatures).toHaveLength(1);
    expect(bundle.verificationMaterial.tlogEntries ?? []).toEqual([]);
  });

  it('keeps the statements of one run apart', async () => {
    const cosign = await room.open(key);
    const bundles = [
      await cosign.signStatement(STATEMENT),
      await cosign.signStatement({ ...STATEMENT, predicate: {} }),
    ];
    const payloads = bundles.map((bytes) => readBundle(bytes).dsseEnvelope.payload);
    expect(new Set(payloads).size).toBe(2);
  });

  it('makes no request without a transparency log, not even through a proxy', async () => {
    const requests: string[] = [];
    const proxy = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      requests.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const everywhere = { HTTPS_PROXY: url, HTTP_PROXY: url };
    const cosign = await room.open(key, { keyEnv: { COSIGN_PASSWORD: PASSWORD, ...everywhere } });
    await cosign.signStatement(STATEMENT);
    proxy.close();
    expect(requests).toEqual([]);
  });

  it('says what to do when it cannot reach the transparency log', async () => {
    const cosign = await room.open(key, {
      transparencyLog: true,
      networkEnv: { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' },
    });
    await expect(cosign.signStatement(STATEMENT)).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      hint: expect.stringContaining('transparencyLog: false'),
    });
  }, 60_000);
});

describe('what cosign is given', () => {
  const proxies = { HTTPS_PROXY: 'http://proxy.test:1' };
  const record = async (transparencyLog: boolean) => {
    const name = `recorder-${transparencyLog}`;
    const script = `
      if (call.args[0] === 'public-key') console.log('-----BEGIN PUBLIC KEY-----');
      if (call.args[0] === 'attest-blob') fs.writeFileSync(valueOf('--bundle'), '{}');
      if (call.args[0] === 'verify') console.log('[]');`;
    const tool = await makeRecordingTool(room.directory, name, script);
    const cosign = await room.open(key, { path: tool.path, networkEnv: proxies, transparencyLog });
    await cosign.readPublicKey();
    await cosign.signStatement(STATEMENT);
    await cosign.verifyImage('r.test/app@sha256:x', key.publicKey);
    await cosign.verifyAttestation('r.test/app@sha256:x', key.publicKey, 'a/b');
    return tool.calls();
  };
  const open = { HOME: expect.any(String), PATH: process.env.PATH, TMPDIR: expect.any(String) };
  const secret = { ...open, COSIGN_PASSWORD: PASSWORD };

  it('is the listed environment, a PATH and nothing else, the secrets only where it signs', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'not for cosign';
    const calls = await record(false);
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(calls.map(({ args, env }) => [args[0], env])).toEqual([
      ['public-key', secret],
      ['attest-blob', secret],
      ['verify', open],
      ['verify-attestation', open],
    ]);
  });

  it('has the way to the network only with a transparency log', async () => {
    const calls = await record(true);
    expect(calls.map(({ env }) => env.HTTPS_PROXY)).toEqual(Array(4).fill('http://proxy.test:1'));
    expect(calls.flatMap(({ args }) => args)).not.toContain('--insecure-ignore-tlog=true');
  });

  it('trusts the certificates of the run, in place of a file of the job', async () => {
    const tool = await makeRecordingTool(room.directory, 'trusting', "console.log('-----BEGIN PUBLIC KEY-----')");
    const options = { path: tool.path, networkEnv: { SSL_CERT_FILE: '/job.pem' }, certificates: 'PEM\n' };
    await (await room.open(key, { ...options, transparencyLog: true })).readPublicKey();
    await (await room.open(key, { ...options, transparencyLog: false })).readPublicKey();
    const [logged, offline] = await tool.calls();
    expect(await readFile(logged?.env.SSL_CERT_FILE ?? '', 'utf8')).toBe('PEM\n');
    expect(offline?.env).not.toHaveProperty('SSL_CERT_FILE');
  });

  it('never has a secret among its arguments', () => {
    const args = room.commands.flatMap((command) => command.args);
    expect(args.filter((arg) => arg.includes(PASSWORD) || arg.includes('PRIVATE KEY'))).toEqual([]);
  });

  it('is not taken for success when it was stopped', async () => {
    const stop = new AbortController();
    const tool = await makeRecordingTool(room.directory, 'slow', 'setInterval(() => {}, 1000)');
    const cosign = await room.open(key, { path: tool.path, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('cancelled by SIGINT')), 300);
    await expect(cosign.signStatement(STATEMENT)).rejects.toThrow('cancelled by SIGINT');
  });
});

describe('parseClaims', () => {
  const critical = { type: 't', image: { 'docker-manifest-digest': 'sha256:x' }, identity: {} };

  it('reads what cosign verify prints', () => {
    expect(
      parseClaims(
        JSON.stringify([
          { critical, optional: { target: 'a' } },
          { critical, optional: null },
        ]),
      ),
    ).toEqual([
      { type: 't', digest: 'sha256:x', annotations: { target: 'a' } },
      { type: 't', digest: 'sha256:x', annotations: {} },
    ]);
  });

  it.each(['', 'nope', '{}', '[{}]', 'null', '[{"critical":{}}]'])('does not take %j for a verification', (stdout) => {
    expect(() => parseClaims(stdout)).toThrow(expect.objectContaining({ code: 'VERIFICATION_FAILED' }));
  });
});

describe('parseEnvelopes', () => {
  const line = JSON.stringify({ payload: Buffer.from(JSON.stringify(STATEMENT)).toString('base64') });

  it('reads what cosign verify-attestation prints, a statement a line', () => {
    expect(parseEnvelopes(`${line}\n${line}\n\n`)).toEqual([STATEMENT, STATEMENT]);
    expect(parseEnvelopes('')).toEqual([]);
  });

  it.each(['nope', '{}', '{"payload":"bm9wZQ=="}'])('does not take %j for an attestation', (stdout) => {
    expect(() => parseEnvelopes(stdout)).toThrow(expect.objectContaining({ code: 'VERIFICATION_FAILED' }));
  });
});
