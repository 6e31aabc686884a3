import type { FieldReader } from '../base/fields.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { listKeyFiles, type SignerRole } from '../policy/trust.ts';
import type { NamedFiles } from './named-files.ts';
import { findKeyFlaw } from './trust-inputs.ts';

/** What the media type of each file has in its name, where it says one; https://github.com/sigstore/protobuf-specs */
const KINDS = {
  'signing-config': { key: 'signature.signingConfig', word: 'signingconfig', what: 'signing configuration' },
  'trusted-root': { key: 'signature.trustedRoot', word: 'trustedroot', what: 'trusted root' },
} as const;

/** The text of a Sigstore file that the input or the policy names; undefined when neither does, or when it is a problem. */
export async function readSigstoreFile(
  fields: FieldReader,
  named: NamedFiles,
  input: keyof typeof KINDS,
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const { key, word, what } = KINDS[input];
  const isGiven = fields.isGiven(input);
  const [file] = await named.readAll(isGiven ? input : 'policy', [path], isGiven ? undefined : key);
  if (file === undefined) return undefined;
  if (isSigstoreFile(file.text, word)) return file.text;
  const place = isGiven ? '' : ` in ${key}`;
  const fix = `Make one with cosign ${input} create.`;
  fields.addProblem(isGiven ? input : 'policy', `names ${path}${place}, which is no Sigstore ${what}.`, fix);
  return undefined;
}

function isSigstoreFile(text: string, word: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
    const { mediaType } = json as { mediaType?: unknown };
    return mediaType === undefined || (typeof mediaType === 'string' && mediaType.includes(word));
  } catch {
    return false;
  }
}

/** Refuses a trusted root without a log beside a signer of this role who counts only with an entry in one: nothing could ever verify. A signer whom the policy bounds by images or dates may not be asked at all, and is left to the run. */
export function refuseRootWithoutLog(
  fields: FieldReader,
  root: string | undefined,
  role: SignerRole,
  policy: EffectivePolicy,
  anchor: TrustAnchor | undefined,
): void {
  if (root === undefined || isNamingLog(root)) return;
  const asked = policy.signers
    .flatMap(({ signers }) => signers)
    .filter((signer) => signer.role === role && (signer.images ?? signer.notBefore ?? signer.notAfter) === undefined)
    .map(({ transparencyLog, name, key, identity, identityRegexp }) => ({
      transparencyLog,
      name: name ?? key ?? identity ?? identityRegexp ?? 'a signer',
    }));
  const bound = [...(anchor === undefined ? [] : [anchor]), ...asked].find(({ transparencyLog }) => transparencyLog);
  if (bound === undefined) return;
  const isGiven = fields.isGiven('trusted-root');
  const message = `names no transparency log${isGiven ? '' : ' in signature.trustedRoot'}, and ${bound.name} counts only with an entry in one.`;
  const fix = 'Add the log to the trusted root, or say signature: { transparencyLog: false } in the policy.';
  fields.addProblem(isGiven ? 'trusted-root' : 'policy', message, fix);
}

function isNamingLog(root: string): boolean {
  const { tlogs } = JSON.parse(root) as { tlogs?: unknown };
  return Array.isArray(tlogs) && tlogs.length > 0;
}

/** The public keys in PEM of the signers that policies name, by their paths; of these roles, where they are given. */
export async function readPolicyKeys(
  fields: FieldReader,
  named: NamedFiles,
  policy: EffectivePolicy,
  roles?: readonly SignerRole[],
): Promise<ReadonlyMap<string, string>> {
  const files = await named.readAll('policy', listKeyFiles(policy, roles), 'signers');
  for (const { path, text } of files) {
    const flaw = findKeyFlaw(text);
    const fix = 'Give the public key in PEM, as cosign.pub holds it.';
    if (flaw !== undefined) fields.addProblem('policy', `names ${path} in signers, which holds ${flaw}.`, fix);
  }
  return new Map(files.map(({ path, text }) => [path, `${text.trim()}\n`]));
}
