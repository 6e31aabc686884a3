/** The tools a promotion runs as child processes. */
export type ToolName = 'trivy' | 'cosign';

/** How a release file holds its executable. */
export type ArchiveKind = 'tar.gz' | 'zip' | 'binary';

/** One release file of one version for one platform; `sha256` is there only where this release knows it. */
export interface ReleaseFile {
  readonly file: string;
  readonly url: string;
  readonly kind: ArchiveKind;
  /** The executable's path in the archive, and its file name once unpacked. */
  readonly executable: string;
  readonly sha256?: string;
}

interface Target {
  readonly file: (version: string) => string;
  readonly kind: ArchiveKind;
  readonly executable: string;
  readonly sha256: Readonly<Record<string, string>>;
}

interface KnownTool {
  readonly pinned: string;
  readonly releases: string;
  readonly askVersion: readonly string[];
  /** By `platform/arch` as Node.js names them. */
  readonly targets: Readonly<Record<string, Target>>;
}

const TOOLS: Readonly<Record<ToolName, KnownTool>> = {
  trivy: {
    pinned: '0.74.0',
    releases: 'https://github.com/aquasecurity/trivy/releases/download',
    askVersion: ['--version'],
    targets: {
      'linux/x64': trivy('Linux-64bit', '2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a'),
      'linux/arm64': trivy('Linux-ARM64', 'b94ce1976bbf3c15b514b605ee88be7c6d94a29be2302847ff01cb794d47aad5'),
      'darwin/arm64': trivy('macOS-ARM64', '1caada5e0e2091909357c7525d3aa76f4b660b13821bc143b190c7483e31cc11'),
      'darwin/x64': trivy('macOS-64bit', '472816f6888dda689d075c30254d4210b4d1035acf365aa72332f584c2f60485'),
      'win32/x64': {
        file: (version) => `trivy_${version}_windows-64bit.zip`,
        kind: 'zip',
        executable: 'trivy.exe',
        sha256: { '0.74.0': '94c40e0696e4b907a74b7b2e1438d5d72ebaca83115817407f568a002d520842' },
      },
    },
  },
  cosign: {
    pinned: '3.1.3',
    releases: 'https://github.com/sigstore/cosign/releases/download',
    askVersion: ['version'],
    targets: {
      'linux/x64': cosign('linux-amd64', '4629c757b7618056f8ddd7e2625ae9fdd94c0372a65049520bc7d9df9efc7f71'),
      'linux/arm64': cosign('linux-arm64', 'c5d324e091826b0d7a78eb16fef316450b4eb9aaec045611c08ba06f5e73220a'),
      'darwin/arm64': cosign('darwin-arm64', '5cf948c2f4dfe59687bdd0b8523709067383e03982cc543475c8a7dc70e92a76'),
      'darwin/x64': cosign('darwin-amd64', '2347488e5d5b25336644024dfeca5601b190e91197a71a917bda44744aff106c'),
      'win32/x64': cosign('windows-amd64.exe', '9fe59be0eca1271873ce019061335eb1ac419b7059202e797828467ddabe33be'),
    },
  },
};

/** The version that runs when nobody asks for another. */
export function pinnedVersion(name: ToolName): string {
  return TOOLS[name].pinned;
}

/** The versions whose checksums are compiled into this release, newest first. */
export function knownVersions(name: ToolName): readonly string[] {
  const versions = Object.values(TOOLS[name].targets).flatMap((target) => Object.keys(target.sha256));
  return [...new Set(versions)].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

/** The platforms a tool has releases for, as `platform/arch` in the names of Node.js. */
export function knownPlatforms(name: ToolName): readonly string[] {
  return Object.keys(TOOLS[name].targets);
}

/** The arguments that make a tool print its version and do nothing else. */
export function versionArguments(name: ToolName): readonly string[] {
  return TOOLS[name].askVersion;
}

/** The release file of a version for a platform (`process.platform`, `process.arch`); undefined where there is none. */
export function findReleaseFile(
  name: ToolName,
  version: string,
  platform: string,
  arch: string,
): ReleaseFile | undefined {
  const { releases, targets } = TOOLS[name];
  const key = `${platform}/${arch}`;
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  if (target === undefined) return undefined;
  const { kind, executable } = target;
  const file = target.file(version);
  const sha256 = Object.hasOwn(target.sha256, version) ? target.sha256[version] : undefined;
  return {
    file,
    url: `${releases}/v${version}/${file}`,
    kind,
    executable,
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

function trivy(suffix: string, sha256: string): Target {
  return {
    file: (version) => `trivy_${version}_${suffix}.tar.gz`,
    kind: 'tar.gz',
    executable: 'trivy',
    sha256: { '0.74.0': sha256 },
  };
}

function cosign(suffix: string, sha256: string): Target {
  return {
    file: () => `cosign-${suffix}`,
    kind: 'binary',
    executable: suffix.endsWith('.exe') ? 'cosign.exe' : 'cosign',
    sha256: { '3.1.3': sha256 },
  };
}
