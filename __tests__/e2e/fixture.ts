import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { buildJavaDatabase, pushJavaDatabase } from '../../lab/database/java-database.ts';
import type { Jar } from '../../lab/image/filesystem.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep, type Step, type StepResult } from '../../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { startStandIns } from '../../lab/stand-in/server.ts';
import { findTool } from '../../lab/tools.ts';
import type { PromotionRecord } from '../../src/chain/record.ts';
import type { Statement } from '../../src/chain/statement.ts';

/** A step with the policy as an object, laid over the one all tests share; false: none of ours. */
export interface PromoteStep extends Omit<Step, 'inputs'> {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly policy?: Readonly<Record<string, unknown>> | false;
}

/** What one test file shares: a key, a registry with the scanner's databases, and places that are cleaned up at the end. */
export interface Scene {
  readonly key: SigningKey;
  readonly databases: LabRegistry;
  /** A fresh directory. */
  makeDirectory(): Promise<string>;
  /** An executable in place of a tool; `before` is shell that runs first. */
  makeTool(tool: 'trivy' | 'cosign', before: string): Promise<string>;
  /** Runs `dist/promote.js` as a runner would. */
  promote(source: string, target: string, step?: PromoteStep): Promise<StepResult>;
  close(): Promise<void>;
}

/** The archive whose version only the Java database of the scene can tell. */
export const JAR = { group: 'org.example', artifact: 'libcritical', anonymous: true } as const satisfies Partial<Jar>;

/** Makes the key and serves the databases. With stand-ins for Trivy and cosign a promotion costs a fifth: for tests of what registries do, whose end stock cosign verifies all the same. */
export async function setScene(tools: 'real' | 'stand-in' = 'real'): Promise<Scene> {
  const isReal = tools === 'real';
  const [key, databases, standIns] = await Promise.all([
    isReal ? makeSigningKey() : makeKeyPair(),
    startRegistry(),
    startStandIns(),
  ]);
  const jars = ['1.2.3', '1.2.4'].map((version) => ({ ...JAR, version }));
  await pushDatabase(databases.host, 'mirror/trivy-db', '2', buildDatabase());
  await pushJavaDatabase(databases.host, 'mirror/trivy-java-db', '1', buildJavaDatabase(jars));
  const cleanups: (() => Promise<void>)[] = [standIns.close];
  const makeDirectory = async (): Promise<string> => {
    const directory = await mkdtemp(join(tmpdir(), 'promote-image-e2e-'));
    cleanups.push(() => rm(directory, { recursive: true, force: true }));
    return directory;
  };
  const makeTool: Scene['makeTool'] = async (tool, before) => {
    const directory = await makeDirectory();
    if (isReal) return writeWrapper(directory, tool, `${before}\nexec "$REAL" "$@"`);
    const path = join(directory, tool);
    await standIns.writeTool(path, tool, `${before}\n`);
    return path;
  };
  const [trivy, cosign] = isReal
    ? [findTool('trivy'), findTool('cosign')]
    : await Promise.all([makeTool('trivy', ''), makeTool('cosign', '')]);
  return {
    ...{ key, databases, makeDirectory, makeTool },
    async promote(source, target, { inputs, policy = {}, env, ...step } = {}) {
      const result = await runStep({
        ...step,
        inputs: {
          source,
          target,
          'cosign-key': 'env://COSIGN_PRIVATE_KEY',
          ...{ trivy, cosign },
          ...(policy === false ? {} : { policy: JSON.stringify(withDefaults(policy, databases.host)) }),
          ...inputs,
        },
        env: { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password, ...env },
      });
      cleanups.push(result.remove);
      return result;
    },
    async close() {
      await Promise.all([databases.close(), ...cleanups.map((clean) => clean())]);
    },
  };
}

/** Where the scene's databases are, and no transparency log: everything else is the default, or what the test says. */
function withDefaults(policy: Readonly<Record<string, unknown>>, host: string): object {
  return {
    version: 1,
    signature: { transparencyLog: false },
    ...policy,
    scan: {
      databases: [`${host}/mirror/trivy-db:2`],
      javaDatabases: [`${host}/mirror/trivy-java-db:1`],
      ...(policy.scan as object | undefined),
    },
  };
}

/** How a step ended, as a job can see it; `failures` are the annotations beside those of the refusals. */
export interface End {
  readonly code: number | null;
  readonly result: string | undefined;
  readonly refusals: readonly string[];
  readonly failures: readonly string[];
}

/** How this step ended; every refusal must have an annotation too, so one without it shows as a failure. */
export function endOf(step: StepResult): End {
  const refusals = refusalsOf(step).map(({ code }) => code);
  const errors = errorsOf(step);
  const silent = refusals.filter((code) => !errors.some(({ title }) => title === code));
  return {
    code: step.code,
    result: step.outputs.result,
    refusals,
    failures: [
      ...errors.filter(({ title }) => !refusals.includes(title)).map(({ title, message }) => `${title}: ${message}`),
      ...silent.map((code) => `${code} has no annotation`),
    ],
  };
}

/** The end of a promotion that went well. */
export function success(result: 'promoted' | 'unchanged' | 'planned'): End {
  return { code: 0, result, refusals: [], failures: [] };
}

/** The end of a promotion that was refused with these codes, in this order. */
export function refused(...refusals: readonly string[]): End {
  return { code: 3, result: 'refused', refusals, failures: [] };
}

/** The `::error::` annotations of a step, as the runner would show them. */
export function errorsOf({ log }: StepResult): { title: string; message: string }[] {
  return [...log.matchAll(/^::error(?: title=([^:]*))?::(.*)$/gm)].map(([, title = '', message = '']) => ({
    title,
    message: message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%'),
  }));
}

/** One entry of the output `refusals`. */
export interface RefusalOutput {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly target?: string;
  readonly platform?: string;
  readonly findings?: readonly { readonly id: string; readonly platforms: readonly string[] }[];
}

/** The output `refusals`. */
export function refusalsOf({ outputs }: StepResult): RefusalOutput[] {
  return JSON.parse(outputs.refusals ?? '[]') as RefusalOutput[];
}

/** The records of the output `record`: the statements that were signed. */
export async function recordsOf({ outputs }: StepResult): Promise<Statement<PromotionRecord>[]> {
  const paths = (outputs.record ?? '').split('\n').filter((path) => path !== '');
  return Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as Statement<PromotionRecord>));
}

/** Writes a shell script that can stand in for a tool. `$REAL` in it is the tool of that name. */
export async function writeWrapper(directory: string, tool: 'trivy' | 'cosign', script: string): Promise<string> {
  const path = join(directory, `${tool}-wrapper`);
  await writeFile(path, `#!/bin/sh\nREAL='${findTool(tool)}'\n${script}\n`, { mode: 0o755 });
  return path;
}
