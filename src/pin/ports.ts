import type { PullRequests } from '../base/ports.ts';
import type { CheckPorts } from '../check/ports.ts';
import type { GitPorts } from '../git/git-process.ts';

/** What pinning needs of the world around it: what a check needs, and git where something is committed. */
export interface PinPorts extends CheckPorts, GitPorts {
  readonly pullRequests?: PullRequests | undefined;
  /** Where this runs, for a pull request to name. */
  readonly run: { readonly runUrl?: string };
  /** See PromotePorts.hold: what a cancel must not tear. */
  readonly hold: <T>(work: (cut: AbortSignal) => Promise<T>) => Promise<T>;
}
