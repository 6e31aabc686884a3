import { readFile } from 'node:fs/promises';
import { readAttachedBundles, readLegacyLayers } from './attached.ts';
import {
  type Envelope,
  isAbout,
  type Opened,
  openBundle,
  openEnvelope,
  parseBundle,
  type Statement,
} from './bundle.ts';
import { CallError, hasFlag, readFlag } from './call.ts';
import { isSignedBy } from './key-pair.ts';

const NOT_SIGNED = 'could not verify envelope: accepted signatures do not match threshold, Found: 0, Expected 1';

/** `cosign verify-blob-attestation` of a bundle in a file. */
export async function verifyBundleFile(args: readonly string[]): Promise<string> {
  const publicKey = await readPublicKey(args);
  const [digest, algorithm] = [readFlag(args, '--digest'), readFlag(args, '--digestAlg')];
  const opened = openBundle(parseBundle(await readFile(readFlag(args, '--bundle'), 'utf8')), publicKey);
  demandNoLog(args);
  if (opened === undefined) throw new CallError(`Error: failed to verify signature: ${NOT_SIGNED}`);
  if (!isAbout(opened.statement, `${algorithm}:${digest}`)) {
    throw new CallError(
      'Error: failed to verify signature: provided artifact digest does not match any digest in statement',
    );
  }
  const type = readFlag(args, '--type');
  const { predicateType } = opened.statement;
  if (predicateType !== type)
    throw new CallError(`Error: invalid predicate type, expected ${type} got ${predicateType}`);
  return '';
}

/** `cosign verify`: any attestation counts as a signature, and the older form is looked at only where there is no bundle, or on demand. */
export async function verifySignatures(args: readonly string[]): Promise<string> {
  const publicKey = await readPublicKey(args);
  const reference = args.at(-1) ?? '';
  const bundles = isLegacy(args) ? [] : await readAttachedBundles(reference);
  demandNoLog(args);
  if (bundles.length > 0)
    return JSON.stringify(openAll(bundles, reference, publicKey).map((opened) => toClaim(opened.statement, reference)));
  const layers = await readLegacyLayers(reference, 'sig');
  if (layers.length === 0) throw new CallError('Error: no signatures found', 10);
  const signed = layers.filter(
    ({ content, signature }) => signature !== undefined && isSignedBy(content, signature, publicKey),
  );
  const claims = signed.map(({ content }) => JSON.parse(content.toString()) as Claim);
  const about = claims.filter(
    ({ critical }) => critical.image['docker-manifest-digest'] === reference.slice(reference.indexOf('@') + 1),
  );
  if (about.length === 0) throw new CallError('Error: no matching signatures: invalid signature', 12);
  return JSON.stringify(about);
}

/** `cosign verify-attestation`. */
export async function verifyAttestations(args: readonly string[]): Promise<string> {
  const publicKey = await readPublicKey(args);
  const reference = args.at(-1) ?? '';
  const type = readFlag(args, '--type');
  const bundles = isLegacy(args) ? [] : await readAttachedBundles(reference);
  demandNoLog(args);
  const opened =
    bundles.length > 0
      ? openAll(bundles, reference, publicKey)
      : demandSome(await openLegacy(reference, publicKey), reference);
  const found = opened.filter(({ statement }) => statement.predicateType === type);
  if (found.length === 0) throw new CallError(`Error: none of the attestations matched the predicate type: ${type}`);
  return `${found.map(({ envelope }) => JSON.stringify(envelope)).join('\n')}\n`;
}

interface Claim {
  readonly critical: { readonly image: { readonly 'docker-manifest-digest': string } };
}

async function openLegacy(reference: string, publicKey: string): Promise<(Opened | undefined)[]> {
  const layers = await readLegacyLayers(reference, 'att');
  return layers.map(({ content }) => openEnvelope(JSON.parse(content.toString()) as Envelope, publicKey));
}

function openAll(bundles: readonly unknown[], reference: string, publicKey: string): Opened[] {
  return demandSome(
    bundles.map((bundle) => openBundle(bundle, publicKey)),
    reference,
  );
}

/** Those that are about the very digest; one at least. */
function demandSome(opened: readonly (Opened | undefined)[], reference: string): Opened[] {
  const digest = reference.slice(reference.indexOf('@') + 1);
  const about = opened.flatMap((one) => (one !== undefined && isAbout(one.statement, digest) ? [one] : []));
  if (about.length === 0)
    throw new CallError(`Error: no matching attestations: ${opened.length > 0 ? NOT_SIGNED : ''}`);
  return about;
}

function toClaim({ subject, predicateType }: Statement, reference: string): object {
  const [first] = subject;
  return {
    critical: {
      type: predicateType,
      image: { 'docker-manifest-digest': reference.slice(reference.indexOf('@') + 1) },
      identity: { 'docker-reference': reference },
    },
    optional: first?.annotations ?? {},
  };
}

function isLegacy(args: readonly string[]): boolean {
  return args.includes('--new-bundle-format=false');
}

/** No bundle of the stand-in is in a log, so cosign verifies it only when told that none is needed. */
function demandNoLog(args: readonly string[]): void {
  if (hasFlag(args, '--insecure-ignore-tlog')) return;
  throw new CallError(
    'Error: failed to verify log inclusion: not enough verified log entries from transparency log: 0 < 1',
  );
}

async function readPublicKey(args: readonly string[]): Promise<string> {
  return readFile(readFlag(args, '--key'), 'utf8');
}
