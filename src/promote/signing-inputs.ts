import type { FieldReader } from '../base/fields.ts';
import { readSigningKey, type SigningContext } from '../inputs/signing-key.ts';
import type { SigningKey } from '../signer/key.ts';

/** What the inputs say about signing. */
export interface Signing {
  readonly sign: boolean;
  readonly attest: boolean;
  readonly key: SigningKey | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads what is to be signed with which key, and whether that key is there; the key itself is never looked at. A dry run signs nothing and may do without key or token, since the pull request of a fork has no secrets. */
export async function readSigning(fields: FieldReader, dryRun: boolean, context: SigningContext): Promise<Signing> {
  const sign = fields.flag('sign');
  const attest = fields.flag('attest');
  const annotations = readAnnotations(fields);
  const key =
    sign || attest ? await readSigningKey(fields, dryRun, context, 'set sign: false and attest: false') : undefined;
  return { sign, attest, key, annotations };
}

function readAnnotations(fields: FieldReader): Record<string, string> {
  const annotations = new Map<string, string>();
  for (const line of fields.lines('signature-annotations')) {
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0)).trim();
    if (key === '')
      fields.addProblem('signature-annotations', `has the line ${JSON.stringify(line)}.`, 'Write key=value.');
    else if (key === 'target' || key === 'environment') {
      fields.addProblem(
        'signature-annotations',
        `sets ${key}, which the promotion signs itself.`,
        'Choose another key.',
      );
    } else if (annotations.has(key)) {
      fields.addProblem('signature-annotations', `sets ${key} twice.`, 'Remove one.');
    } else annotations.set(key, line.slice(equals + 1).trim());
  }
  return Object.fromEntries(annotations);
}
