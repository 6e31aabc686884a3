import type { FileReader } from '../base/action.ts';
import { DomainError, type Problem, UsageError } from '../base/error.ts';
import { type Digest, digestOf } from '../image/digest.ts';
import type { Policy } from '../policy/schema.ts';

/** One policy as it was read. */
export interface PolicySource {
  readonly name: string;
  readonly digest: Digest;
}

/** What reading a file came to: its text, undefined where there is none, or why a file that is there cannot be read. */
export type FileText = { readonly text: string | undefined } | { readonly problem: Problem };

/** Reads a file for an input; one that is there and cannot be read is a problem like any other, told with them. */
export async function readFor(where: string, read: () => Promise<string | undefined>): Promise<FileText> {
  try {
    return { text: await read() };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'FILE_UNREADABLE') throw error;
    return { problem: { where, message: `${error.message}.`, fix: 'Name a file that this step may read.' } };
  }
}

export const DEFAULT_POLICY = '.github/promote-image.yml';

/** A policy with what it is called in messages and the digest of its text. */
export interface NamedPolicy extends PolicySource {
  readonly policy: Policy;
}

/** Reads what the `policy` input says: files, a line each, or YAML in place; without it the default file, if there is one. Problems of all files come together. */
export async function readPolicies(
  input: string,
  files: FileReader,
): Promise<{ readonly policies: readonly NamedPolicy[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const policies: NamedPolicy[] = [];
  const add = async (name: string, text: string): Promise<void> => {
    const { parsePolicy } = await import('../policy/parse.ts');
    const parsed = parsePolicy(text, name);
    problems.push(...parsed.problems);
    if (parsed.policy !== undefined) policies.push({ name, digest: digestOf(text), policy: parsed.policy });
  };
  if (isInPlace(input)) {
    await add('input policy', input);
    return { policies, problems };
  }
  const named = input
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  for (const path of named.length > 0 ? named : [DEFAULT_POLICY]) {
    const file = await readFor('input policy', () => files.readPolicy(path));
    if ('problem' in file) problems.push(file.problem);
    else if (file.text !== undefined) await add(path, file.text);
    else if (named.length > 0) {
      problems.push({
        where: 'input policy',
        message: `names ${path}, which does not exist.`,
        fix: 'Check the path, and that actions/checkout ran before this step.',
      });
    }
  }
  return { policies, problems };
}

/** YAML in place has a top-level key, perhaps quoted or indented; a list of paths has none. */
function isInPlace(input: string): boolean {
  return /^\s*\{/.test(input) || /^[ \t]*(["']?)(?:\$schema|[A-Za-z]+)\1[ \t]*:(?:\s|$)/m.test(input);
}

/** Throws every problem at once, when there is one. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new UsageError(problems);
}
