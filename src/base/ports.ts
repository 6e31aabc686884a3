/** Where a run tells its story. Text may come from registries and scanners: the host neutralises it. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  /** Runs `body` inside a folded group titled `title`. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  /** Hides this secret, and its usual transforms, in everything printed from now on. */
  mask(secret: string): void;
}

/** A child process to run: no shell, and no environment but the one that is listed. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Written to the child's standard input, which is then closed. */
  readonly input?: string;
}

/** What a child process left behind. `code` is null when a signal ended it. */
export interface ExecResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a child process to its end; throws only when it could not be started. Stops it when `signal` fires. */
export type Exec = (command: Command, signal: AbortSignal) => Promise<ExecResult>;

/** A place that outlives the run, shared with other jobs: nothing from it may be trusted unchecked. */
export interface ArchiveCache {
  /** The path of a kept file, or undefined. */
  find(name: string, version: string): Promise<string | undefined>;
  /** Keeps a copy of `file`; failing to keep is not an error. With `dropOthers`, other versions of the name go. */
  keep(name: string, version: string, file: string, options?: { readonly dropOthers: boolean }): Promise<void>;
}

/** Pull requests of the repository whose pipeline runs. */
export interface PullRequests {
  /** Opens one, or updates the one that is open from this branch: there is never a second. Throws where the token may not. */
  open(wanted: WantedPullRequest): Promise<OpenPullRequest>;
}

/** What a pull request is to be. */
export interface WantedPullRequest {
  readonly branch: string;
  /** The branch it is for. */
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** A pull request that is open. */
export interface OpenPullRequest {
  readonly number: number;
  readonly url: string;
  /** False for one that was open before. */
  readonly isNew: boolean;
}

/** The time, as a port, so that ages and expiry dates can be tested. */
export type Clock = () => Date;
