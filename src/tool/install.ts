import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveCache, Exec, Log } from '../base/ports.ts';
import { takeCachedArchive } from './cached-archive.ts';
import { hashFile } from './checksum.ts';
import { ToolError } from './error.ts';
import { inspectGivenPath } from './given-path.ts';
import { findReleaseFile, knownPlatforms, type ReleaseFile, type ToolName } from './known-tools.ts';
import type { ReleaseRequest, ToolRequest } from './request.ts';
import { unpackExecutable } from './unpack.ts';

/** What installing a tool needs of its surroundings. */
export interface InstallContext {
  /** As `process.platform` and `process.arch` name them. */
  readonly platform: string;
  readonly arch: string;
  /** What `~` in a path means. */
  readonly home: string;
  /** Of this run only: nobody else can write there. */
  readonly directory: string;
  readonly cache: ArchiveCache;
  readonly download: (url: string, file: string) => Promise<void>;
  readonly exec: Exec;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** A tool that may be run, and what the promotion record says about it. */
export interface InstalledTool {
  readonly name: ToolName;
  readonly version: string;
  readonly path: string;
  /** `path`: named by the user; `cache`, `download`: from a release file with the right checksum. */
  readonly provenance: 'path' | 'cache' | 'download';
  /** Of the executable that runs, in hex. */
  readonly sha256: string;
  /** The checked release file it came from. */
  readonly release?: { readonly url: string; readonly sha256: string };
  /** True when nothing but the user's word vouches for it. */
  readonly trustedAsGiven: boolean;
}

/**
 * Provides a tool: the path the user gave, else a release file from the cache, else one from its release page; unpacked
 * only after its SHA-256 was right in a directory nobody else can write to. Throws a ToolError: nothing unchecked runs.
 */
export async function installTool(request: ToolRequest, context: InstallContext): Promise<InstalledTool> {
  const { name } = request;
  const directory = await mkdtemp(join(context.directory, `${name}-`));
  if (request.kind === 'path') {
    const given = await inspectGivenPath(name, request.path, { ...context, directory });
    context.log.warning(`${name} ${given.version} at ${given.path} is trusted as given: no checksum was compared.`);
    return { name, ...given, provenance: 'path', trustedAsGiven: true };
  }
  const release = releaseFileFor(request, context);
  const sha256 = expectedChecksum(request, release);
  const archive = join(directory, release.file);
  const key = { name, version: request.version };
  const isCached = await takeCachedArchive(key, sha256, archive, context);
  if (!isCached) await downloadArchive(request, release, sha256, archive, context);
  context.signal.throwIfAborted();
  const path = await unpackExecutable(archive, release, join(directory, 'bin'));
  if (!isCached) await keepArchive(request, archive, context);
  await rm(archive, { force: true });
  return {
    ...key,
    path,
    provenance: isCached ? 'cache' : 'download',
    sha256: await hashFile(path, context.signal),
    release: { url: release.url, sha256 },
    trustedAsGiven: false,
  };
}

function releaseFileFor({ name, version }: ReleaseRequest, { platform, arch }: InstallContext): ReleaseFile {
  const release = findReleaseFile(name, version, platform, arch);
  if (release !== undefined) return release;
  throw new ToolError('UNSUPPORTED_PLATFORM', `${name} ${version} has no release file for ${platform}/${arch}`, {
    hint: `Known: ${knownPlatforms(name).join(', ')}. Give the input ${name} the path of an executable instead.`,
  });
}

/** A user's checksum may name a version we do not know; it cannot overrule one we do. */
function expectedChecksum({ name, version, sha256 }: ReleaseRequest, release: ReleaseFile): string {
  if (sha256 !== undefined && release.sha256 !== undefined && sha256 !== release.sha256) {
    throw mismatch(release.url, release.sha256, sha256, 'the input says');
  }
  const expected = sha256 ?? release.sha256;
  if (expected !== undefined) return expected;
  throw new ToolError('UNKNOWN_VERSION', `no checksum of ${name} ${version} is known for this platform`, {
    hint: `Write ${version}@sha256: and the checksum of ${release.file}.`,
  });
}

async function downloadArchive(
  { name, version }: ReleaseRequest,
  { url }: ReleaseFile,
  expected: string,
  archive: string,
  { download, log, signal }: InstallContext,
): Promise<void> {
  log.info(`Downloading ${name} ${version} from ${url}`);
  await download(url, archive).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new ToolError('DOWNLOAD_FAILED', `${name} ${version} could not be downloaded from ${url}`, {
      cause,
      hint: `Where releases cannot be reached, give the input an executable (${name}: /path/to/${name}); in a checkout of this project, npm run tools provides one.`,
    });
  });
  const found = await hashFile(archive, signal);
  if (found === expected) return;
  await rm(archive, { force: true });
  throw mismatch(url, expected, found, 'found');
}

async function keepArchive({ name, version }: ReleaseRequest, archive: string, context: InstallContext): Promise<void> {
  await context.cache.keep(name, version, archive).catch((error: unknown) => {
    context.log.debug(`${name} ${version} was not kept in the tool cache: ${String(error)}`);
  });
}

function mismatch(url: string, expected: string, other: string, label: string): ToolError {
  return new ToolError(
    'CHECKSUM_MISMATCH',
    `wrong SHA-256 for ${url}: expected ${expected}, ${label} ${other}. It was not run.`,
    {
      hint: 'The release was changed, or something on the way to it was. Compare with the checksums its makers signed before you go on.',
    },
  );
}
