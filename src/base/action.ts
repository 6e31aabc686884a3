import type { InputSpec, OutputSpec } from './fields.ts';

/** One action as data: everything that a host has to know of it. A host runs any of them, as a step of a job or from a command line. */
export interface Action<Request, Ports, Outcome, Role extends string> {
  /** The word after the command's name, and the name of the bundle. */
  readonly name: string;
  /** What it does, in a sentence without a full stop. */
  readonly about: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
  /** The outputs of a run that ended before there was an outcome; what is JSON stays JSON, so that later steps can read it. */
  readonly noOutputs: Readonly<Record<string, string>>;
  /** The input that may come from standard input on a command line, when there is one. */
  readonly standardInput?: string;
  /** Turns raw inputs into a request; throws UsageError with every problem at once, before anything is asked of a registry. */
  readonly read: (raw: Readonly<Record<string, string>>, context: ReadContext) => Promise<Request>;
  readonly describeNeeds: (request: Request) => ActionNeeds<Role>;
  /** Always ends in an outcome, unless the host itself fails. */
  readonly run: (request: Request, ports: Ports) => Promise<Outcome>;
  /** The same outcome, its free texts without secrets: a registry or a tool may quote what we sent it. References and paths stay, since later steps use them. */
  readonly redact: (outcome: Outcome, redact: (text: string) => string) => Outcome;
  readonly toReport: (outcome: Outcome) => ActionReport;
  /** The job summary of what ended before the action began. */
  readonly renderCrash: (error: unknown) => string | Promise<string>;
}

/** How an action ended, for whoever started it. */
export interface ActionReport {
  readonly result: string;
  readonly exitCode: ExitCode;
  readonly outputs: Readonly<Record<string, string>>;
  /** What refuses, each told on its own. */
  readonly annotations: readonly Annotation[];
  /** What could not be decided; undefined when everything was. */
  readonly error: unknown;
  /** What it made, for whoever started it to read or to pipe on, such as a unified diff. */
  readonly document?: string;
  /** Markdown, escaped. Only called where somebody wants to read it. */
  readonly renderSummary: () => string | Promise<string>;
}

/** 0 done or nothing to do, 1 could not decide, 2 wrong use, 3 refused. */
export type ExitCode = 0 | 1 | 2 | 3;

/** One thing to tell at the place where the action was used. */
export interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The file it is about, from the root of the workspace. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
  /** Absent for an error. */
  readonly level?: 'error' | 'warning';
}

/** What stands around the inputs: the event decides whether anything may be written. */
export interface ReadContext {
  readonly workspace: string;
  readonly event: string;
  readonly files: FileReader;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `owner/name` of the repository whose pipeline runs, where that is known. */
  readonly repository?: string | undefined;
  /** True where the host can open a pull request. */
  readonly hasPullRequests?: boolean | undefined;
  /** A fresh OIDC token of this job for Sigstore; absent where the host has none to give. */
  readonly identityToken?: (() => Promise<string>) | undefined;
}

/** How policies and other files of the workspace are read. A policy may come from elsewhere than the work tree: on a pull request, from the base commit. */
export interface FileReader {
  /** The text of a file in the workspace, or undefined when there is none. */
  readText(path: string): Promise<string | undefined>;
  /** The text of a policy file as it may be trusted, or undefined when there is none. */
  readPolicy(path: string): Promise<string | undefined>;
  /** True for a file that can be run. */
  isExecutable(path: string): Promise<boolean>;
}

/** What a request needs of its host. */
export interface ActionNeeds<Role extends string> {
  /** One registry client a role, so that tokens and connections are kept apart. */
  readonly clients: Readonly<Record<Role, ClientNeed>>;
  readonly insecureHosts: readonly string[];
  /** Certificates in PEM, trusted besides the usual ones. */
  readonly ca: string | undefined;
  /** The variables that hold the signing key and its password: given to cosign, to nobody else. */
  readonly keyVariables: readonly string[];
  /** Key URIs: what their KMS reads from the environment is given to cosign. */
  readonly keyUris: readonly string[];
  /** Where everything large goes; '' for the host's own temporary directory. */
  readonly workDirectory: string;
  readonly timeoutMs: number;
  /** False where the user wants no job summary. */
  readonly summary: boolean;
}

/** What one registry client is opened with. */
export interface ClientNeed {
  /** Explicit logins by registry host; they come before what `docker login` left. */
  readonly logins: ReadonlyMap<string, Login>;
  /** True for the one that writes: a cancel waits for its commit point. */
  readonly writes?: true;
}

/** A user name and a password or token, exactly as they are sent. */
export interface Login {
  readonly username: string;
  readonly password: string;
}
