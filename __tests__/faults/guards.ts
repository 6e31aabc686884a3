import { CONTENT_GUARDS } from './guards/content.ts';
import { REGISTRY_GUARDS } from './guards/registry.ts';
import { TAG_GUARDS } from './guards/tag.ts';
import { TRANSPORT_GUARDS } from './guards/transport.ts';
import { TRUST_GUARDS } from './guards/trust.ts';

/** Some lines of `src/` that stand between a fault and a wrong end, and a change that takes them away. */
export interface Guard {
  readonly file: string;
  /** What it sees to, as the end of "without it, the engine no longer …". */
  readonly says: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** The guards that the rows name; `npm run mutants` takes each away in turn and expects its rows to fail. */
export const GUARDS = {
  ...TRANSPORT_GUARDS,
  ...REGISTRY_GUARDS,
  ...CONTENT_GUARDS,
  ...TAG_GUARDS,
  ...TRUST_GUARDS,
} as const;

export type GuardName = keyof typeof GUARDS;
