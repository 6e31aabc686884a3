import type { Repository } from '../image/reference.ts';
import { askHelper, type CredentialHelper } from './credential-helper.ts';
import { credentialKeys, normalizeKey, serverAddress } from './credential-key.ts';
import { type AuthEntry, type DockerConfig, loadDockerConfig } from './docker-config.ts';

/** What proves who we are to one registry. An identity token is a refresh token, as `az acr login` leaves it. */
export type Credential =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string; readonly username?: string };

/** Where credentials come from. Throws CREDENTIALS when it cannot tell: a broken helper is never "anonymous". */
export interface CredentialSource {
  resolve(repository: Repository): Promise<Credential>;
}

/** Where Docker's credentials are, and what runs its helper programs. */
export interface DockerConfigOptions extends CredentialHelper {
  /** Config files in order of preference; one that does not exist is passed over. */
  readonly paths: readonly string[];
}

const ANONYMOUS: Credential = { kind: 'anonymous' };
const TOKEN_USER = '<token>';

/** Nobody, everywhere. */
export const anonymousCredentials: CredentialSource = { resolve: async () => ANONYMOUS };

/** Credentials by `host[:port]`, or by `host/path` for a part of a registry; `otherwise` is asked for every other one. */
export function explicitCredentials(
  hosts: ReadonlyMap<string, Credential>,
  otherwise: CredentialSource = anonymousCredentials,
): CredentialSource {
  const known = new Map([...hosts].map(([key, credential]) => [normalizeKey(key), credential]));
  return {
    resolve: async (repository) => {
      const key = credentialKeys(repository).find((candidate) => known.has(candidate));
      const credential = key === undefined ? undefined : known.get(key);
      return credential ?? otherwise.resolve(repository);
    },
  };
}

/** What `docker login` left. The most telling key wins; for one key a helper goes before the store, the store before the file. */
export function dockerConfigCredentials(options: DockerConfigOptions): CredentialSource {
  let configs: Promise<readonly (DockerConfig | undefined)[]> | undefined;
  return {
    async resolve(repository) {
      configs ??= Promise.all(options.paths.map(loadDockerConfig));
      for (const config of await configs) {
        const credential = config === undefined ? undefined : await findCredential(config, options, repository);
        if (credential !== undefined) return credential;
      }
      return ANONYMOUS;
    },
  };
}

async function findCredential(
  { auths, credHelpers, credsStore }: DockerConfig,
  helper: CredentialHelper,
  repository: Repository,
): Promise<Credential | undefined> {
  const keys = credentialKeys(repository);
  for (const key of keys) {
    const isHost = key === keys.at(-1);
    const named = credHelpers.get(key);
    // A host's own helper is the only one asked for it: what it does not know, nobody here does.
    if (named !== undefined) return askFor(helper, named, isHost ? serverAddress(repository) : key);
    const stored =
      isHost && credsStore !== undefined ? await askFor(helper, credsStore, serverAddress(repository)) : undefined;
    if (stored !== undefined) return stored;
    const entry = auths.get(key);
    if (entry !== undefined) return fromEntry(entry);
  }
  return undefined;
}

async function askFor(helper: CredentialHelper, name: string, server: string): Promise<Credential | undefined> {
  const answer = await askHelper(helper, name, server);
  return answer && fromPair(answer.username, answer.secret);
}

function fromEntry({ username, password, identityToken }: AuthEntry): Credential {
  if (identityToken === '') return fromPair(username, password);
  return username === '' || username === TOKEN_USER
    ? { kind: 'identity-token', token: identityToken }
    : { kind: 'identity-token', token: identityToken, username };
}

function fromPair(username: string, password: string): Credential {
  return username === TOKEN_USER ? { kind: 'identity-token', token: password } : { kind: 'basic', username, password };
}
