import { buildReferrer } from '../../lab/image/artifact.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { makeBundle } from '../../lab/stand-in/bundle.ts';
import { type KeyPair, makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import type { WorldOptions } from './world.ts';

/** Whom the policies of these rows name for the source, and somebody they do not. */
export const DEV = makeKeyPair();
export const STRANGER = makeKeyPair();

export const SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';
export const SCAN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
export const RECORD = 'https://promote-image.github.io/promotion/v1';

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const KEY_FILE = 'keys/dev.pub';

/** A statement about an image, signed into a bundle that refers to it. */
export function attest(image: BuiltImage, key: KeyPair, type = SIGNATURE, predicate: object = {}): BuiltImage {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: image.root.digest.slice('sha256:'.length) } }],
    ...{ predicateType: type, predicate },
  };
  const bundle = makeBundle(Buffer.from(JSON.stringify(statement)), key.privateKey, key.password);
  const annotations = { 'dev.sigstore.bundle.predicateType': type };
  return buildReferrer(image.root, { artifactType: BUNDLE, bytes: JSON.stringify(bundle), annotations });
}

/** A scan that ended so many hours ago. */
export function attestScan(image: BuiltImage, key: KeyPair, hours = 1): BuiltImage {
  const finished = new Date(Date.now() - hours * 3_600_000).toISOString();
  return attest(image, key, SCAN, { metadata: { scanStartedOn: finished, scanFinishedOn: finished } });
}

/** A source with these attachments, whose signers a policy names. */
export function demanding(referrers: readonly BuiltImage[], attestations: readonly object[] = []): WorldOptions {
  return {
    referrers,
    files: { [KEY_FILE]: DEV.publicKey },
    policy: {
      signature: { transparencyLog: false },
      signers: [{ role: attestations.length === 0 ? 'source' : 'scan', key: KEY_FILE }],
      ...(attestations.length === 0 ? {} : { attestations: { require: attestations } }),
    },
  };
}
