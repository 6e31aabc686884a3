import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { apply } from '../../src/promote/apply.ts';
import { gatherFacts } from '../../src/promote/facts.ts';
import type { ScanResult } from '../../src/promote/gates.ts';
import { Journal } from '../../src/promote/journal.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { decide } from '../../src/promote/plan.ts';
import { makeStatements } from '../../src/promote/statements.ts';
import { loadGraph } from '../../src/transfer/graph.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { fetchReferrers } from '../../src/transfer/referrers.ts';
import { fetchStore } from '../../src/transfer/store.ts';
import { type FakePorts, NOW, openPorts } from './fake-ports.ts';
import { createFakeSigner, type FakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';

export const AMD64 = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  layers: [{ randomBytes: 500, seed: 1 }],
});
export const ARM64 = buildImage({
  platform: { os: 'linux', architecture: 'arm64' },
  layers: [{ randomBytes: 500, seed: 2 }],
});
export const INDEX = buildIndex([AMD64, ARM64]);
export const DIGEST = INDEX.root.digest;
/** Refers to the index. */
export const SBOM = buildReferrer(INDEX.root, { artifactType: 'application/spdx+json', bytes: '{}' });

/** What is asked for: dev/app:1.0 is promoted to prod/app:1.0, signed, unless it says otherwise. */
export interface ApplyOptions {
  /** `repository:tag` at the target registry. */
  readonly targets?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly isSigned?: boolean;
  /** When the gates ended. */
  readonly finishedAt?: Date;
}

/** Of a promotion that does not scan. */
export const NO_SCAN: ScanResult = { verdict: undefined, scannedAt: NOW, finishedAt: NOW, scans: [] };

/** Two registries, the source with the index and its SBOM in dev/app, and what a promotion between them needs. */
export interface ApplyRoom {
  source: LabRegistry;
  target: LabRegistry;
  readonly ports: FakePorts;
  readonly signer: FakeSigner;
  close(): Promise<void>;
}

export async function openApplyRoom(): Promise<ApplyRoom> {
  const room: ApplyRoom = {
    ...{ source: await startRegistry(), target: await startRegistry() },
    ...{ ports: await openPorts(), signer: createFakeSigner() },
    async close() {
      await room.ports.close();
      for (const registry of new Set([room.source, room.target])) await registry.close();
    },
  };
  await pushImage(room.source.host, 'dev/app', '1.0', INDEX);
  await pushImage(room.source.host, 'dev/app', undefined, SBOM);
  return room;
}

/** Gives the room an empty target of another kind. */
export async function replaceTarget(room: ApplyRoom, options: RegistryOptions): Promise<void> {
  await room.target.close();
  room.target = await startRegistry(options);
}

/** Applies what would be applied after gates that all pass; the log of the target begins here. */
export async function applyApproved(
  { source, target, ports, signer }: ApplyRoom,
  { targets = ['prod/app:1.0'], inputs = {}, isSigned = true, finishedAt = NOW }: ApplyOptions = {},
): Promise<{ readonly outcome: Promise<Outcome>; readonly journal: Journal }> {
  const flag = String(isSigned);
  const request = await makeRequest(
    {
      source: `${source.host}/dev/app:1.0`,
      target: targets.map((name) => `${target.host}/${name}`).join('\n'),
      ...{ sign: flag, attest: flag, 'cosign-key': 'env://KEY' },
      ...inputs,
    },
    { env: { KEY: 'k' } },
  );
  const own = request.sign ? signer : undefined;
  const journal = new Journal(request, ports.clock);
  const facts = await gatherFacts(request, async () => own, ports);
  const decision = decide(request, facts);
  const { repository } = request.source;
  const graph = await loadGraph(facts.source, (digest) => ports.source.getManifest(repository, digest));
  const layout = await createLayout(join(ports.workDirectory, `layout-${Math.random()}`));
  const quiet = { onBytes: () => undefined, onSmallDisk: () => undefined, signal: ports.signal };
  const store = await fetchStore(graph, { client: ports.source, repository, layout }, quiet);
  const referrers = await fetchReferrers(graph, ports.source, repository, layout);
  const resultDirectory = join(ports.workDirectory, 'results');
  await mkdir(resultDirectory, { recursive: true });
  target.log.clear();
  const outcome = apply(
    {
      ...{ plan: decision.plan, graph, store, referrers, signer: own, resultDirectory },
      ...makeStatements({
        ...{ request, ports, journal, decision, graph, former: [], scanner: undefined, evidence: { relied: [] } },
        ...{ scan: NO_SCAN, revision: undefined, finishedAt },
      }),
    },
    request,
    ports,
    journal,
  );
  return { outcome, journal };
}

/** What was written to the target, in order: blobs as one word, manifests by what they are. */
export function listWrites({ target }: ApplyRoom): string[] {
  const known = new Map<string, string>([
    [AMD64.root.digest, 'amd64'],
    [ARM64.root.digest, 'arm64'],
    [DIGEST, 'index'],
    [SBOM.root.digest, 'sbom'],
    [DIGEST.replace(':', '-'), 'fallback index'],
  ]);
  const words = target.log.uploads().map(({ method, path }) => {
    const [, repository, reference = ''] = /^\/v2\/(.+?)\/manifests\/(.+)$/.exec(path) ?? [];
    if (repository === undefined) return method === 'PUT' || method === 'PATCH' ? 'blob' : 'open';
    return known.get(reference) ?? (reference.startsWith('sha256:') ? 'evidence' : `tag ${repository}:${reference}`);
  });
  return words.filter((word, i) => word !== words[i - 1]);
}
