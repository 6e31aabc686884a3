/** A package as an SBOM lists it. */
export interface Listed {
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
}

/** As Syft lists a Debian package; `upstream` is its source, where that has another name. */
export function listDebian(name: string, version: string, upstream?: string): Listed {
  const source = upstream === undefined ? '' : `&upstream=${encodeURIComponent(upstream)}`;
  return {
    name,
    version,
    purl: `pkg:deb/debian/${name}@${version.replace(':', '%3A')}?arch=amd64&distro=debian-12${source}`,
  };
}

export const NPM: Listed = { name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' };

export const DEBIAN_12 = { 'bom-ref': 'os:debian@12', type: 'operating-system', name: 'debian', version: '12' };

/** CycloneDX as Syft writes it. */
export function makeCycloneDx(packages: readonly Listed[], more: readonly object[] = [DEBIAN_12]): object {
  const components = packages.map((listed, i) => ({ 'bom-ref': `${listed.name}-${i}`, type: 'library', ...listed }));
  return {
    ...{ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6' },
    metadata: { timestamp: '2026-11-01T00:00:00Z', component: { 'bom-ref': 'app', type: 'container', name: 'app' } },
    components: [...components, ...more],
  };
}

/** SPDX as Syft writes it, and with it BuildKit: nothing in it stands for the operating system. */
export function makeSpdx(packages: readonly Listed[], more: readonly object[] = []): object {
  const own = packages.map(({ name, version, purl }, i) => ({
    ...{ name, SPDXID: `SPDXRef-Package-${i}`, versionInfo: version, downloadLocation: 'NOASSERTION' },
    sourceInfo: 'acquired package info from DPKG DB: /var/lib/dpkg/status',
    externalRefs:
      purl === undefined
        ? []
        : [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  }));
  const root = {
    ...{ name: 'app', SPDXID: 'SPDXRef-DocumentRoot', versionInfo: '1', downloadLocation: 'NOASSERTION' },
    primaryPackagePurpose: 'CONTAINER',
  };
  return {
    ...{ spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', SPDXID: 'SPDXRef-DOCUMENT', name: 'app' },
    documentNamespace: 'https://example.test/app',
    creationInfo: { creators: ['Tool: syft-1.20.0'], created: '2026-11-01T00:00:00Z' },
    packages: [...own, ...more, root],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relatedSpdxElement: root.SPDXID, relationshipType: 'DESCRIBES' },
      ...own.map(({ SPDXID }) => ({
        ...{ spdxElementId: root.SPDXID, relatedSpdxElement: SPDXID, relationshipType: 'CONTAINS' },
      })),
    ],
  };
}
