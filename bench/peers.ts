import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../lab/process.ts';
import { findTool, type LabTool } from '../lab/tools.ts';
import type { Command } from './measure.ts';
import type { Peer } from './scenario.ts';

/** What this project is called beside the others. */
export const OURS = 'promote-image';
/** The peers that compute the digest of what they copy, as this project does. */
export const VERIFIERS = ['crane', 'regctl', 'skopeo'] as const;
export const PEERS = [...VERIFIERS, 'oras'] as const;

/** Everything but the copy is switched off, as in the peers; digest checks, the look at the tag and its read-back stay. */
const COPY_ONLY = [
  ...['--scan', 'off', '--sign', 'false', '--attest', 'false', '--referrers', 'ignore', '--summary', 'false'],
];

type Arguments = (source: string, target: string) => readonly string[];

/** The best flags that each has for plain http on loopback: as many requests at once as make it fastest here. */
const ARGUMENTS: Readonly<Record<(typeof PEERS)[number], Arguments>> = {
  crane: (source, target) => ['cp', '--insecure', '-j', '8', source, target],
  regctl: (source, target) => ['image', 'copy', source, target],
  skopeo: (source, target) => [
    ...[
      'copy',
      '--all',
      '--preserve-digests',
      '--quiet',
      '--insecure-policy',
      '--src-tls-verify=false',
      '--dest-tls-verify=false',
    ],
    ...[`docker://${source}`, `docker://${target}`],
  ],
  oras: (source, target) => [
    ...['cp', '--no-tty', '--from-plain-http', '--to-plain-http', '--concurrency', '8', source, target],
  ],
};

const VERSION: Readonly<Record<(typeof PEERS)[number], readonly string[]>> = {
  crane: ['version'],
  regctl: ['version', '--format', '{{.VCSTag}}'],
  skopeo: ['--version'],
  oras: ['version'],
};

/** regctl takes from its settings alone that a registry has no TLS and how many requests may go there at once; 3 without. */
function configureRegctl(...references: readonly string[]): Readonly<Record<string, string>> {
  const hosts = new Set(references.map((reference) => reference.split('/')[0] ?? ''));
  const settings = [...hosts].map((host) => [host, { tls: 'disabled', hostname: host, reqConcurrent: 8 }]);
  return { '.regctl/config.json': JSON.stringify({ version: 1, hosts: Object.fromEntries(settings) }) };
}

const SETTINGS: Readonly<Record<string, string>> = { regctl: ' # with --tls disabled --req-concurrent 8 for both' };

/** Every peer that is on this machine, and this project last. */
export async function findPeers(cli: string, revision: string): Promise<Peer[]> {
  const found: Peer[] = [];
  for (const name of PEERS) {
    const file = findExecutable(name);
    if (file === undefined) continue;
    const { stdout } = await run(file, VERSION[name]);
    found.push({
      ...{ name, isOurs: false, version: /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? 'unknown' },
      copy: (source, target) => ({
        ...{ file, args: ARGUMENTS[name](source, target) },
        ...(name === 'regctl' ? { files: configureRegctl(source, target) } : {}),
      }),
      shown: `${name} ${ARGUMENTS[name]('SOURCE/app:1', 'TARGET/app:1').join(' ')}${SETTINGS[name] ?? ''}`,
    });
  }
  return [...found, describeOurs(cli, revision)];
}

function describeOurs(cli: string, version: string): Peer {
  return {
    ...{ name: OURS, isOurs: true, version },
    copy: (source, target) => promote(cli, ['--source', source, '--target', target, ...COPY_ONLY]),
    shown: `${OURS} promote --source SOURCE/app:1 --target TARGET/app:1 ${COPY_ONLY.join(' ')}`,
  };
}

/** Our own command line, in a Node.js of its own. */
export function promote(cli: string, flags: readonly string[], env: Command['env'] = {}): Command {
  return { file: process.execPath, args: [cli, 'promote', ...flags], env };
}

/** A tool of `npm run tools`, else the first of that name on the path. */
export function findExecutable(name: string): string | undefined {
  try {
    return findTool(name as LabTool);
  } catch {
    const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
    return places.find((place) => existsSync(place));
  }
}
