import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExternalRegistry, startOlareg } from '../../../lab/external-registry.ts';
import { buildIndex } from '../../../lab/image/build-index.ts';
import { buildImage } from '../../../lab/image/image.ts';
import { pushImage } from '../../../lab/image/push.ts';
import { requireSignature, runPolcheck } from '../../../lab/polcheck/run-polcheck.ts';
import { run } from '../../../lab/process.ts';
import { makeSigningKey, type SigningKey } from '../../../lab/signing-key.ts';
import { findTool } from '../../../lab/tools.ts';

let registry: ExternalRegistry;
let directory: string;
let key: SigningKey;
beforeAll(async () => {
  registry = await startOlareg();
  directory = await mkdtemp(join(tmpdir(), 'promote-image-polcheck-'));
  key = await makeSigningKey();
  await writeFile(join(directory, 'cosign.key'), key.privateKey);
}, 30_000);
afterAll(async () => {
  await registry.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Signs the way that cosign 2 did, under a name of the caller's choice. */
const sign = async (reference: string, name: string) => {
  const legacy = ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'];
  const args = ['sign', '-y', '--key', 'cosign.key', ...legacy, '--sign-container-identity', name, reference];
  const env = { HOME: directory, COSIGN_PASSWORD: key.password };
  const { code, stderr } = await run(findTool('cosign'), args, { cwd: directory, env });
  if (code !== 0) throw new Error(stderr);
};
const push = async (repository: string, image = buildImage({ labels: { name: repository } })) => {
  const digest = await pushImage(registry.host, repository, '1', image);
  return { name: `${registry.host}/${repository}:1`, pinned: `${registry.host}/${repository}@${digest}` };
};

describe('runPolcheck', () => {
  it('accepts an image signed under its own name, with the default identity and with matchExact', async () => {
    const { name, pinned } = await push('app/signed');
    await sign(pinned, name);
    const accepted = { accepted: true, message: '' };
    expect(await runPolcheck(requireSignature(key.publicKey), name)).toEqual(accepted);
    expect(await runPolcheck(requireSignature(key.publicKey, { type: 'matchExact' }), name)).toEqual(accepted);
    expect(await runPolcheck(JSON.stringify(requireSignature(key.publicKey)), pinned)).toEqual(accepted);
  });

  it('rejects an image without a signature, under another name, and by another key, and says why', async () => {
    const { name, pinned } = await push('app/other');
    const policy = requireSignature(key.publicKey);
    expect(await runPolcheck(policy, name)).toEqual({
      accepted: false,
      message: expect.stringContaining('no signature exists'),
    });
    await sign(pinned, `${registry.host}/app/elsewhere:1`);
    expect(await runPolcheck(policy, name)).toEqual({
      accepted: false,
      message: expect.stringContaining('app/elsewhere:1" is not accepted'),
    });
    const stranger = await makeSigningKey();
    expect(await runPolcheck(requireSignature(stranger.publicKey, { type: 'matchRepository' }), name)).toEqual({
      accepted: false,
      message: expect.stringContaining('cryptographic signature verification failed'),
    });
  });

  it('asks about the child of an index that would run, not about the index', async () => {
    const arm = buildImage({ platform: { os: 'linux', architecture: 'arm64' } });
    const amd = buildImage();
    const { name, pinned } = await push('app/index', buildIndex([amd, arm]));
    const policy = requireSignature(key.publicKey);
    await sign(pinned, name);
    expect((await runPolcheck(policy, name, 'amd64')).accepted).toBe(false);
    await sign(`${registry.host}/app/index@${amd.root.digest}`, name);
    expect((await runPolcheck(policy, name, 'amd64')).accepted).toBe(true);
    expect((await runPolcheck(policy, name, 'arm64')).accepted).toBe(false);
  });

  it('is no verdict when the policy is none, or the image is not there', async () => {
    const policy = requireSignature(key.publicKey);
    await expect(runPolcheck('{', `${registry.host}/app/signed:1`)).rejects.toThrow('ended with 2');
    await expect(runPolcheck(policy, `${registry.host}/app/absent:1`)).rejects.toThrow('ended with 2');
  });
});
