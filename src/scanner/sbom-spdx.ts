import {
  type AdaptedSbom,
  type JsonObject,
  pickKeys,
  readObjects,
  readPurl,
  type SystemName,
  sumUpPackages,
} from './sbom-fields.ts';
import type { SourcePackage } from './system-package.ts';

/** What Trivy reads of a document. https://spdx.github.io/spdx-spec/v2.3/ */
const KEYS = [
  ...['spdxVersion', 'dataLicense', 'SPDXID', 'name', 'documentNamespace', 'creationInfo'],
  ...['packages', 'files', 'relationships', 'documentDescribes', 'annotations'],
];
/** By the id alone Trivy knows the package that stands for the operating system, whatever its purpose. */
const SYSTEM_ID = 'SPDXRef-OperatingSystem';
/** How Trivy itself writes the source of a package. */
const SOURCE_PREFIX = 'built package from';

/** Adds what package URLs tell. */
export function adaptSpdx(json: JsonObject): AdaptedSbom {
  const described = readObjects(json.packages, 'packages').map((spdxPackage) => {
    const references = readObjects(spdxPackage.externalRefs, 'externalRefs');
    const found = references
      .filter(({ referenceType }) => referenceType === 'purl')
      .flatMap(({ referenceLocator }) => readPurl(referenceLocator) ?? []);
    return { spdxPackage, found };
  });
  const { packages, system } = sumUpPackages(described.flatMap(({ found }) => found));
  const hasSystem = described.some(({ spdxPackage: { SPDXID } }) => String(SPDXID).startsWith(SYSTEM_ID));
  return {
    json: {
      ...pickKeys(json, KEYS),
      packages: [
        ...described.map(({ spdxPackage, found }) => addSource(spdxPackage, found[0]?.source)),
        ...(hasSystem || system === undefined ? [] : [makeSystem(system)]),
      ],
    },
    systemPackages: packages,
  };
}

function addSource(spdxPackage: JsonObject, source: SourcePackage | undefined): JsonObject {
  const { sourceInfo } = spdxPackage;
  if (source === undefined || (typeof sourceInfo === 'string' && sourceInfo.startsWith(SOURCE_PREFIX))) {
    return spdxPackage;
  }
  const { epoch, version, release } = source.version ?? {};
  const shown = [epoch === undefined ? '' : `${epoch}:`, version ?? '', release === undefined ? '' : `-${release}`];
  return { ...spdxPackage, sourceInfo: `${SOURCE_PREFIX}: ${source.name} ${shown.join('')}`.trimEnd() };
}

function makeSystem({ name, version }: SystemName): JsonObject {
  return {
    ...{ name, versionInfo: version, SPDXID: `${SYSTEM_ID}-of-package-urls`, downloadLocation: 'NONE' },
    primaryPackagePurpose: 'OPERATING-SYSTEM',
  };
}
