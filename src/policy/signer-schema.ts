import { z } from 'zod';
import { findEnd, parseInstant } from './date.ts';
import { imagePattern, instant, path, repositoryName, sentence, signerKey, wholePattern } from './schema-fields.ts';

/** What a signer vouches for. */
export const signerRole = z.enum(['source', 'promotion', 'scan']);

/** Who is trusted: a key or a keyless identity, in one role, for some images, for some time. */
export const signerSchema = z
  .strictObject({
    role: signerRole.describe(
      'What this signer vouches for. Naming any signer of the role source demands that one of them signed the source. The roles promotion and scan are asked for under attestations.require.',
    ),
    name: sentence.optional().describe('What messages call this signer. Default: its key or identity.'),
    images: z.array(imagePattern).optional().describe('The images it may vouch for. Without this key: all.'),
    key: signerKey
      .optional()
      .describe('A public key: a PEM file, or a KMS URI (awskms, gcpkms, azurekms, hashivault, k8s).'),
    identity: sentence
      .optional()
      .describe(
        'The identity in a keyless certificate, exactly, such as the URL of a workflow at a ref. A workflow that others may call signs with the same identity for everyone: repository says for whom.',
      ),
    identityRegexp: wholePattern
      .optional()
      .describe('Instead of identity: a regular expression (RE2) that must match all of it.'),
    issuer: sentence
      .optional()
      .describe('Who issued that identity, exactly, such as https://token.actions.githubusercontent.com.'),
    issuerRegexp: wholePattern
      .optional()
      .describe('Instead of issuer: a regular expression (RE2) that must match all of it.'),
    repository: repositoryName
      .optional()
      .describe(
        'The repository (owner/name) whose run signed. It is what binds a reusable workflow of GitHub to its caller. Without it, only the repository that the identity itself names.',
      ),
    transparencyLog: z
      .boolean()
      .optional()
      .describe(
        'Whether its signatures count only with an entry in the transparency log. Default: signature.transparencyLog of the same policy.',
      ),
    notBefore: instant
      .optional()
      .describe(
        'From when on this signer counts: a day (from its start, UTC) or a time. Compared with now, not with the time of the signature, since a key carries no time that could be trusted.',
      ),
    notAfter: instant
      .optional()
      .describe(
        'Until when this signer counts: a day (to its end, UTC) or a time. Compared with now: afterwards, what it signed earlier no longer counts either.',
      ),
  })
  .superRefine((value, context) => {
    for (const [message, fix] of findFlaws(value)) context.addIssue({ code: 'custom', message, params: { fix } });
  });

/** How a target is signed, and what signatures are checked with. */
export const signatureSchema = z
  .strictObject({
    format: z
      .enum(['bundle', 'legacy', 'both'])
      .optional()
      .describe(
        'How the target is signed: as a bundle, as a .sig tag (which podman, CRI-O and OpenShift read), or both. Of several policies, every form that any states. Stating it makes signing compulsory. Default: bundle.',
      ),
    transparencyLog: z.boolean().optional().describe('Put the signature into the transparency log. Default: true.'),
    signingConfig: path
      .optional()
      .describe('A Sigstore signing configuration: the services that sign. Default: the public ones.'),
    trustedRoot: path
      .optional()
      .describe(
        'A Sigstore trusted root: who vouches for keyless identities and log entries. It holds for every signer of every policy, so policies with keyless signers must all name the same. Default: the public one.',
      ),
    repository: sentence.optional().describe('Another repository for signatures.'),
  })
  .describe('How the target is signed.');

type Stated = z.output<typeof signerSchema>;

function findFlaws(signer: Stated): readonly (readonly [message: string, fix: string])[] {
  const { key, identity, identityRegexp, issuer, issuerRegexp, repository } = signer;
  const keyless = [identity, identityRegexp, issuer, issuerRegexp, repository].some((part) => part !== undefined);
  const hasIdentity = identity !== undefined || identityRegexp !== undefined;
  const hasIssuer = issuer !== undefined || issuerRegexp !== undefined;
  const either = 'Give either key, or identity and issuer.';
  const flaws: (readonly [string, string])[] = [];
  if (key !== undefined && keyless) flaws.push(['a signer has both a key and an identity.', either]);
  else if (key === undefined && !keyless) flaws.push(['a signer has neither a key nor an identity.', either]);
  else if (key === undefined && !(hasIdentity && hasIssuer))
    flaws.push(['a keyless signer needs both its identity and its issuer.', either]);
  for (const [exact, pattern, name] of [
    [identity, identityRegexp, 'identity'],
    [issuer, issuerRegexp, 'issuer'],
  ] as const) {
    if (exact !== undefined && pattern !== undefined)
      flaws.push([`a signer has both ${name} and ${name}Regexp.`, 'Keep one of them.']);
  }
  if (isNever(signer)) flaws.push(['a signer ends (notAfter) before it begins (notBefore).', 'Exchange the two.']);
  return flaws;
}

function isNever({ notBefore, notAfter }: Stated): boolean {
  const from = notBefore === undefined ? undefined : parseInstant(notBefore);
  const to = notAfter === undefined ? undefined : findEnd(notAfter);
  return from !== undefined && to !== undefined && to <= from;
}
