import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignerContext, StatementSigner } from '../../src/signer/statement-signer.ts';
import { makeRecordingTool, type RecordedCall, type RecordingTool } from '../host/actions/recording-tool.ts';
import { type KeyPair, openSigningRoom, PASSWORD, type SigningRoom, STATEMENT } from './signing-room.ts';

let room: SigningRoom;
let key: KeyPair;
beforeAll(async () => {
  room = await openSigningRoom();
  key = await room.makeKey('release');
});
afterAll(() => room.close());

const SIGNING_CONFIG = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  rekorTlogUrls: [{ url: 'http://rekor.test' }],
});
const token = (seconds: number, id = 'a') => {
  const claims = { iss: 'https://token.test', exp: Math.floor(Date.now() / 1000) + seconds, id };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
};

/** A deadline by which a test says that its cosign finds no bundle valid. */
const REFUTED = 54_321;

/** A cosign that answers its signing calls with these complaints, one after the other, then makes a bundle by a key. */
async function open(
  name: string,
  complaints: readonly string[],
  more: Partial<SignerContext> = {},
): Promise<{ signer: StatementSigner; tool: RecordingTool; sign(): Promise<Uint8Array>; calls(): Promise<Signing[]> }> {
  const tool = await makeRecordingTool(
    room.directory,
    name,
    `
    const path = require('node:path');
    const keys = ${JSON.stringify(key.publicKey)};
    if (call.args[0] === 'public-key') process.stdout.write(keys);
    if (call.args[0] === 'verify-blob-attestation' && ${more.patience?.deadline === REFUTED}) {
      console.error('Error: failed to verify log inclusion: not enough verified log entries');
      process.exitCode = 1;
    }
    if (call.args[0] === 'attest-blob') {
      const counter = __filename + '.count';
      const count = fs.existsSync(counter) ? Number(fs.readFileSync(counter)) : 0;
      fs.writeFileSync(counter, String(count + 1));
      const statement = fs.readFileSync(valueOf('--statement'), 'utf8');
      const token = call.args.includes('--identity-token') ? valueOf('--identity-token') : undefined;
      const mode = token && (fs.statSync(token).mode & 0o777).toString(8);
      fs.appendFileSync(__filename + '.signed', JSON.stringify({
        statement, mode, token: token && fs.readFileSync(token, 'utf8'), file: token,
        roomMode: token && (fs.statSync(path.dirname(token)).mode & 0o777).toString(8),
      }) + '\\n');
      const complaint = ${JSON.stringify(complaints)}[count];
      if (complaint === 'hang') setInterval(() => {}, 1000);
      else if (complaint !== undefined) {
        console.error('Error: ' + complaint + '\\nerror during command execution: ' + complaint);
        process.exitCode = 1;
      } else fs.writeFileSync(valueOf('--bundle'), JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { publicKey: { hint: '' } },
        dsseEnvelope: { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(statement).toString('base64'), signatures: [] },
      }));
    }`,
  );
  const signer = await room.openSigner(more.identityToken === undefined ? key : undefined, {
    path: tool.path,
    transparencyLog: true,
    signingConfig: SIGNING_CONFIG,
    ...more,
  });
  const calls = async () =>
    (await readFile(`${tool.path}.signed`, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Signing);
  return { signer, tool, sign: () => signer.signStatement(STATEMENT), calls };
}

interface Signing {
  readonly statement: string;
  readonly token?: string;
  readonly file?: string;
  readonly mode?: string;
  readonly roomMode?: string;
}

const BUNDLING = 'creating bundle: signing bundle: error signing bundle:';
const verbsOf = (calls: readonly RecordedCall[]) => calls.map(({ args }) => args[0]);

describe('a signer', () => {
  it.each([
    ['Fulcio or the timestamp authority is busy', `${BUNDLING} http: read on closed response body`],
    ['Rekor is busy', `${BUNDLING} adding rekor v2 entry: unexpected response: 503 `],
    ['nobody listens', `${BUNDLING} Post "http://127.0.0.1:1": dial tcp 127.0.0.1:1: connect: connection refused`],
  ])('signs again when %s', async (what, complaint) => {
    const { sign, calls } = await open(what.replaceAll(' ', '-'), [complaint, complaint]);
    await sign();
    expect((await calls()).map(({ statement }) => statement)).toEqual(Array(3).fill(JSON.stringify(STATEMENT)));
  });

  it('signs one line break more after each 409, so that even a deterministic key makes another entry', async () => {
    const conflict = `${BUNDLING} adding rekor v2 entry: unexpected response: 409 {"code":6}`;
    const { sign, calls } = await open('conflict', [conflict, conflict]);
    await sign();
    const text = JSON.stringify(STATEMENT);
    expect((await calls()).map(({ statement }) => statement)).toEqual([text, `${text}\n`, `${text}\n\n`]);
  });

  it('gives up after four tries', async () => {
    const { sign, calls } = await open('down', Array(9).fill(`${BUNDLING} http: read on closed response body`));
    await expect(sign()).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringContaining('read on closed response body'),
    });
    expect(await calls()).toHaveLength(4);
  });

  it('does not ask twice for what will not change', async () => {
    const { sign, calls } = await open('refused', [`${BUNDLING} Fulcio returned 400: {"code":3}`]);
    await expect(sign()).rejects.toMatchObject({ code: 'SIGNING_FAILED' });
    expect(await calls()).toHaveLength(1);
  });

  it('ends a cosign that hangs, which its own --timeout does not', async () => {
    const { sign, calls } = await open('hanging', ['hang'], { patience: { deadline: 1_500, retryDelay: 1 } });
    await sign();
    expect(await calls()).toHaveLength(2);
  }, 20_000);

  it('is not taken for success when it was stopped', async () => {
    const stop = new AbortController();
    const { sign } = await open('stopped', ['hang'], { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('cancelled by SIGINT')), 300);
    await expect(sign()).rejects.toThrow('cancelled by SIGINT');
  });

  it('verifies the bundle when a log is used, and takes no other success', async () => {
    const { sign, tool } = await open('verified', []);
    await sign();
    expect(verbsOf(await tool.calls())).toEqual(['public-key', 'attest-blob', 'verify-blob-attestation']);
    const args = (await tool.calls())[2]?.args ?? [];
    expect(args).not.toContain('--insecure-ignore-tlog=true');
    const refuted = await open('refuted', [], { patience: { deadline: REFUTED } });
    await expect(refuted.sign()).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringContaining('does not verify: it has no entry in a transparency log'),
    });
  });
});

describe('a signer without a key', () => {
  it('lends cosign a token in a file of its own, for as long as the call takes', async () => {
    const text = token(600);
    const { signer, tool, calls } = await open('token', [], { identityToken: async () => text });
    await expect(signer.signStatement(STATEMENT)).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' }); // the fake has no certificate
    const [signing] = await calls();
    expect(signing).toMatchObject({ token: text, mode: '600', roomMode: '700' });
    await expect(readFile(signing?.file ?? '')).rejects.toThrow('ENOENT');
    const [call] = await tool.calls();
    expect(call?.args.join(' ')).not.toContain(text);
    expect(call?.args).toEqual(expect.arrayContaining(['--oidc-disable-ambient-providers', '--yes']));
  });

  it('asks for another token when less than a minute is left of it', async () => {
    const texts = [token(30, 'first'), token(600, 'second'), token(600, 'third')];
    let asked = 0;
    const busy = `${BUNDLING} http: read on closed response body`;
    const identityToken = async () => texts[asked++] ?? '';
    const { signer, calls } = await open('renewed', [busy], { identityToken });
    await expect(signer.signStatement(STATEMENT)).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
    expect((await calls()).map((call) => call.token)).toEqual([texts[1], texts[1]]);
    expect(asked).toBe(2);
  });
});

describe('what cosign is given', () => {
  it('is the listed environment, a PATH and nothing else: no way to mint tokens, no login of a registry', async () => {
    const hostile = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'http://x.test?',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'right',
      AWS_SECRET_ACCESS_KEY: 'x',
      DOCKER_CONFIG: '/x',
      SIGSTORE_ID_TOKEN: 'x',
    };
    Object.assign(process.env, hostile);
    const proxy = { HTTPS_PROXY: 'http://proxy.test:1' };
    const own = { HOME: expect.any(String), PATH: process.env.PATH, TMPDIR: expect.any(String) };
    try {
      const logged = await open('logged', [], { networkEnv: proxy });
      await logged.sign();
      const secret = { ...own, COSIGN_PASSWORD: PASSWORD };
      expect((await logged.tool.calls()).map(({ env }) => env)).toEqual([
        secret,
        { ...secret, ...proxy },
        { ...own, ...proxy },
      ]);
      const keyless = await open('keyless', [], { networkEnv: proxy, identityToken: async () => token(600) });
      await expect(keyless.sign()).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
      expect((await keyless.tool.calls()).map(({ env }) => env)).toEqual([{ ...own, ...proxy }]);
      const quiet = await open('quiet', [], { networkEnv: proxy, transparencyLog: false });
      await quiet.sign();
      expect((await quiet.tool.calls()).map(({ env }) => env)).toEqual([secret, secret]);
    } finally {
      for (const name of Object.keys(hostile)) delete process.env[name];
    }
  });

  it('trusts the certificates of the run, in place of a file of the job', async () => {
    const certificates = { networkEnv: { SSL_CERT_FILE: '/job.pem' }, certificates: () => 'PEM\n' };
    const { sign, tool } = await open('trusting', [], certificates);
    await sign();
    const [tried, signed] = await tool.calls();
    expect(tried?.env).not.toHaveProperty('SSL_CERT_FILE');
    expect(await readFile(signed?.env.SSL_CERT_FILE ?? '', 'utf8')).toBe('PEM\n');
  });
});
