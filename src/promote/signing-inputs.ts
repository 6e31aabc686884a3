import type { FieldReader } from '../base/fields.ts';
import { parseSigningKey, type SigningKey } from '../signer/key.ts';
import { type FileReader, readFor } from './policy-files.ts';

/** Where a key may be. */
export interface SigningContext {
  readonly workspace: string;
  readonly files: FileReader;
  /** The variables cosign may need; only their presence is looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the inputs say about signing. */
export interface Signing {
  readonly sign: boolean;
  readonly attest: boolean;
  readonly key: SigningKey | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads what is to be signed with which key, and whether that key is there; the key itself is never looked at. A dry run signs nothing and may do without, since the pull request of a fork has no secrets. */
export async function readSigning(fields: FieldReader, dryRun: boolean, context: SigningContext): Promise<Signing> {
  const sign = fields.flag('sign');
  const attest = fields.flag('attest');
  const annotations = readAnnotations(fields);
  const text = fields.text('cosign-key');
  if (!sign && !attest) return { sign, attest, key: undefined, annotations };
  if (text === '') {
    if (dryRun) return { sign, attest, key: undefined, annotations };
    fields.addProblem(
      'cosign-key',
      'is empty, and this release signs with a key only.',
      'Set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable, or set sign: false and attest: false.',
    );
    return { sign, attest, key: undefined, annotations };
  }
  if (text.includes('-----BEGIN')) {
    fields.addProblem(
      'cosign-key',
      'holds a key itself.',
      'Set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable: an input may be shown in logs.',
    );
    return { sign, attest, key: undefined, annotations };
  }
  const key = parseSigningKey(text, context.workspace);
  if (key === undefined) {
    fields.addProblem(
      'cosign-key',
      `names ${text.split(':')[0]}://, which this release does not use.`,
      'Use env://COSIGN_PRIVATE_KEY or a file.',
    );
  } else if (key.kind === 'env' && !context.env[key.variable]) {
    if (dryRun) return { sign, attest, key: undefined, annotations };
    fields.addProblem(
      'cosign-key',
      `names the variable ${key.variable}, which is empty or not set.`,
      `Give the step env: ${key.variable}: \${{ secrets.${key.variable} }}.`,
    );
  } else if (key.kind === 'file') {
    const file = await readFor('input cosign-key', () => context.files.readText(key.path));
    if ('problem' in file || file.text === undefined) {
      fields.addProblem(
        'cosign-key',
        `names the file ${text}, which cannot be read.`,
        'Check the path, or use env://COSIGN_PRIVATE_KEY.',
      );
    }
  }
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
