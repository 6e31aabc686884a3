import { writeZip } from './zip.ts';

/** A distribution whose release file and package database are known, none at all, or a release file of one's own. */
export type Distribution =
  | keyof typeof RELEASES
  | 'none'
  | { readonly osRelease: string; readonly packageDatabase: 'dpkg' | 'apk' };

/** An installed package; `source` is the source package, where it has another name. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly source?: string;
}

/** A Java archive that carries its Maven coordinates, or hides them so that only its digest tells. */
export interface Jar {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** true: neither pom.properties nor file name tell what it is. */
  readonly anonymous?: boolean;
}

type Files = Record<string, string | Uint8Array>;

const RELEASES = {
  'debian 12': { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)', database: 'dpkg', point: '12.5' },
  'debian 8': { id: 'debian', version: '8', name: 'Debian GNU/Linux 8 (jessie)', database: 'dpkg', point: '8.11' },
  'ubuntu 24.04': { id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04 LTS', database: 'dpkg', point: 'trixie/sid' },
  'alpine 3.23': { id: 'alpine', version: '3.23.0', name: 'Alpine Linux v3.23', database: 'apk', point: '3.23.0' },
  'alpine 3.20': { id: 'alpine', version: '3.20.3', name: 'Alpine Linux v3.20', database: 'apk', point: '3.20.3' },
} as const;

/** The files that make a scanner take the image for this distribution with these packages. */
export function listSystemFiles(distribution: Distribution, packages: readonly Package[], architecture: string): Files {
  if (distribution === 'none') return {};
  if (typeof distribution !== 'string') {
    return {
      'etc/os-release': distribution.osRelease,
      ...writePackages(distribution.packageDatabase, packages, architecture),
    };
  }
  const { id, version, name, database, point } = RELEASES[distribution];
  return {
    'etc/os-release': `PRETTY_NAME="${name}"\nNAME="${name}"\nVERSION_ID="${version}"\nID=${id}\n`,
    [database === 'apk' ? 'etc/alpine-release' : 'etc/debian_version']: `${point}\n`,
    ...(id === 'ubuntu' ? { 'etc/lsb-release': `DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=${version}\n` } : {}),
    ...writePackages(database, packages, architecture),
  };
}

/** One jar below `app/`, by path. */
export function listJarFiles(jar: Jar): Files {
  const { group, artifact, version } = jar;
  const properties = `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n`;
  const manifest = { 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n\r\n' };
  if (jar.anonymous === true) {
    return { 'app/library.jar': writeZip({ ...manifest, 'content.txt': properties }) };
  }
  const pom = { [`META-INF/maven/${group}/${artifact}/pom.properties`]: properties };
  return { [`app/${artifact}-${version}.jar`]: writeZip({ ...manifest, ...pom }) };
}

function writePackages(database: 'dpkg' | 'apk', packages: readonly Package[], architecture: string): Files {
  if (database === 'apk') {
    const machine = architecture === 'arm64' ? 'aarch64' : 'x86_64';
    return { 'lib/apk/db/installed': packages.map((p) => `${writeApk(p, machine)}\n\n`).join('') };
  }
  return { 'var/lib/dpkg/status': packages.map((p) => `${writeDpkg(p, architecture)}\n\n`).join('') };
}

function writeDpkg({ name, version, source }: Package, architecture: string): string {
  return [
    `Package: ${name}`,
    'Status: install ok installed',
    'Priority: optional',
    'Section: libs',
    'Installed-Size: 10',
    'Maintainer: Lab <lab@example.test>',
    `Architecture: ${architecture}`,
    ...(source === undefined ? [] : [`Source: ${source}`]),
    `Version: ${version}`,
    'Description: made for a test',
  ].join('\n');
}

function writeApk({ name, version, source = name }: Package, machine: string): string {
  return [
    'C:Q1qKcZ+j23xssAXmgQhkOO8dHnbWw=',
    ...[`P:${name}`, `V:${version}`, `A:${machine}`, 'S:1000', 'I:2000', 'T:made for a test'],
    ...['U:https://example.test', 'L:MIT', `o:${source}`, 'm:Lab <lab@example.test>', 't:1700000000'],
  ].join('\n');
}
