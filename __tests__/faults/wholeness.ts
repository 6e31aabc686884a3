import type { BuiltImage } from '../../lab/image/descriptor.ts';
import type { LabRegistry } from '../../lab/registry/server.ts';
import { readAttachedBundles } from '../../lab/stand-in/attached.ts';
import { isAbout, openBundle } from '../../lab/stand-in/bundle.ts';
import { KEY } from './run-promotion.ts';
import { TARGET, type World } from './world.ts';

const SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';
const SCAN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
/** Record and verification summary. */
const ATTESTED = ['https://promote-image.github.io/promotion/v1', 'https://slsa.dev/verification_summary/v1'];

/** What is wrong with the target: nothing when the tag is what it was before, or stands for the complete, verified, signed image. */
export async function findHalfVisible(world: World): Promise<string[]> {
  const found = world.target.digestOf(TARGET.repository, TARGET.tag);
  return found === world.options.former?.root.digest ? [] : findMissing(world);
}

/** What is missing at the target for the promotion to be whole; the tag included. */
export async function findMissing(world: World): Promise<string[]> {
  const { target, image, referrers, options } = world;
  const found = target.digestOf(TARGET.repository, TARGET.tag);
  if (found !== image.root.digest) return [`the tag points at ${found ?? 'nothing'}`];
  const unfindable = options.lost ?? [];
  const carried = options.inputs?.referrers === 'ignore' ? [] : referrers.filter((each) => !unfindable.includes(each));
  const lost = [image, ...carried].flatMap((each) => findLost(target, each));
  return [...lost, ...(await findUnsigned(world, image.root.digest))];
}

function findLost(target: LabRegistry, { contents }: BuiltImage): string[] {
  return [...contents].flatMap(([digest, { kind, bytes }]) =>
    target.read(TARGET.repository, digest)?.equals(bytes) === true ? [] : [`the ${kind} ${digest} is not there`],
  );
}

/** As a stranger with the public key would ask; a registry that wants a login is asked in a copy without one. */
async function findUnsigned({ target, options }: World, digest: string): Promise<string[]> {
  const open = await target.openForReading();
  try {
    const bundles = await readAttachedBundles(`${open.host}/${TARGET.repository}@${digest}`);
    const types = bundles.flatMap((bundle) => {
      const statement = openBundle(bundle, KEY.publicKey)?.statement;
      return statement !== undefined && isAbout(statement, digest) ? [statement.predicateType] : [];
    });
    const wanted = [SIGNATURE, ...ATTESTED, ...(options.scans === true ? [SCAN] : [])];
    const isWrong = types.toSorted().join() !== wanted.toSorted().join();
    return isWrong ? [`it has these of us: ${types.join(', ') || 'none'}`] : [];
  } catch (error) {
    return [`its evidence cannot be read: ${String(error)}`];
  } finally {
    await open.close();
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
