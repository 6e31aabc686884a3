import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { type KeyPair, makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { startStandIns } from '../../lab/stand-in/server.ts';
import type { PromoteStep } from '../e2e/fixture.ts';

/** One run of a recording tool, as the kernel tells it. */
export interface ToolCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly parent: number;
}

/** An executable that notes how it was run, then does as its stand-in would, or what a script says. */
export interface Tool {
  readonly path: string;
  calls(): Promise<readonly ToolCall[]>;
}

/** What the tests of one file share: a key, databases, and tools that do their work in milliseconds. */
export interface SecurityRoom {
  readonly key: KeyPair;
  readonly databases: LabRegistry;
  makeDirectory(): Promise<string>;
  /** `script` is JavaScript that runs after the note was taken and may end the process; `call` is the note. */
  makeTool(name: 'trivy' | 'cosign', script?: string): Promise<Tool>;
  /** Runs `dist/promote.js` as a runner would, with stand-ins for the tools. */
  promote(source: string, target: string, step?: PromoteStep): Promise<StepResult>;
  close(): Promise<void>;
}

const STAND_INS = pathToFileURL(join(import.meta.dirname, '../../lab/stand-in/')).href;

/** Opens such a room. */
export async function openSecurityRoom(): Promise<SecurityRoom> {
  const databases = await startRegistry();
  await pushDatabase(databases.host, 'mirror/trivy-db', '2', buildDatabase());
  const key = makeKeyPair('pa55 w&rd of the "key"');
  const cleanups: (() => Promise<void>)[] = [];
  const makeDirectory = async (): Promise<string> => {
    const directory = await mkdtemp(join(tmpdir(), 'promote-image-security-'));
    cleanups.push(() => rm(directory, { recursive: true, force: true }));
    return directory;
  };
  const makeTool: SecurityRoom['makeTool'] = async (name, script = '') =>
    writeTool(await makeDirectory(), name, script);
  const [standIns, tools] = await Promise.all([startStandIns(), makeDirectory()]);
  const [trivy, cosign] = [join(tools, 'trivy'), join(tools, 'cosign')];
  await Promise.all([standIns.writeTool(trivy, 'trivy'), standIns.writeTool(cosign, 'cosign')]);
  const base = {
    version: 1,
    signature: { transparencyLog: false },
    scan: { databases: [`${databases.host}/mirror/trivy-db:2`] },
  };
  return {
    ...{ key, databases, makeDirectory, makeTool },
    async promote(source, target, { inputs, policy = {}, env, ...step } = {}) {
      const merged =
        policy === false ? undefined : { ...base, ...policy, scan: { ...base.scan, ...(policy.scan ?? {}) } };
      const result = await runStep({
        ...step,
        inputs: {
          ...{ source, target, 'cosign-key': 'env://COSIGN_PRIVATE_KEY', trivy, cosign },
          ...(merged === undefined ? {} : { policy: JSON.stringify(merged) }),
          ...inputs,
        },
        env: { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password, ...env },
      });
      cleanups.push(result.remove);
      return result;
    },
    async close() {
      await Promise.all([databases.close(), standIns.close(), ...cleanups.map((clean) => clean())]);
    },
  };
}

async function writeTool(directory: string, name: 'trivy' | 'cosign', script: string): Promise<Tool> {
  const path = join(directory, `${name}.mjs`);
  const notes = join(directory, 'calls');
  await appendFile(notes, '');
  const run = name === 'trivy' ? 'runTrivy' : 'runCosign';
  const text = `#!${process.execPath} --disable-warning=ExperimentalWarning
import fs from 'node:fs';
const read = (file) => fs.readFileSync(file, 'utf8').split('\\0').slice(0, -1);
const env = Object.fromEntries(read('/proc/self/environ').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
const call = { args: read('/proc/self/cmdline').slice(3), env, pid: process.pid, parent: process.ppid };
const valueOf = (flag) => call.args[call.args.indexOf(flag) + 1];
fs.appendFileSync(${JSON.stringify(notes)}, JSON.stringify(call) + '\\n');
${script}
const { ${run} } = await import('${STAND_INS}${name}.ts');
const { code, stdout, stderr } = await ${run}(call);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`;
  // env -S: a shebang passes one argument only.
  await writeFile(path, text.replace(/^#!/, '#!/usr/bin/env -S '), { mode: 0o755 });
  return {
    path,
    async calls() {
      const lines = (await readFile(notes, 'utf8')).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as ToolCall);
    },
  };
}

/** Everything a step left in files: outputs, summary, state, variables, plan, reports and records, by path. */
export async function readLeftFiles(step: StepResult): Promise<ReadonlyMap<string, string>> {
  const home = dirname(step.temporary);
  const names = (await readdir(step.temporary, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const own = ['output', 'summary', 'state', 'env', 'path'].map((name) => join(home, name));
  return new Map(
    await Promise.all([...own, ...names].map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
}

/** Writes a Docker config, for DOCKER_CONFIG. */
export async function writeDockerConfig(directory: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'config.json'), text);
  return directory;
}
