import type { ActionNeeds, Login } from '../../base/action.ts';
import type { Log } from '../../base/ports.ts';
import { selectKmsEnv } from '../../signer/kms.ts';

/** What a variable is called that holds a secret: the runner masks what came from its secrets, but not what a step before this one made. */
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSPHRASE|PRIVATE_KEY|ACCOUNT_KEY|API_KEY|ACCESS_KEY(?:_ID)?)$/i;
/** Shorter values of such variables are more often words, such as `true`, than secrets. */
const MIN_GUESSED = 8;

/** Masks what is known to be secret before anything is read or refused: the inputs and variables that hold secrets. */
export function maskInputs(raw: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv, log: Log): void {
  // First what contains the others: a runner that replaces one mask after the other would else leave the ends of it.
  for (const role of ['source', 'target']) {
    const [username, password] = [raw[`${role}-username`]?.trim(), raw[`${role}-password`]?.replace(/\r?\n$/, '')];
    if (username && password) maskLogin({ username, password }, log);
  }
  const key = raw['cosign-key']?.trim() ?? '';
  const variable = /^env:\/\/(\w+)$/.exec(key)?.[1];
  // What a cluster says of itself is long, and its addresses run into each other.
  const isJson = (text: string | undefined): boolean => /^\s*[{[]/.test(text ?? '');
  const texts = {
    ...raw,
    ...(isJson(raw.images) ? { images: '' } : {}),
    ...(isJson(raw.files) ? { files: '' } : {}),
  };
  const secrets = [
    raw['source-password'],
    raw['target-password'],
    raw['github-token'],
    env.COSIGN_PASSWORD,
    env.SIGSTORE_ID_TOKEN,
    variable === undefined ? undefined : env[variable],
    // A key where its name should be is refused, and must not be shown while it is.
    key.includes('-----BEGIN') ? key : undefined,
    // The same where a public key belongs.
    ...Object.values(raw).filter((text) => text.includes('PRIVATE KEY-----')),
    ...listPasswords(raw['registry-auth'] ?? ''),
    ...[raw.source, raw.target, texts.images].flatMap((text) => listUserInfo(text ?? '')),
    ...Object.values(texts).flatMap(listUrlUserInfo),
    ...Object.values(env).flatMap((value) => listUrlUserInfo(value ?? '')),
    ...Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && value.length >= MIN_GUESSED && SECRET_NAME.test(name) ? [value] : [],
    ),
  ];
  for (const secret of secrets) if (secret) log.mask(secret);
}

/** The passwords of a list that may not even be YAML: it is refused then, and what refuses it must not show them. */
function listPasswords(text: string): string[] {
  const found = text.matchAll(/password["']?[ \t]*:[ \t]*(\S.*?)(?=[\s"']password["']?[ \t]*:|$)/gim);
  return [...found].flatMap(([, value = '']) => {
    const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/.exec(value);
    return quoted === null ? [value.trim(), value.replace(/\s*[,}].*$/, '')] : [quoted[1] ?? quoted[2] ?? ''];
  });
}

/** The password in `user:password@registry/repo`, which is refused; the port or tag before a digest is none, however that is written. */
function listUserInfo(text: string): string[] {
  return text
    .split(/\s+/)
    .flatMap((word) => /^[^:/@]+:(?!\/\/)(.+)@(?!sha\d+:|\w+:[a-f0-9]{32,}$)[^@]+$/i.exec(word)?.[1] ?? []);
}

/** The password of each URL in a text, as it stands there and decoded, also in the form in which Basic authentication sends it; a port before a path is none. */
function listUrlUserInfo(text: string): string[] {
  // A pull request's text may be among the variables: each word only to its last @, so that no search is in vain.
  const words = text.split(/\s+/).map((word) => word.slice(0, word.lastIndexOf('@') + 1));
  const found = words.flatMap((word) => [...word.matchAll(/:\/\/([^\s:/@]*):(?!\d+\/)(\S*)@/g)]);
  return found.flatMap(([, user = '', password = '']) => {
    const secret = decode(password);
    return [password, secret, Buffer.from(`${decode(user)}:${secret}`).toString('base64')];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Masks every login of the request, also in the form in which Basic authentication sends it. */
export function maskLogins<Role extends string>({ clients }: ActionNeeds<Role>, log: Log): void {
  for (const { logins } of Object.values<ActionNeeds<Role>['clients'][Role]>(clients)) {
    for (const login of logins.values()) maskLogin(login, log);
  }
}

function maskLogin({ username, password }: Login, log: Log): void {
  log.mask(Buffer.from(`${username}:${password}`).toString('base64'));
  log.mask(password);
}

/** The variables that cosign needs for its key: given to cosign, to nobody else. */
export function readKeyEnv(
  { keyVariables }: Pick<ActionNeeds<never>, 'keyVariables'>,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  return Object.fromEntries(keyVariables.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/** The variables that the KMS of each key reads, and no other: a cloud's credentials reach cosign only where its KMS is named. */
export function readKmsEnv(
  { keyUris }: Pick<ActionNeeds<never>, 'keyUris'>,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  return Object.assign({}, ...keyUris.map((uri) => selectKmsEnv(uri, env)));
}
