interface Purl {
  readonly name: string;
  readonly version: string | undefined;
  readonly qualifiers: ReadonlySet<string>;
}

/** True for a package URL; https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.rst */
export function isPurl(text: string): boolean {
  return parsePurl(text) !== undefined;
}

/** True when a package URL is the one a pattern names, as Trivy matches them: without a version any version, and with every qualifier that the pattern has. */
export function matchesPurl(pattern: string, purl: string): boolean {
  const wanted = parsePurl(pattern);
  const found = parsePurl(purl);
  if (wanted === undefined || found === undefined || wanted.name !== found.name) return false;
  if (wanted.version !== undefined && wanted.version !== found.version) return false;
  return [...wanted.qualifiers].every((qualifier) => found.qualifiers.has(qualifier));
}

/** `pkg:type/namespace/name@version?qualifiers#subpath`; the subpath says nothing about the package. */
function parsePurl(text: string): Purl | undefined {
  const [, type = '', path = '', version, qualifiers = ''] =
    /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]*[^@?#/])(?:@([^?#]+))?(?:\?([^#]*))?(?:#.*)?$/.exec(text) ?? [];
  if (path === '') return undefined;
  try {
    return {
      name: `${type.toLowerCase()}/${decodeURIComponent(path)}`,
      version: version === undefined ? undefined : decodeURIComponent(version),
      qualifiers: new Set(
        qualifiers
          .split('&')
          .filter((pair) => pair !== '')
          .map(decodeURIComponent),
      ),
    };
  } catch {
    return undefined;
  }
}
