import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.ts';

const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');

/** The one thing that no runner gives: what one step compiled is there for all others, which start in two thirds of the time. */
const COMPILED = resolve(DIST, '../.cache/compiled');

/** One step of a job, as a GitHub runner would run it. */
export interface Step {
  /** The inputs of the `with:` block. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Variables of the step's `env:` block; they win over those of the runner. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the workspace by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly event?: string;
  /** What the event says, such as which commits a pull request is between. */
  readonly payload?: unknown;
  /** The bundle of an action, `promote` by default. */
  readonly action?: string;
  readonly signal?: AbortSignal;
  /** Told the id of the action's process as soon as it runs. */
  readonly onStart?: (pid: number) => void;
  /** Told of each piece of the log as it is written. */
  readonly onLog?: (text: string) => void;
}

/** What a step left behind. */
export interface StepResult {
  readonly code: number | null;
  /** What the runner would show, workflow commands included. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The runner's temporary directory; it stays until `remove` is called. */
  readonly temporary: string;
  readonly workspace: string;
  remove(): Promise<void>;
}

/** Runs a bundled action in a child process with the inputs, files and variables that a runner gives it, and nothing of ours. */
export async function runStep(step: Step): Promise<StepResult> {
  const home = await mkdtemp(join(tmpdir(), 'lab-runner-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    return { ...(await runIn(home, step)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function runIn(home: string, step: Step): Promise<Omit<StepResult, 'remove'>> {
  const place = (name: string): string => join(home, name);
  for (const folder of ['workspace', 'temp', 'tools', 'home']) await mkdir(place(folder));
  for (const [path, text] of Object.entries(step.files ?? {})) {
    await mkdir(dirname(join(place('workspace'), path)), { recursive: true });
    await writeFile(join(place('workspace'), path), text);
  }
  for (const file of ['output', 'summary', 'state', 'env', 'path']) await writeFile(place(file), '');
  await writeFile(place('event.json'), JSON.stringify(step.payload ?? {}));
  const result = await run(process.execPath, [join(DIST, `${step.action ?? 'promote'}.js`)], {
    cwd: place('workspace'),
    env: { ...runnerEnv(place, step.event ?? 'push'), ...toInputs(step.inputs), ...step.env },
    ...(step.signal === undefined ? {} : { signal: step.signal }),
    ...(step.onStart === undefined ? {} : { onStart: step.onStart }),
    ...(step.onLog === undefined ? {} : { onStdout: step.onLog, onStderr: step.onLog }),
  });
  return {
    code: result.code,
    log: result.stdout + result.stderr,
    outputs: parseOutputs(await readFile(place('output'), 'utf8')),
    summary: await readFile(place('summary'), 'utf8'),
    temporary: place('temp'),
    workspace: place('workspace'),
  };
}

/** Parses the file behind GITHUB_OUTPUT: `name=value` lines and `name<<delimiter` blocks. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block?.[1] !== undefined && block[2] !== undefined) {
      const end = lines.indexOf(block[2], i + 1);
      outputs[block[1]] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return outputs;
}

function toInputs(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

function runnerEnv(place: (name: string) => string, event: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: place('home'),
    NODE_COMPILE_CACHE: COMPILED,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'release-manager',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: place('event.json'),
    GITHUB_OUTPUT: place('output'),
    GITHUB_STEP_SUMMARY: place('summary'),
    GITHUB_STATE: place('state'),
    GITHUB_ENV: place('env'),
    GITHUB_PATH: place('path'),
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '4711',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'release',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/release.yml@refs/heads/main',
    GITHUB_WORKSPACE: place('workspace'),
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: place('temp'),
    RUNNER_TOOL_CACHE: place('tools'),
  };
}
