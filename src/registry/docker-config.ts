import { readFile } from 'node:fs/promises';
import { normalizeKey } from './credential-key.ts';
import { RegistryError } from './error.ts';
import { codesOf } from './transport/fault.ts';

/** One inline entry of `auths`; `identityToken` goes before a password. */
export interface AuthEntry {
  readonly username: string;
  readonly password: string;
  readonly identityToken: string;
}

/** What a Docker config file says of credentials, keys normalised. */
export interface DockerConfig {
  readonly auths: ReadonlyMap<string, AuthEntry>;
  readonly credHelpers: ReadonlyMap<string, string>;
  readonly credsStore: string | undefined;
}

/** Reads a Docker config file; undefined when there is none. Throws CREDENTIALS for one that cannot be read or understood. https://docs.docker.com/reference/cli/docker/login/ */
export async function loadDockerConfig(path: string): Promise<DockerConfig | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const [code] = codesOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new RegistryError('CREDENTIALS', `the Docker config ${path} cannot be read`, { cause });
  }
  return parseDockerConfig(text, path);
}

/** Parses a Docker config; `path` is only for errors, which never quote the content. */
export function parseDockerConfig(text: string, path: string): DockerConfig {
  const json = asObject(parseJson(text, path), 'the file', path);
  const auths = new Map<string, AuthEntry>();
  for (const [key, value] of Object.entries(asObject(json.auths ?? {}, 'auths', path))) {
    const entry = parseEntry(asObject(value, `auths[${JSON.stringify(key)}]`, path), key, path);
    if (entry !== undefined) auths.set(normalizeKey(key), entry);
  }
  const credHelpers = new Map<string, string>();
  for (const [key, value] of Object.entries(asObject(json.credHelpers ?? {}, 'credHelpers', path))) {
    credHelpers.set(normalizeKey(key), asString(value, `credHelpers[${JSON.stringify(key)}]`, path));
  }
  return { auths, credHelpers, credsStore: asString(json.credsStore, 'credsStore', path) || undefined };
}

/** Undefined for the empty entries that `docker login` leaves beside a credential store. */
function parseEntry(json: Readonly<Record<string, unknown>>, key: string, path: string): AuthEntry | undefined {
  const where = `auths[${JSON.stringify(key)}]`;
  const identityToken = asString(json.identitytoken, `${where}.identitytoken`, path);
  const auth = asString(json.auth, `${where}.auth`, path);
  if (auth === '') {
    const username = asString(json.username, `${where}.username`, path);
    const password = asString(json.password, `${where}.password`, path);
    return username === '' && password === '' && identityToken === ''
      ? undefined
      : { username, password, identityToken };
  }
  const pair = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = pair.indexOf(':');
  if (colon < 1) fail(path, `${where}.auth is not base64 of user:password`);
  return { username: pair.slice(0, colon), password: pair.slice(colon + 1), identityToken };
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return fail(path, 'it is not JSON');
  }
}

function asObject(value: unknown, where: string, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return fail(path, `${where} is not an object`);
}

function asString(value: unknown, where: string, path: string): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : fail(path, `${where} is not a string`);
}

function fail(path: string, what: string): never {
  throw new RegistryError('CREDENTIALS', `the Docker config ${path} is broken: ${what}`, {
    hint: 'Log in again, or correct the file.',
  });
}
