import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { VerifierContext } from '../../src/signer/verifier.ts';
import { makeRecordingTool } from '../host/actions/recording-tool.ts';
import { DIGEST, type KeyPair, openSigningRoom, type SigningRoom, STATEMENT, TYPE, trustKey } from './signing-room.ts';

let room: SigningRoom;
let key: KeyPair;
let bundle: Uint8Array;
beforeAll(async () => {
  room = await openSigningRoom();
  key = await room.makeKey('release');
  bundle = await (await room.openSigner(key)).signStatement(STATEMENT);
});
afterAll(() => room.close());

async function verify(context: Partial<VerifierContext>, publicKey = key.publicKey, log = false, bytes = bundle) {
  return (await room.openVerifier(context)).verifyBundle(bytes, DIGEST, TYPE, trustKey(publicKey, log));
}
const nowhere = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' };
const undecided = (message: RegExp) => ({
  code: 'VERIFICATION_UNDECIDED',
  message: expect.stringMatching(message),
  hint: expect.any(String),
});

describe('what is no verdict on a bundle is thrown', () => {
  it.each([
    ['text', /PEM decoding failed/],
    ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n', /loading public key/],
  ])('a key that is none: %j', async (publicKey, message) => {
    await expect(verify({}, publicKey)).rejects.toMatchObject(undecided(message));
  });

  it('a trusted root that cannot be fetched', async () => {
    await expect(verify({ networkEnv: nowhere }, key.publicKey, true)).rejects.toMatchObject({
      ...undecided(/tuf refresh failed/),
      hint: expect.stringContaining('trusted-root'),
    });
  }, 60_000);

  it('a trusted root that cosign does not understand', async () => {
    const trustedRoot = JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=9.9',
    });
    await expect(verify({ trustedRoot })).rejects.toMatchObject(undecided(/trusted root/));
  });

  it.each([
    ['the process was killed', 'process.kill(process.pid, "SIGKILL")', /could not decide/],
    ['it ended in a way it never does', 'process.exitCode = 2', /it said nothing \(ended with exit code 2\)/],
    ['it said what it never says', 'console.error("Error: frobnicate"); process.exitCode = 1', /frobnicate/],
  ])('%s', async (what, script, message) => {
    const { path } = await makeRecordingTool(room.directory, what.replaceAll(' ', '-'), script);
    await expect(verify({ path })).rejects.toMatchObject(undecided(message));
  });

  it('it hung', async () => {
    const tool = await makeRecordingTool(room.directory, 'hanging', 'setInterval(() => {}, 1000)');
    const context = { path: tool.path, patience: { deadline: 400 } };
    await expect(verify(context)).rejects.toMatchObject(undecided(/did not end in time/));
  });
});

describe('a bundle that cosign cannot read', () => {
  it('does not verify, even where the trusted root would have to be fetched to say so', async () => {
    const parsed = JSON.parse(Buffer.from(bundle).toString()) as object;
    const altered = Buffer.from(JSON.stringify({ ...parsed, more: 1 }));
    expect(await verify({ networkEnv: nowhere }, key.publicKey, true, altered)).toEqual({
      valid: false,
      reason: 'cosign cannot read it as a Sigstore bundle',
    });
  }, 60_000);
});
