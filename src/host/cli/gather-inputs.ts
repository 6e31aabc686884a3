import { UsageError } from '../../base/error.ts';
import { type InputSpec, listUnless } from '../../base/fields.ts';
import { type Arguments, isSecretInput, toVariable } from './arguments.ts';
import type { HelpSubject } from './help.ts';
import { hasStandardInput, readStandardInput } from './standard-input.ts';

/** The inputs of the flags, the secrets of the environment, and what comes from standard input: nothing is read from there for an input that another one stands in for, since a pipe that nobody closes would be waited for. */
export async function gatherInputs(
  action: Pick<HelpSubject, 'inputs' | 'standardInput'>,
  { inputs, standardInput: secret }: Arguments,
  env: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  const gathered: Record<string, string> = { ...inputs };
  for (const name of Object.keys(action.inputs).filter(isSecretInput)) {
    const value = env[toVariable(name)];
    if (value !== undefined && value !== '') gathered[name] = value;
  }
  if (secret !== undefined) gathered[secret] = await readStandardInput();
  const open = action.standardInput;
  if (open === undefined || isReplaced(action.inputs[open], gathered)) return gathered;
  const isAsked = gathered[open] === '-';
  if (isAsked && secret !== undefined) {
    const fix = `Put the secret into ${toVariable(secret)}.`;
    throw new UsageError([{ where: `--${open}`, message: 'and a secret both want standard input.', fix }]);
  }
  const isOffered = gathered[open] === undefined && secret === undefined && hasStandardInput();
  if (isAsked || isOffered) gathered[open] = await readStandardInput();
  return gathered;
}

function isReplaced(spec: InputSpec | undefined, gathered: Readonly<Record<string, string>>): boolean {
  return spec !== undefined && listUnless(spec).some((other) => (gathered[other] ?? '').trim() !== '');
}
