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

/** What Trivy reads of a document. https://cyclonedx.org/docs/1.6/json/ */
const KEYS = ['bomFormat', 'specVersion', 'serialNumber', 'version', 'metadata', 'components', 'dependencies'];
/** How Trivy itself writes the source of a package. */
const SOURCE_PROPERTY = 'aquasecurity:trivy:Src';

/** Puts every component on the first level, where alone Trivy looks, and adds what package URLs tell. */
export function adaptCycloneDx(json: JsonObject): AdaptedSbom {
  const metadata = readObjects(json.metadata === undefined ? [] : [json.metadata], 'metadata');
  const nested = metadata.flatMap(({ component }) =>
    readObjects(component === undefined ? [] : [component], 'metadata'),
  );
  const components = flatten([
    ...readObjects(json.components, 'components'),
    ...nested.flatMap((component) => readObjects(component.components, 'metadata.component.components')),
  ]);
  const described = components.map((component) => ({ component, found: readPurl(component.purl) }));
  const { packages, system } = sumUpPackages(described.flatMap(({ found }) => found ?? []));
  const hasSystem = components.some(({ type }) => type === 'operating-system');
  return {
    json: {
      ...pickKeys(json, KEYS),
      components: [
        ...described.map(({ component, found }) => addSource(component, found?.source)),
        ...(hasSystem || system === undefined ? [] : [makeSystem(system)]),
      ],
    },
    systemPackages: packages,
  };
}

/** Not by recursion: how deep components nest is for whoever wrote the SBOM to say. */
function flatten(components: readonly JsonObject[]): JsonObject[] {
  const flat: JsonObject[] = [];
  const open = [...components];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { components: inner, ...component } = next;
    flat.push(component);
    for (const child of readObjects(inner, 'components')) open.push(child);
  }
  return flat.reverse();
}

function addSource(component: JsonObject, source: SourcePackage | undefined): JsonObject {
  if (source === undefined) return component;
  const properties = readObjects(component.properties, 'properties');
  if (properties.some(({ name }) => name === `${SOURCE_PROPERTY}Name`)) return component;
  const { epoch, version, release } = source.version ?? {};
  const told = { Name: source.name, Epoch: epoch, Version: version, Release: release };
  const added = Object.entries(told).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name: `${SOURCE_PROPERTY}${name}`, value }],
  );
  return { ...component, properties: [...properties, ...added] };
}

function makeSystem({ name, version }: SystemName): JsonObject {
  return { 'bom-ref': `operating-system:${name}-${version}`, type: 'operating-system', name, version };
}
