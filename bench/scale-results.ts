import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** What one command of a case cost: the median of its rounds. */
export interface PhaseFigures {
  /** copy: neither scan nor signature. plan: a dry run. promote: that plan carried out. verify: the last job of a fleet. */
  readonly phase: 'copy' | 'plan' | 'promote' | 'verify';
  readonly wallMs: number;
  /** User and system, of the process and its children. */
  readonly cpuMs: number;
  /** As the registries logged them. */
  readonly requests: { readonly source: number; readonly target: number };
  /** Over the links, with the headers of HTTP. */
  readonly bytes: { readonly fromSource: number; readonly toTarget: number; readonly fromTarget: number };
  /** Of the process itself, and the largest of each program that it started. */
  readonly peakMb: number;
  readonly childrenMb: Readonly<Record<string, number>>;
  /** Of the plan file, where one was made. */
  readonly planBytes?: number;
}

/** A case and what it came to. */
export interface ScaleFigures {
  readonly name: string;
  readonly registry: string;
  readonly images: number;
  /** Of one image. */
  readonly imageBytes: number;
  readonly rounds: number;
  readonly phases: readonly PhaseFigures[];
}

/** What `docs/benchmarks/scale.json` holds. */
export interface ScaleResults {
  readonly date: string;
  readonly machine: {
    readonly cores: number;
    readonly model: string;
    readonly memoryGb: number;
    readonly node: string;
  };
  readonly roundTripMs: number;
  readonly cases: readonly ScaleFigures[];
}

/** The figures of the last run, by case; none where there was no run yet. */
export async function readKnownCases(path: string): Promise<ReadonlyMap<string, ScaleFigures>> {
  if (!existsSync(path)) return new Map();
  return new Map((await readScaleResults(path)).cases.map((figures) => [figures.name, figures]));
}

/** Reads the figures of the last run. */
export async function readScaleResults(path: string): Promise<ScaleResults> {
  return JSON.parse(await readFile(path, 'utf8')) as ScaleResults;
}
