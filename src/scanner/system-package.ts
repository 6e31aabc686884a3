/** A package of an operating system, as its package URL tells of it; https://github.com/package-url/purl-spec */
export interface SystemPackage {
  /** The package URL without what comes after its version. */
  readonly id: string;
  readonly version: string;
  /** The system it is of, as `debian-12.5`; Trivy does not look there. */
  readonly distribution: string | undefined;
  /** The source package it was built from, where that has another name or version. Advisories name these, and Trivy does not look there either. */
  readonly source: SourcePackage | undefined;
}

/** A source package. Without a version it has that of its package. */
export interface SourcePackage {
  readonly name: string;
  readonly version?: PackageVersion;
}

/** A version in the parts that Trivy keeps. */
export interface PackageVersion {
  readonly epoch?: string;
  readonly version: string;
  readonly release?: string;
}

/** The types of package URLs that only operating systems have. https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst */
const SYSTEM_TYPES: ReadonlySet<string> = new Set([
  ...['alpm', 'apk', 'deb', 'ebuild', 'opkg', 'portage', 'qpkg', 'rpm', 'xbps'],
]);

/** Reads a package URL; undefined for one that is not of an operating system's package, or is none at all. */
export function readSystemPackage(purl: string): SystemPackage | undefined {
  const [, type = '', path = '', version = '', rest = ''] =
    /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?/.exec(purl) ?? [];
  if (!SYSTEM_TYPES.has(type.toLowerCase())) return undefined;
  const qualifiers = new URLSearchParams(rest.replaceAll('+', '%2B'));
  const upstream = qualifiers.get('upstream') ?? '';
  return {
    id: `${type.toLowerCase()}/${path}@${version}`,
    version,
    distribution: qualifiers.get('distro') ?? undefined,
    source: upstream === '' ? undefined : readSource(upstream),
  };
}

/** `name`, `name@version`, or the file name of a source RPM. */
function readSource(upstream: string): SourcePackage {
  const rpm = upstream.endsWith('.src.rpm') ? splitLast(upstream.slice(0, -'.src.rpm'.length)) : undefined;
  const named = rpm === undefined ? undefined : splitLast(rpm[0]);
  if (rpm !== undefined && named !== undefined) {
    return { name: named[0], version: { version: named[1], release: rpm[1] } };
  }
  const at = upstream.indexOf('@');
  return at < 1 ? { name: upstream } : { name: upstream.slice(0, at), version: splitVersion(upstream.slice(at + 1)) };
}

/** `[epoch:]version[-release]`; https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
function splitVersion(text: string): PackageVersion {
  const colon = text.indexOf(':');
  const epoch = colon > 0 ? { epoch: text.slice(0, colon) } : {};
  const [version, release] = splitLast(text.slice(colon + 1)) ?? [text.slice(colon + 1)];
  return { ...epoch, version, ...(release === undefined ? {} : { release }) };
}

/** What is before and after the last hyphen. */
function splitLast(text: string): readonly [string, string] | undefined {
  const hyphen = text.lastIndexOf('-');
  return hyphen < 1 ? undefined : [text.slice(0, hyphen), text.slice(hyphen + 1)];
}

/** `debian-12.5` as a name and a version; undefined when it is not in that form. */
export function splitDistribution(text: string): { readonly name: string; readonly version: string } | undefined {
  const hyphen = text.search(/-\d/);
  const [name, version] = [text.slice(0, hyphen), text.slice(hyphen + 1)];
  const isSplit = hyphen > 0 && /^[a-z][a-z0-9._-]*$/.test(name) && /^[A-Za-z0-9._-]+$/.test(version);
  return isSplit ? { name, version } : undefined;
}
