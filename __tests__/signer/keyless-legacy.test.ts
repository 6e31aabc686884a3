import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { type Sigstore, startSigstore } from '../../lab/sigstore/sigstore.ts';
import { findTool } from '../../lab/tools.ts';
import type { CertificateAnchor } from '../../src/image/trust-anchor.ts';
import { openSigningRoom, type SigningRoom } from './signing-room.ts';

const SHARED = 'shared/flows/.github/workflows/promote.yml@refs/heads/main';
const IMAGE = buildImage();

let room: SigningRoom;
let sigstore: Sigstore;
let registry: LabRegistry;
beforeAll(async () => {
  room = await openSigningRoom();
  registry = await startRegistry();
  sigstore = await startSigstore(join(room.directory, 'sigstore'), { rekor: false });
  const home = join(room.directory, 'home');
  await mkdir(home);
  for (const [repository, caller] of [
    ['app/ours', 'org/app'],
    ['app/theirs', 'evil/x'],
  ] as const) {
    registry.seed(repository, IMAGE);
    const token = join(room.directory, 'token');
    await writeFile(token, sigstore.mintToken({ repository: caller, job_workflow_ref: SHARED }), { mode: 0o600 });
    const older = ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'];
    const services = ['--fulcio-url', sigstore.fulcioUrl, '--insecure-skip-verify'];
    const args = ['sign', '--yes', ...older, ...services, '--identity-token', token, refer(repository)];
    const { code, stderr } = await run(findTool('cosign'), args, { cwd: home, env: { HOME: home } });
    if (code !== 0) throw new Error(stderr);
  }
}, 60_000);
afterAll(async () => {
  await sigstore.close();
  await registry.close();
  await room.close();
});

const refer = (repository: string) => `${registry.host}/${repository}@${IMAGE.root.digest}`;

async function count(repository: string, more: Partial<CertificateAnchor>): Promise<number> {
  const identity = `https://github.com/${SHARED}`;
  const anchor: CertificateAnchor = {
    kind: 'certificate',
    name: identity,
    transparencyLog: false,
    identity: { kind: 'exact', text: identity },
    issuer: { kind: 'exact', text: sigstore.issuer },
    ...more,
  };
  // Nothing says when it was signed, so the certificate must still be valid.
  const { timestampAuthorities: _none, ...root } = JSON.parse(await readFile(sigstore.trustedRootPath, 'utf8')) as {
    timestampAuthorities?: unknown;
  };
  const verifier = await room.openVerifier({ trustedRoot: JSON.stringify(root) });
  return (await verifier.verifyLegacySignatures(refer(repository), anchor)).length;
}

it('a signature without a key in the older form counts with the repository that called the workflow, and no other', async () => {
  expect(await count('app/ours', { repository: 'org/app' })).toBe(1);
  expect(await count('app/theirs', { repository: 'org/app' })).toBe(0);
  expect(await count('app/ours', {})).toBe(0);
  expect(await count('app/ours', { identity: { kind: 'regexp', text: 'https://github\\.com/.*' } })).toBe(0);
  expect(await count('app/ours', { repository: 'org/app', issuer: { kind: 'exact', text: 'https://x.test' } })).toBe(0);
});
