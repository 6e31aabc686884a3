import { describeError } from '../base/error.ts';
import type { Exec, ExecResult } from '../base/ports.ts';
import { RegistryError } from './error.ts';
import { cleanText } from './transport/diagnostics.ts';

/** What it takes to run `docker-credential-<name>`. */
export interface CredentialHelper {
  readonly exec: Exec;
  /** The whole environment the helper gets; PATH finds it, HOME and cloud variables are its own business. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** A helper's answer; the user name `<token>` marks an identity token. */
export interface HelperAnswer {
  readonly username: string;
  readonly secret: string;
}

/** Asks a helper for one server; undefined when it has nothing for it, CREDENTIALS when it cannot say. https://github.com/docker/docker-credential-helpers#development */
export async function askHelper(
  { exec, env, cwd, signal }: CredentialHelper,
  name: string,
  server: string,
): Promise<HelperAnswer | undefined> {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) {
    throw new RegistryError(
      'CREDENTIALS',
      `${JSON.stringify(cleanText(name, 80))} cannot be the name of a credential helper`,
      {
        hint: 'Correct credHelpers or credsStore in the Docker config.',
      },
    );
  }
  const file = `docker-credential-${name}`;
  let result: ExecResult;
  try {
    result = await exec({ file, args: ['get'], cwd, env, input: server }, signal);
  } catch (cause) {
    throw new RegistryError('CREDENTIALS', `${file} could not be run for ${server}: ${describeError(cause)}`, {
      cause,
      hint: `Install ${file}, or take it out of the Docker config.`,
    });
  }
  if (result.code === 0) return parseAnswer(file, server, result.stdout);
  if (`${result.stdout}\n${result.stderr}`.toLowerCase().includes('credentials not found')) return undefined;
  const said = cleanText(result.stderr || result.stdout);
  const ended = result.code === null ? `was ended by ${result.signal}` : `ended with ${result.code}`;
  throw new RegistryError('CREDENTIALS', `${file} ${ended} for ${server}${said === '' ? '' : `: ${said}`}`, {
    hint: `Run \`echo ${server} | ${file} get\` where this runs, and see why it fails.`,
  });
}

/** The output holds the secret, so no error may quote it. */
function parseAnswer(file: string, server: string, output: string): HelperAnswer | undefined {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    json = undefined;
  }
  const { Username: username, Secret: secret } = (json ?? {}) as { Username?: unknown; Secret?: unknown };
  if (typeof username !== 'string' || typeof secret !== 'string') {
    throw new RegistryError('CREDENTIALS', `${file} answered for ${server} with something that is no credential`);
  }
  return secret === '' ? undefined : { username, secret };
}
