import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `npm run tools` provides for the tests and the demo. */
export const TEST_TOOLS = [
  'trivy',
  'cosign',
  'act',
  'crane',
  'olareg',
  'distribution',
  'docker-registry',
  'fulcio',
  'timestamp-server',
  'rekor-server-posix',
  'slsa-verifier',
  'polcheck',
] as const;
/** What `npm run tools -- --all` adds: the peers of the benchmark. */
export const BENCH_TOOLS = ['regctl', 'oras'] as const;

export type LabTool = (typeof TEST_TOOLS)[number] | (typeof BENCH_TOOLS)[number];

/** The folder of the provided tools: `.cache/tools` of this checkout, or what PROMOTE_IMAGE_TOOLS says. */
export function toolsDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const chosen = env.PROMOTE_IMAGE_TOOLS;
  return chosen ? resolve(chosen) : resolve(import.meta.dirname, '..', '.cache', 'tools');
}

/** Where a tool's executable is, or will be. */
export function toolPath(name: LabTool, directory = toolsDirectory()): string {
  return join(directory, process.platform === 'win32' ? `${name}.exe` : name);
}

/** The path of a provided tool; throws, naming the command that provides it, when it is not there. */
export function findTool(name: LabTool, directory = toolsDirectory()): string {
  const path = toolPath(name, directory);
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch (cause) {
    const all = (BENCH_TOOLS as readonly string[]).includes(name) ? ' -- --all' : '';
    throw new Error(
      `${name} is not there: run "npm run tools${all}" (it downloads the tools, or builds them with Go, and says what is missing)`,
      { cause },
    );
  }
}
