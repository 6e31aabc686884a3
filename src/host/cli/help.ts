import { type InputSpec, listUnless, type OutputSpec } from '../../base/fields.ts';
import { isFlagInput, isSecretInput, toVariable } from './arguments.ts';

/** What the help text says of an action. */
export interface HelpSubject {
  readonly name: string;
  readonly about: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
  readonly standardInput?: string;
}

/** How the command is called in help and messages. */
export const COMMAND = 'promote-image';

/** The help of the command: its actions. */
export function renderCommandHelp(actions: readonly HelpSubject[]): string {
  const width = Math.max(...actions.map(({ name }) => name.length));
  return [
    `Usage: ${COMMAND} <action> --input value … [--json]`,
    '',
    ...actions.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}.`),
    '',
    `${COMMAND} <action> --help lists its inputs and outputs.`,
    'Exit codes: 0 done, 1 could not decide (verify: also refused), 2 wrong use, 3 refused.',
    '',
  ].join('\n');
}

/** The help of one action, from the same record as its action.yml. */
export function renderActionHelp(action: HelpSubject): string {
  const inputs = Object.entries(action.inputs).flatMap(([name, spec]) => renderInput(name, spec));
  const outputs = Object.entries(action.outputs).flatMap(([name, { description }]) => [
    `  ${name}`,
    `      ${toPlain(description)}`,
  ]);
  return [
    `Usage: ${COMMAND} ${action.name} --input value … [--json]`,
    '',
    `${action.about}.`,
    '',
    'Inputs (a flag that is repeated makes a list):',
    ...inputs,
    ...renderStandardInput(action),
    '',
    'Outputs, on standard output as JSON with --json:',
    ...outputs,
    '',
  ].join('\n');
}

function renderStandardInput({ standardInput: open, inputs }: HelpSubject): string[] {
  if (open === undefined) return [];
  const others = listUnless(inputs[open] ?? { description: '' }).map((other) => `--${other}`);
  const without = others.length === 0 ? '' : `, without ${others.join(' or ')}`;
  return ['', `--${open} - reads it from standard input, as leaving it out does when something comes in${without}.`];
}

function renderInput(name: string, spec: InputSpec): string[] {
  const fallback = spec.default === undefined || spec.default.includes('{{') ? '' : ` (default: ${spec.default})`;
  const others = listUnless(spec).map((other) => `--${other}`);
  const without = others.length === 0 ? '' : ` (required without ${others.join(' or ')})`;
  const required = spec.required === true ? ' (required)' : without;
  const usage = isSecretInput(name)
    ? `  ${toVariable(name)}, or --${name}-stdin`
    : `  --${name}${isFlagInput(spec) ? '' : ' VALUE'}${fallback}${required}`;
  return [usage, `      ${toPlain(spec.description)}`];
}

/** The descriptions are Markdown, of which only code spans are used. */
function toPlain(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll('**', '');
}
