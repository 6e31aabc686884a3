import { createPublicKey, type KeyObject } from 'node:crypto';
import type { ReadContext } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import type { CertificateAnchor, KeyAnchor, TextMatch, TrustAnchor } from '../image/trust-anchor.ts';
import { findPatternFlaw } from '../policy/identity-pattern.ts';
import { isKmsUri } from '../policy/signer-key.ts';
import { readFor } from './policy-files.ts';

/** What reading an anchor needs of the place it runs at. */
export interface TrustContext extends Pick<ReadContext, 'files' | 'env' | 'repository'> {
  /** Whether a signature of this anchor needs an entry in the transparency log. */
  readonly transparencyLog: boolean;
}

type Prefix = '' | 'source-';

const CERTIFICATE_INPUTS = [
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  'certificate-github-workflow-repository',
] as const;

/**
 * Reads who is trusted from `key` and the `certificate-*` inputs, each with `prefix` before it (`source-`, or nothing).
 * Undefined when none is given, and when one is wrong: that is a problem of `fields` then.
 */
export async function readTrustAnchor(
  fields: FieldReader,
  prefix: Prefix,
  context: TrustContext,
): Promise<TrustAnchor | undefined> {
  const given = CERTIFICATE_INPUTS.map((name) => `${prefix}${name}`).filter((name) => fields.isGiven(name));
  const key = fields.isGiven(`${prefix}key`) ? await readKeyAnchor(fields, `${prefix}key`, context) : undefined;
  if (given.length === 0) return key;
  if (fields.isGiven(`${prefix}key`)) {
    const fix = `Give either ${prefix}key, or an identity and its issuer. A policy can name several signers.`;
    fields.addProblem(`${prefix}key`, `is given beside ${given.join(', ')}.`, fix);
  }
  const certificate = readCertificateAnchor(fields, prefix, context);
  return key ?? certificate;
}

async function readKeyAnchor(
  fields: FieldReader,
  input: string,
  { files, env, transparencyLog }: TrustContext,
): Promise<KeyAnchor | undefined> {
  const text = fields.text(input);
  if (text.includes('-----BEGIN')) return readPem(fields, input, input, text, transparencyLog);
  if (isKmsUri(text)) return { kind: 'key', name: text, transparencyLog, key: text };
  const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
  if (variable !== undefined) {
    const pem = env[variable]?.trim();
    if (pem) return readPem(fields, input, text, pem, transparencyLog);
    const fix = `Give the step env: ${variable}: \${{ vars.${variable} }}.`;
    fields.addProblem(input, `names the variable ${variable}, which is empty or not set.`, fix);
    return undefined;
  }
  if (/^[a-z0-9+.-]+:\/\//i.test(text)) {
    const fix = 'Use a file, env://VARIABLE, or a KMS: awskms, gcpkms, azurekms, hashivault or k8s.';
    fields.addProblem(input, `names ${text.split(':')[0]}://, which this release does not use.`, fix);
    return undefined;
  }
  const file = await readFor(`input ${input}`, () => files.readPolicy(text));
  if ('problem' in file) fields.addProblems([file.problem]);
  else if (file.text !== undefined) return readPem(fields, input, text, file.text, transparencyLog);
  else {
    const fix = 'Check the path, and that actions/checkout ran before this step.';
    fields.addProblem(input, `names ${text}, which does not exist.`, fix);
  }
  return undefined;
}

/** A public key in PEM. What is none is never shown: it may be the private half, put there by mistake. */
function readPem(
  fields: FieldReader,
  input: string,
  name: string,
  text: string,
  transparencyLog: boolean,
): KeyAnchor | undefined {
  const flaw = findKeyFlaw(text);
  if (flaw === undefined) return { kind: 'key', name, transparencyLog, key: `${text.trim()}\n` };
  const holder = name === input ? '' : `names ${name}, which `;
  const fix = 'Give the public key in PEM, as cosign.pub holds it: cosign public-key --key KEY writes it.';
  fields.addProblem(input, `${holder}holds ${flaw}.`, fix);
  return undefined;
}

/** What a text holds that is no public key in PEM, as a phrase after `holds`; it never quotes it. Undefined for a public key. */
export function findKeyFlaw(text: string): string | undefined {
  if (text.includes('PRIVATE KEY')) return 'a private key, where a public one belongs';
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = '']) => label);
  if (blocks.length > 1) return `${blocks.length} PEM blocks, where one public key belongs`;
  if (blocks[0] === undefined) return 'no public key in PEM';
  if (!blocks[0].endsWith('PUBLIC KEY')) return `a ${blocks[0].toLowerCase()}, and no public key`;
  try {
    return findKindFlaw(createPublicKey(text));
  } catch {
    return 'a public key that cannot be read';
  }
}

/** The kinds that cosign verifies with, which is what ran: of a curve other than P-256 too, where the signature is over a SHA-256. It cannot load any other. */
const CURVES: readonly unknown[] = ['prime256v1', 'secp384r1', 'secp521r1', 'secp224r1'];

function findKindFlaw({ asymmetricKeyType: type, asymmetricKeyDetails }: KeyObject): string | undefined {
  const curve = asymmetricKeyDetails?.namedCurve;
  if (type === 'rsa' || type === 'ed25519' || (type === 'ec' && CURVES.includes(curve))) return undefined;
  return `a public key that cosign cannot verify with (${curve ?? type ?? 'of no known kind'})`;
}

function readCertificateAnchor(
  fields: FieldReader,
  prefix: Prefix,
  context: TrustContext,
): CertificateAnchor | undefined {
  const identity = readMatch(fields, `${prefix}certificate-identity`);
  const issuer = readMatch(fields, `${prefix}certificate-oidc-issuer`);
  const input = `${prefix}certificate-github-workflow-repository`;
  const repository = fields.text(input) || undefined;
  if (repository !== undefined && !/^[A-Za-z0-9][\w.-]*\/[\w.-]+$/.test(repository)) {
    fields.addProblem(input, `is ${JSON.stringify(repository)}, which is no repository.`, 'Write owner/name.');
  }
  if (identity === undefined || issuer === undefined) return undefined;
  if (repository === undefined) refuseForeignWorkflow(fields, prefix, identity, context.repository);
  return {
    kind: 'certificate',
    name: identity.text,
    transparencyLog: context.transparencyLog,
    identity,
    issuer,
    ...(repository === undefined ? {} : { repository }),
  };
}

/** Exactly one of the plain input and its `-regexp`. */
function readMatch(fields: FieldReader, input: string): TextMatch | undefined {
  const [exact, pattern] = [fields.text(input), fields.text(`${input}-regexp`)];
  if (exact === '' && pattern === '') {
    const fix = `Set ${input} or ${input}-regexp: an identity says nothing without who issued it.`;
    fields.addProblem(input, 'is empty, and a certificate is trusted by its identity and its issuer.', fix);
    return undefined;
  }
  if (exact !== '' && pattern !== '') {
    fields.addProblem(input, `is given beside ${input}-regexp.`, 'Give one of the two.');
    return undefined;
  }
  if (exact !== '') return { kind: 'exact', text: exact };
  const flaw = findPatternFlaw(pattern);
  if (flaw === undefined) return { kind: 'regexp', text: pattern };
  const fix = 'Write a regular expression in RE2 syntax; it must match all of the text, ^ and $ are not needed.';
  fields.addProblem(`${input}-regexp`, `${flaw}: ${JSON.stringify(pattern.slice(0, 200))}.`, fix);
  return undefined;
}

/** A reusable workflow signs with the same identity for every repository that calls it: without the caller's name it would vouch for a stranger. */
function refuseForeignWorkflow(
  fields: FieldReader,
  prefix: Prefix,
  identity: TextMatch,
  own: string | undefined,
): void {
  if (identity.kind !== 'exact' || own === undefined) return;
  const named = /^https:\/\/[^/]+\/([^/]+\/[^/]+)\/\.github\/workflows\//.exec(identity.text)?.[1];
  if (named === undefined || named.toLowerCase() === own.toLowerCase()) return;
  fields.addProblem(
    `${prefix}certificate-identity`,
    `names a workflow of ${named}, and not for whom it signs: a reusable workflow has this identity for whoever calls it.`,
    `Set ${prefix}certificate-github-workflow-repository to the repository that called it, such as ${own}.`,
  );
}
