import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { run } from './process.ts';
import { findTool } from './tools.ts';

const ROOT = resolve(import.meta.dirname, '..');
const WORKFLOW = '.github/workflows/test.yml';

/** A git repository on disk that act takes for one at GitHub. */
export interface ActRepository {
  readonly directory: string;
  /** Writes these files, commits everything, and returns the commit. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  /** Puts `action.yml` and `dist/` of this checkout into it, for `uses: ./`. */
  addAction(): Promise<void>;
  /** Runs the workflow in `.github/workflows/test.yml` on this machine, without containers. */
  run(event: ActEvent): Promise<ActResult>;
  remove(): Promise<void>;
}

/** What starts a workflow. */
export interface ActEvent {
  /** Such as `push` or `pull_request`. */
  readonly name: string;
  readonly payload?: unknown;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Variables of the runner; act ignores `GITHUB_*` in a workflow's own `env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folders that stand in for actions at GitHub, by `owner/name@ref`. */
  readonly localRepositories?: Readonly<Record<string, string>>;
}

/** One line of act's JSON log, as far as it is used here. */
export interface ActLine {
  readonly job?: string;
  readonly jobID?: string;
  /** Of a job with `strategy.matrix`: the values of this one. */
  readonly matrix?: Readonly<Record<string, string>>;
  readonly stepID?: readonly string[];
  /** What act would show: the other fields are not masked. */
  readonly msg?: string;
  readonly level?: string;
  /** The line is a step's own output. */
  readonly raw_output?: boolean;
  /** A workflow command of a step, such as `error`, `set-output` or `summary`. */
  readonly command?: string;
  readonly kvPairs?: Readonly<Record<string, string>>;
  readonly arg?: string;
  readonly name?: string;
  /** Of `summary`: the whole of what the step wrote. */
  readonly content?: string;
  readonly stepResult?: string;
  readonly jobResult?: string;
}

/** What a run of act came to. */
export interface ActResult {
  readonly code: number | null;
  /** All that act would show to a person, masked. */
  readonly shown: string;
  readonly lines: readonly ActLine[];
  /** `success`, `failure`, `skipped`, by job; of a matrix `failure` when one of its jobs failed. A job that act left out is not there. */
  readonly jobs: Readonly<Record<string, string>>;
  /** The same of the jobs with these values of their matrix alone; but once one failed, act calls every job of the matrix that ends after it a failure. */
  ofMatrix(values: Readonly<Record<string, string>>): ActResult;
  /** The outputs of a step. */
  outputs(job: string, step: string): Readonly<Record<string, string>>;
  /** What a step wrote to the job summary; undefined when nothing. */
  summary(job: string, step: string): string | undefined;
  /** The `::error::` annotations of a job. */
  errors(job: string): readonly { readonly title: string | undefined; readonly message: string }[];
  /** What the steps of a job printed, as act shows it. */
  printed(job: string): string;
}

/** Makes an empty repository `owner/name` in a temporary directory, with the remote from which act reads its name. */
export async function createActRepository(name: string): Promise<ActRepository> {
  const home = await mkdtemp(join(tmpdir(), 'lab-act-'));
  const directory = join(home, 'repository');
  const git = async (...args: string[]): Promise<string> => {
    const identity = ['-c', 'user.name=lab', '-c', 'user.email=lab@example.test', '-c', 'commit.gpgsign=false'];
    const env = { PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
    const { code, stdout, stderr } = await run('git', [...identity, ...args], { cwd: directory, env });
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  await mkdir(directory);
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('remote', 'add', 'origin', `https://github.com/${name}.git`);
  return {
    directory,
    async commit(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), text);
      }
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', 'lab');
      return git('rev-parse', 'HEAD');
    },
    addAction: () => copyAction(directory),
    run: (event) => runAct(home, directory, event),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** Copies what GitHub would check out of the actions' repository to run them: each `action.yml`, and `dist/`. */
export async function copyAction(directory: string): Promise<void> {
  await cp(join(ROOT, 'dist'), join(directory, 'dist'), { recursive: true });
  await cp(join(ROOT, 'action.yml'), join(directory, 'action.yml'));
  for (const folder of ['verify', 'scan', 'check', 'pin'])
    await cp(join(ROOT, folder), join(directory, folder), { recursive: true });
}

async function runAct(home: string, directory: string, event: ActEvent): Promise<ActResult> {
  const payload = join(home, 'event.json');
  await writeFile(payload, JSON.stringify(event.payload ?? {}));
  await mkdir(join(home, '.cache', 'act', 'tool_cache'), { recursive: true }); // act names it and does not make it
  const { secrets = {}, env = {}, localRepositories = {} } = event;
  const flags = [
    ...['--json', '--no-cache-server', '-P', 'ubuntu-latest=-self-hosted', '-W', WORKFLOW, '-e', payload],
    ...Object.keys(secrets).flatMap((name) => ['-s', name]), // act takes their values from its environment
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(localRepositories).flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
  ];
  // act runs `using: node24` with whatever node is first on the PATH.
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  const result = await run(findTool('act'), [event.name, ...flags], {
    cwd: directory,
    env: { PATH: path, HOME: home, TMPDIR: home, ...secrets },
  });
  return describe(result.code, result.stdout.split('\n').flatMap(parseLine), result.stderr);
}

function describe(code: number | null, lines: readonly ActLine[], stderr: string): ActResult {
  const ofStep = (job: string, step: string) =>
    lines.filter((line) => line.jobID === job && line.stepID?.at(-1) === step);
  return {
    code,
    shown: `${lines.map(({ msg = '' }) => msg).join('\n')}\n${stderr}`,
    lines,
    jobs: joinJobs(lines),
    ofMatrix: (values) => {
      const isMeant = ({ matrix = {} }: ActLine) =>
        Object.entries(values).every(([key, value]) => matrix[key] === value);
      return describe(code, lines.filter(isMeant), stderr);
    },
    outputs: (job, step) =>
      Object.fromEntries(
        ofStep(job, step).flatMap(({ command, name, arg }) =>
          command === 'set-output' && name ? [[name, arg ?? '']] : [],
        ),
      ),
    summary: (job, step) => ofStep(job, step).find(({ command }) => command === 'summary')?.content,
    errors: (job) =>
      lines.flatMap(({ jobID, command, kvPairs, arg = '' }) =>
        jobID === job && command === 'error' ? [{ title: kvPairs?.title, message: arg }] : [],
      ),
    printed: (job) =>
      lines
        .filter((line) => line.jobID === job && line.raw_output === true)
        .map(({ msg = '' }) => msg)
        .join(''),
  };
}

function joinJobs(lines: readonly ActLine[]): Record<string, string> {
  const jobs: Record<string, string> = {};
  for (const { jobID, jobResult } of lines) {
    if (jobID && jobResult && jobs[jobID] !== 'failure') jobs[jobID] = jobResult;
  }
  return jobs;
}

function parseLine(line: string): ActLine[] {
  try {
    return [JSON.parse(line) as ActLine];
  } catch {
    return [];
  }
}
