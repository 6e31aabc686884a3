import type { ReadContext } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { parseSigningKey, type SigningKey } from '../signer/key.ts';
import { listKmsSchemes } from '../signer/kms.ts';
import { readFor } from './policy-files.ts';

/** What signing needs of the place it runs at; of the variables only their presence is looked at, and the token is not asked for. */
export type SigningContext = Pick<ReadContext, 'workspace' | 'files' | 'env' | 'identityToken'>;

/** Reads `cosign-key`, and whether that key is there; the key itself is never looked at. A dry run signs nothing and may do without key or token. Undefined too when it is a problem. `unsigned` says how to do without a signature, as in `set attest: false`. */
export async function readSigningKey(
  fields: FieldReader,
  dryRun: boolean,
  context: SigningContext,
  unsigned: string,
): Promise<SigningKey | undefined> {
  const text = fields.text('cosign-key');
  if (text.includes('-----BEGIN')) {
    fields.addProblem(
      'cosign-key',
      'holds a key itself.',
      'Set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable: an input may be shown in logs.',
    );
    return undefined;
  }
  const key = parseSigningKey(text, context.workspace);
  switch (key?.kind) {
    case undefined:
      fields.addProblem(
        'cosign-key',
        `names ${text.split(':')[0]}://, which this release does not use.`,
        `Use env://COSIGN_PRIVATE_KEY, a file, or a KMS: ${listKmsSchemes().join(', ')}.`,
      );
      return undefined;
    case 'keyless':
      return readKeyless(fields, key, dryRun, context, unsigned);
    case 'env':
      if (context.env[key.variable]) return key;
      if (dryRun) return undefined;
      fields.addProblem(
        'cosign-key',
        `names the variable ${key.variable}, which is empty or not set.`,
        `Give the step env: ${key.variable}: \${{ secrets.${key.variable} }}.`,
      );
      return key;
    case 'file': {
      const file = await readFor('input cosign-key', () => context.files.readText(key.path));
      if ('problem' in file || file.text === undefined) {
        fields.addProblem(
          'cosign-key',
          `names the file ${text}, which cannot be read.`,
          'Check the path, or use env://COSIGN_PRIVATE_KEY.',
        );
      }
      return key;
    }
    default:
      return key;
  }
}

/** Without a key the workflow itself signs, and for that the job must be allowed to say who it is. */
function readKeyless(
  fields: FieldReader,
  key: SigningKey,
  dryRun: boolean,
  { identityToken }: SigningContext,
  unsigned: string,
): SigningKey | undefined {
  if (identityToken !== undefined) return key;
  if (dryRun) return undefined;
  fields.addProblem(
    'cosign-key',
    'is empty, and to sign without a key this job would need an identity token, which it cannot get.',
    `Give the job permissions: id-token: write, or set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable, or ${unsigned}.`,
  );
  return undefined;
}
