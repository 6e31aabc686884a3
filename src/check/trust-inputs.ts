import type { ReadContext } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { readTrustAnchor } from '../inputs/trust-inputs.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import type { SignerRole } from '../policy/trust.ts';

/** Whose signatures count, by what is asked for. */
const ROLES: Readonly<Record<'signed' | 'promoted', readonly SignerRole[]>> = {
  signed: ['source', 'promotion'],
  promoted: ['promotion'],
};

/** Reads who must have signed by the inputs. Who names somebody and verifies nothing meant something else; and who verifies and trusts nobody could only be told that everything is unsigned. */
export async function readAnchor(
  fields: FieldReader,
  { images, signature, signers }: EffectivePolicy,
  context: ReadContext,
  isPolicyKnown: boolean,
): Promise<TrustAnchor | undefined> {
  const before = fields.problems.length;
  const anchor = await readTrustAnchor(fields, '', { ...context, transparencyLog: signature.transparencyLog });
  const { verify } = images;
  if (verify === 'off' || verify === 'exists') {
    if (anchor !== undefined) {
      const input = anchor.kind === 'key' ? 'key' : 'certificate-identity';
      const fix = `Set verify: signed or verify: promoted, or leave ${input} out.`;
      fields.addProblem(input, `is given, and with verify: ${verify} no signature is looked at.`, fix);
    }
    return anchor;
  }
  const isNamed = signers.some((list) => list.signers.some(({ role }) => ROLES[verify].includes(role)));
  if (anchor === undefined && !isNamed && isPolicyKnown && fields.problems.length === before) {
    const fix = `Give key, or certificate-identity and certificate-oidc-issuer, or a policy with signers of role ${ROLES[verify].join(' or ')}.`;
    fields.addProblem('key', `is empty, and nothing else says whom verify: ${verify} is to trust.`, fix);
  }
  return anchor;
}
