import { coversScopes, type Scope } from './scope.ts';
import type { Token } from './token.ts';

interface Entry {
  readonly owner: string;
  readonly scopes: readonly Scope[];
  readonly token: Promise<Token>;
  /** The token once it is here. */
  value?: Token;
  /** Milliseconds on the cache's clock; infinite until the token is here. */
  expires: number;
}

const MAX_MARGIN = 10_000;

/** Tokens in memory, one fetch at a time for the same scopes; a token that may do more serves who asks for less. */
export class TokenCache {
  readonly #now: () => number;
  #entries: readonly Entry[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A token of `owner` (a registry, seen with one repository's credentials) that covers the scopes; fetched when there is none. */
  get(owner: string, scopes: readonly Scope[], fetch: () => Promise<Token>): Promise<Token> {
    const now = this.#now();
    this.#entries = this.#entries.filter((entry) => entry.expires > now);
    const held = this.#entries.find((entry) => entry.owner === owner && coversScopes(entry.scopes, scopes));
    return (held ?? this.#add(owner, scopes, fetch)).token;
  }

  /** Forgets a token the registry would not take: this one, not a later one that reads the same. */
  drop(token: Token): void {
    this.#entries = this.#entries.filter((entry) => entry.value !== token);
  }

  #add(owner: string, scopes: readonly Scope[], fetch: () => Promise<Token>): Entry {
    const entry: Entry = { owner, scopes, token: fetch(), expires: Number.POSITIVE_INFINITY };
    this.#entries = [...this.#entries, entry];
    entry.token.then(
      (value) => {
        const { lifetime } = value;
        entry.value = value;
        entry.expires = this.#now() + lifetime - Math.min(MAX_MARGIN, lifetime / 4);
      },
      () => this.#remove(entry),
    );
    return entry;
  }

  #remove(gone: Entry): void {
    this.#entries = this.#entries.filter((entry) => entry !== gone);
  }
}
