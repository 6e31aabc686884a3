import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { findProblems, makeRequest } from '../promote/fake-step.ts';

const INPUTS = { source: 'dev.test/app:1.0', target: 'prod.test/app:1.0' };
const ROOT = JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1', tlogs: [] });
const CONFIG = JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json' });
const POLICY = '.github/promote-image.yml';
const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const UNUSABLE = generateKeyPairSync('ed448').publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('a private Sigstore', () => {
  const files = { 'root.json': ROOT, 'signing.json': CONFIG };

  it('may be named by inputs', async () => {
    const inputs = { ...INPUTS, 'signing-config': 'signing.json', 'trusted-root': 'root.json' };
    const { signingConfig, trustedRoot, files: named } = await makeRequest(inputs, { files });
    expect({ signingConfig, trustedRoot }).toEqual({ signingConfig: CONFIG, trustedRoot: ROOT });
    expect(named).toEqual([
      { name: 'signing.json', digest: digestOf(CONFIG) },
      { name: 'root.json', digest: digestOf(ROOT) },
    ]);
  });

  it('may be named by a policy', async () => {
    const policy = 'version: 1\nsignature: { signingConfig: signing.json, trustedRoot: root.json }\n';
    const inputs = { ...INPUTS, sign: 'true', attest: 'true', 'dry-run': 'true' };
    const request = await makeRequest(inputs, { files: { ...files, [POLICY]: policy } });
    expect(request).toMatchObject({ signingConfig: CONFIG, trustedRoot: ROOT });
  });

  it('is not there unless it is named', async () => {
    expect(await makeRequest(INPUTS)).toMatchObject({ signingConfig: undefined, trustedRoot: undefined });
  });

  it('comes from the base commit on a pull request', async () => {
    const changed = { 'root.json': ROOT.replace('[]', '[{}]') };
    const context = { files: changed, baseFiles: files, event: 'pull_request' };
    const request = await makeRequest({ ...INPUTS, 'dry-run': 'true', 'trusted-root': 'root.json' }, context);
    expect(request.trustedRoot).toBe(ROOT);
  });

  it.each([
    ['is not there', 'gone.json', /does not exist/],
    ['is no JSON', 'text', /no Sigstore trusted root/],
    ['is a list', 'list', /no Sigstore trusted root/],
    ['is the other file', 'signing.json', /no Sigstore trusted root/],
  ])('whose root %s is a problem', async (_, path, message) => {
    const texts = { ...files, text: 'tlogs: []', list: '[]' };
    const problems = await findProblems({ 'trusted-root': path }, { files: texts });
    expect(problems).toMatchObject([{ where: 'input trusted-root', message: expect.stringMatching(message) }]);
  });
});

describe('a trusted root that names no log', () => {
  const logged = ROOT.replace('[]', '[{}]');
  const files = { 'root.json': ROOT, 'logged.json': logged, 'keys/dev.pub': publicKey };
  const inputs = { 'trusted-root': 'root.json', 'source-key': 'keys/dev.pub' };
  const sign = (rest: string): string => `version: 1\nsigners: [{ role: source, key: keys/dev.pub${rest} }]\n`;

  it('is refused beside whom only a log makes count, by the inputs or by a policy', async () => {
    const message = 'names no transparency log, and keys/dev.pub counts only with an entry in one.';
    expect(await findProblems(inputs, { files })).toMatchObject([{ where: 'input trusted-root', message }]);
    const policy = `${sign('')}signature: { trustedRoot: root.json }\n`;
    expect(await findProblems({}, { files: { ...files, [POLICY]: policy } })).toMatchObject([
      { where: 'input policy', message: expect.stringContaining('names no transparency log in signature.trustedRoot') },
    ]);
  });

  it.each([
    ['the root names one', sign(''), '{ trustedRoot: logged.json }'],
    ['none is needed', sign(''), '{ trustedRoot: root.json, transparencyLog: false }'],
    ['the signer may not be asked at all', sign(', images: ["x.test/*"]'), '{ trustedRoot: root.json }'],
  ])('is right where %s', async (_, signers, signature) => {
    const policy = `${signers}signature: ${signature}\n`;
    expect(await findProblems({}, { files: { ...files, [POLICY]: policy } })).toEqual([]);
  });
});

describe('a key that a policy names', () => {
  const policy = 'version: 1\nsigners: [{ role: source, key: keys/dev.pub }]\n';

  it('is read with the policy', async () => {
    const { keys, files } = await makeRequest(INPUTS, { files: { [POLICY]: policy, 'keys/dev.pub': publicKey } });
    expect(keys).toEqual(new Map([['keys/dev.pub', publicKey]]));
    expect(files).toEqual([{ name: 'keys/dev.pub', digest: digestOf(publicKey) }]);
  });

  it.each([
    ['is not there', {}, /names keys\/dev\.pub in signers, which does not exist/],
    ['cosign cannot load', { 'keys/dev.pub': UNUSABLE }, /in signers, which holds a public key that cosign cannot/],
    ['is the private half', { 'keys/dev.pub': privateKey }, /in signers, which holds a private key/],
  ])('that %s is a problem', async (_, files, message) => {
    const problems = await findProblems({}, { files: { [POLICY]: policy, ...files } });
    expect(problems).toMatchObject([{ where: 'input policy', message: expect.stringMatching(message) }]);
    expect(JSON.stringify(problems)).not.toContain(privateKey.split('\n')[1]);
  });
});
