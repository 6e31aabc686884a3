import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pickPackage } from '../../lab/database/advisories.ts';
import { buildDatabaseArtifact } from '../../lab/database/database.ts';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage, type ImageOptions } from '../../lab/image/image.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';

/** What a promotion under a fault is made of, unless a row says otherwise. */
export interface WorldOptions {
  readonly source?: RegistryOptions;
  readonly target?: RegistryOptions;
  readonly databases?: RegistryOptions;
  /** A fourth registry, which nobody was told of: where a redirect leads. It holds the image, too. */
  readonly elsewhere?: RegistryOptions;
  /** true: the image is scanned, as it always is in earnest. Where a fault has nothing to do with a scan, it is left out. */
  readonly scans?: boolean;
  /** true: source and target are repositories of one registry, the one of `target`. */
  readonly oneRegistry?: boolean;
  readonly image?: BuiltImage;
  /** Pushed to the source beside the image, in this order. */
  readonly referrers?: readonly BuiltImage[];
  /** The mirrors of the policy, at the registry of the databases; default the one that works. */
  readonly mirrors?: readonly string[];
  /** What the mirror that works has; default a fresh database. */
  readonly database?: BuiltImage;
  /** What the fault makes unfindable at the source, so that nobody can carry it. */
  readonly lost?: readonly BuiltImage[];
  /** What the target's tag is before anything begins: a channel that may move, or what is in the way. */
  readonly former?: BuiltImage;
  /** Files of the workspace by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Inputs laid over the usual ones. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Keys laid over those of the policy. */
  readonly policy?: Readonly<Record<string, unknown>>;
}

/** Three registries with an image to promote, and a directory for the run. */
export interface World {
  readonly options: WorldOptions;
  readonly source: LabRegistry;
  readonly target: LabRegistry;
  readonly databases: LabRegistry;
  /** Undefined unless the options name it. */
  readonly elsewhere: LabRegistry | undefined;
  readonly image: BuiltImage;
  readonly referrers: readonly BuiltImage[];
  readonly directory: string;
  close(): Promise<void>;
}

export const SOURCE = { repository: 'dev/web', tag: '1' } as const;
export const TARGET = { repository: 'prod/web', tag: '1' } as const;
export const LOGIN = { username: 'ci', password: 'only for the lab' } as const;

/** A registry that hands out bearer tokens to our login, and to nobody else. */
export const WITH_TOKENS: RegistryOptions = { auth: { kind: 'bearer', ...LOGIN } };

/** A registry without the referrers API, such as GHCR and Docker Hub. */
export const WITHOUT_API: RegistryOptions = { referrersApi: false };

/** A Debian image with one package whose vulnerability is fixed. */
export function makeImage(options: ImageOptions = {}): BuiltImage {
  return buildImage({
    ...{ distribution: 'debian 12', packages: [pickPackage('libcritical', 'debian 12', 'fixed')] },
    layers: [{ randomBytes: 600, seed: 7 }],
    ...options,
  });
}

/** The child that the rows aim at. */
export const AMD64: BuiltImage = makeImage({ platform: { os: 'linux', architecture: 'amd64' } });
export const INDEX: BuiltImage = buildIndex([AMD64, makeImage({ platform: { os: 'linux', architecture: 'arm64' } })]);
/** Refers to the index. */
export const SBOM: BuiltImage = buildReferrer(INDEX.root, {
  artifactType: 'application/spdx+json',
  bytes: '{"sbom":1}',
});

const DATABASE = buildDatabaseArtifact();

/** Opens the registries and stores what is to be promoted. Faults come later: nothing here is spoilt. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const [target, databases] = await Promise.all([startRegistry(options.target), startRegistry(options.databases)]);
  const source = options.oneRegistry === true ? target : await startRegistry(options.source);
  const elsewhere = options.elsewhere === undefined ? undefined : await startRegistry(options.elsewhere);
  const { image = INDEX, referrers = [SBOM] } = options;
  source.seed(SOURCE.repository, image, SOURCE.tag);
  for (const referrer of referrers) source.seed(SOURCE.repository, referrer);
  elsewhere?.seed(SOURCE.repository, image);
  if (options.former !== undefined) target.seed(TARGET.repository, options.former, TARGET.tag);
  databases.seed('mirror/trivy-db', options.database ?? DATABASE, '2');
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-fault-'));
  const registries = new Set([source, target, databases, ...(elsewhere === undefined ? [] : [elsewhere])]);
  return {
    ...{ options, source, target, databases, elsewhere, image, referrers, directory },
    async close() {
      await Promise.all([...registries].map((registry) => registry.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
