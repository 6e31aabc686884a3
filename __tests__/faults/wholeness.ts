import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import type { LabRegistry } from '../../lab/registry/server.ts';
import { runCosign } from '../../lab/stand-in/cosign.ts';
import { KEY } from './run-promotion.ts';
import { TARGET, type World } from './world.ts';

/** Record, verification summary, scan. */
const ATTESTED = [
  'https://promote-image.github.io/promotion/v1',
  'https://slsa.dev/verification_summary/v1',
  'https://cosign.sigstore.dev/attestation/vuln/v1',
];

/** Promotions of these tests are signed by a key, without a transparency log. */
const NO_LOG = '--insecure-ignore-tlog=true';

/** What is wrong with the target: nothing when the tag is absent, or stands for the complete, verified, signed image. */
export async function findHalfVisible(world: World): Promise<string[]> {
  const found = world.target.digestOf(TARGET.repository, TARGET.tag);
  return found === undefined ? [] : findMissing(world);
}

/** What is missing at the target for the promotion to be whole; the tag included. */
export async function findMissing({ target, image, referrers, options }: World): Promise<string[]> {
  const found = target.digestOf(TARGET.repository, TARGET.tag);
  if (found !== image.root.digest) return [`the tag points at ${found ?? 'nothing'}`];
  const unfindable = options.lost ?? [];
  const carried = options.inputs?.referrers === 'ignore' ? [] : referrers.filter((each) => !unfindable.includes(each));
  const lost = [image, ...carried].flatMap((each) => findLost(target, each));
  return [...lost, ...(await findUnsigned(target, image.root.digest))];
}

function findLost(target: LabRegistry, { contents }: BuiltImage): string[] {
  return [...contents].flatMap(([digest, { kind, bytes }]) =>
    target.read(TARGET.repository, digest)?.equals(bytes) === true ? [] : [`the ${kind} ${digest} is not there`],
  );
}

/** As a stranger with the public key would ask; a registry that wants a login is asked in a copy without one. */
async function findUnsigned(target: LabRegistry, digest: string): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-whole-'));
  const open = await target.openForReading();
  try {
    const key = join(directory, 'cosign.pub');
    await writeFile(key, KEY.publicKey);
    const reference = `${open.host}/${TARGET.repository}@${digest}`;
    const signature = await runCosign({
      args: ['verify', '--key', key, NO_LOG, '--output', 'json', reference],
      env: {},
    });
    const isSignature = signature.stdout.includes('https://sigstore.dev/cosign/sign/v1');
    const wrong = isSignature ? [] : [`it has no signature: ${signature.stderr.trim()}`];
    for (const type of ATTESTED) {
      const args = ['verify-attestation', '--key', key, NO_LOG, '--type', type, reference];
      const { code, stdout, stderr } = await runCosign({ args, env: {} });
      const count = stdout.split('\n').filter((line) => line !== '').length;
      if (code !== 0 || count !== 1) wrong.push(`it has ${count} of ${type}: ${stderr.trim()}`);
    }
    return wrong;
  } finally {
    await open.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Anything that was written to the image's repository after its tag: the tag is the last write. */
export function findLateWrites({ target, image }: World): string[] {
  const writes = target.log.uploads().filter(({ path, status }) => path.includes(TARGET.repository) && status < 300);
  const tagged = writes.findIndex(({ path }) => path.endsWith(`/manifests/${TARGET.tag}`));
  if (tagged === -1) return [];
  const late = writes.slice(tagged + 1).filter(({ path }) => !path.endsWith(`/manifests/${TARGET.tag}`));
  return late.map(({ method, path }) => `${method} ${path} came after the tag of ${image.root.digest}`);
}
