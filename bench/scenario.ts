import type { Command } from './measure.ts';
import type { Goal, Traffic } from './result.ts';

/** One run that is set up, measured and taken down. */
export interface Attempt {
  readonly command: Command;
  /** Throws when the target is not what it should be. */
  check(output: string): Promise<void>;
  /** What went through the links since the attempt was set up; undefined where it had none. */
  read?(): Promise<{ readonly source: Traffic; readonly target?: Traffic }>;
  end(): Promise<void>;
}

/** One who takes part in a scenario. */
export interface Contender {
  readonly name: string;
  readonly isOurs: boolean;
  readonly version: string;
  /** The command with words for hosts and paths. */
  readonly shown: string;
  /** Sets up one run; `isCounted` asks for links even where the scenario has none, and is not timed. */
  begin(round: number, isCounted: boolean): Promise<Attempt>;
  /** How often the command does the work; what it costs is divided by it. Default 1. */
  readonly repeat?: number;
}

/** A scenario that is set up. */
export interface Stage {
  readonly about: readonly string[];
  /** 0 where no image is moved. */
  readonly imageBytes: number;
  readonly contenders: readonly Contender[];
  close(): Promise<void>;
}

/** One question that the benchmark answers. */
export interface Scenario {
  /** In kebab-case: the name of its files. */
  readonly name: string;
  readonly title: string;
  readonly figure: 'wall' | 'cpu';
  readonly goals: readonly Goal[];
  /** True where every round goes through links, and takes long: no round goes before them that only counts bytes and warms up. */
  readonly isLong?: boolean;
  set(context: BenchContext): Promise<Stage>;
}

/** What all scenarios share. */
export interface BenchContext {
  /** The command line that is measured: `dist/cli.js` of this checkout, or another build's. */
  readonly cli: string;
  readonly peers: readonly Peer[];
  open(options: { readonly to: string; readonly roundTrip: number; readonly rate?: number }): Promise<OpenLink>;
}

/** A link before a registry. */
export interface OpenLink {
  readonly host: string;
  read(): Promise<{ readonly there: number; readonly back: number }>;
  close(): Promise<void>;
}

/** A tool that copies images, as it is found on this machine. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  readonly isOurs: boolean;
  copy(source: string, target: string): Command;
  /** The same with words for hosts and paths. */
  readonly shown: string;
}
