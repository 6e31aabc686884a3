import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildDatabaseArtifact } from '../../lab/database/database.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import { startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { type StandInServer, startStandIns } from '../../lab/stand-in/server.ts';
import { type PollReport, startTagPoller } from '../../lab/tag-poller.ts';
import { readTagState, type TagState } from '../../lab/tag-state.ts';
import { findTool } from '../../lab/tools.ts';
import { type End, endOf, type Scene } from '../e2e/fixture.ts';
import { findMissing, listEvidence, verifyAttestation, verifySignature } from '../e2e/fixture-target.ts';
import { FORMER, FORMER_EVIDENCE, IMAGE, SBOM } from './sample.ts';
import type { KillStep } from './steps.ts';

/** What became of one promotion that was killed, and of the rerun. */
export interface KillResult {
  /** How the first run ended; its code is null when the signal ended it. */
  readonly killed: End;
  /** The tag right after the kill. */
  readonly between: TagState | undefined;
  /** Files the killed run left behind that hold a piece of the key or its password. */
  readonly leaked: readonly string[];
  readonly rerun: End;
  readonly after: TagState | undefined;
  /** Content that is not there, or not byte for byte, at the end. */
  readonly missing: readonly string[];
  /** The predicate types that are attached more than once at the end. */
  readonly doubled: readonly string[];
  readonly polled: PollReport;
  /** What stock cosign said to signature and record, where the step is one of its own. */
  readonly cosign: readonly (number | null)[];
}

const KEY = makeKeyPair();
const DATABASE = buildDatabaseArtifact();
const REPOSITORY = 'prod/web';
/** Signature, record and verification summary. */
const SIGNED = 3;

/** Promotes, sends the promotion a signal (to kill it) at this step, and promotes again, while a second process watches the tag. */
export async function killAndRerun(
  step: KillStep,
  scene: Scene,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<KillResult> {
  const { referrersApi, at, isChannel = false, scans = false } = step;
  const signed = scans ? SIGNED + 1 : SIGNED;
  const [source, target, databases] = await Promise.all([
    startRegistry(),
    startRegistry({ referrersApi }),
    startRegistry(),
  ]);
  source.seed('dev/web', IMAGE, '1');
  source.seed('dev/web', SBOM);
  databases.seed('mirror/trivy-db', DATABASE, '2');
  if (isChannel) {
    for (const image of FORMER_EVIDENCE) target.seed(REPOSITORY, image);
    target.seed(REPOSITORY, FORMER, '1');
  }
  const isReal = step.hasRealTool === true && at.kind === 'tool' && at.tool === 'cosign';
  const key = isReal ? scene.key : KEY;
  const standIns = await startStandIns();
  const tools = await writeTools(step, await scene.makeDirectory(), standIns);
  const inputs = { ...tools, ...(isChannel ? { 'existing-tag': 'move' } : {}) };
  const env = { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const channels = isChannel ? { targets: { channels: ['1'] } } : {};
  const scan = { mode: scans ? 'enforce' : 'off', databases: [`${databases.host}/mirror/trivy-db:2`] };
  const policy = { ...channels, scan };
  const promote = (attempt: string, onStart?: (pid: number) => void): Promise<StepResult> =>
    scene.promote(`${source.host}/dev/web:1`, `${target.host}/${REPOSITORY}:1`, {
      ...{ inputs, policy, env: { ...env, GITHUB_RUN_ATTEMPT: attempt } },
      ...(onStart === undefined ? {} : { onStart }),
    });
  const look = (): Promise<TagState | undefined> => readTagState(target.host, REPOSITORY, '1', signed);
  const poller = await startTagPoller(target.host, REPOSITORY, '1', signed);
  try {
    let pid = 0;
    if (at.kind === 'request') {
      const { faults } = { source, target, databases }[at.side];
      const fault = makeFault(at, () => void process.kill(pid, signal));
      faults.push(at.after === undefined ? fault : { ...at.after, times: 1, before: () => void faults.push(fault) });
    }
    const killed = await promote('1', (id) => {
      pid = id;
    });
    const between = await look();
    const leaked = await findSecrets(dirname(killed.temporary), [key.password, ...key.privateKey.split('\n')]);
    const rerun = endOf(await promote('2'));
    const images = [IMAGE, SBOM];
    const missing = await Promise.all(images.map((image) => findMissing(target.host, REPOSITORY, image)));
    const name = `${target.host}/${REPOSITORY}:1`;
    const cosign = isReal
      ? [await verifySignature(name, key.publicKey, { target: name }), await verifyAttestation(name, key.publicKey)]
      : [];
    const after = await look();
    const types = await listEvidence(target.host, REPOSITORY, IMAGE.root.digest);
    const doubled = types.filter((type, i) => types.indexOf(type) !== i);
    return {
      ...{ killed: endOf(killed), between, leaked, rerun, after, missing: missing.flat(), doubled },
      ...{ polled: await poller.stop(), cosign: cosign.map(({ code }) => code) },
    };
  } finally {
    await poller.stop().catch(() => undefined);
    await Promise.all([source, target, databases, standIns].map((server) => server.close()));
  }
}

function makeFault(at: Extract<KillStep['at'], { kind: 'request' }>, kill: () => void): Fault {
  const { method, path, skip = 0 } = at;
  return {
    ...{ method, path, skip, times: 1, before: kill },
    ...(at.takesEffect ? { dropConnection: 'after' } : { status: 500 }),
  };
}

/** The tool of the step kills the promotion that started it, once it is started like this for the n-th time. */
async function writeTools(
  { at, hasRealTool }: KillStep,
  directory: string,
  standIns: StandInServer,
): Promise<{ trivy: string; cosign: string }> {
  const write = async (tool: 'trivy' | 'cosign'): Promise<string> => {
    const path = join(directory, tool);
    const isStep = at.kind === 'tool' && at.tool === tool;
    // Several may start at once: each makes the first directory that is not there, which is its number.
    const number = `n=1; while ! mkdir '${join(directory, tool)}-'$n 2> /dev/null; do n=$((n + 1)); done`;
    const kill = isStep
      ? `case " $* " in *" ${at.argument} "*) ${number}; [ $n -eq ${at.time} ] && kill -9 $PPID && exit 1;; esac\n`
      : '';
    if (isStep && hasRealTool)
      await writeFile(path, `#!/bin/sh\n${kill}exec '${findTool(tool)}' "$@"\n`, { mode: 0o755 });
    else await standIns.writeTool(path, tool, kill);
    return path;
  };
  return { trivy: await write('trivy'), cosign: await write('cosign') };
}

/** The files below a directory that hold one of these texts; short ones could be anywhere by chance. */
export async function findSecrets(directory: string, secrets: readonly string[]): Promise<string[]> {
  const told = secrets.filter((secret) => secret.length > 12 && !secret.startsWith('-----'));
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (told.some((secret) => bytes.includes(secret))) found.push(path);
  }
  return found;
}
