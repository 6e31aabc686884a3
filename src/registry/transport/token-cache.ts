import { coversScopes, type Scope } from './scope.ts';
import type { Token } from './token.ts';

interface Entry {
  readonly owner: string;
  readonly scopes: readonly Scope[];
  readonly token: Promise<Token>;
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
  async get(owner: string, scopes: readonly Scope[], fetch: () => Promise<Token>): Promise<string> {
    const now = this.#now();
    this.#entries = this.#entries.filter((entry) => entry.expires > now);
    const held = this.#entries.find((entry) => entry.owner === owner && coversScopes(entry.scopes, scopes));
    return (await (held ?? this.#add(owner, scopes, fetch)).token).value;
  }

  /** Forgets a token the registry would not take. */
  async drop(value: string): Promise<void> {
    for (const entry of this.#entries) {
      if (Number.isFinite(entry.expires) && (await entry.token).value === value) this.#remove(entry);
    }
  }

  #add(owner: string, scopes: readonly Scope[], fetch: () => Promise<Token>): Entry {
    const entry: Entry = { owner, scopes, token: fetch(), expires: Number.POSITIVE_INFINITY };
    this.#entries = [...this.#entries, entry];
    entry.token.then(
      ({ lifetime }) => {
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
