import { ScannerError } from './error.ts';
import { readSystemPackage, type SystemPackage, splitDistribution } from './system-package.ts';

/** An object of an SBOM, of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An SBOM in the form in which Trivy takes in all of it. */
export interface AdaptedSbom {
  readonly json: object;
  /** The packages of an operating system that it lists, each once. */
  readonly systemPackages: readonly SystemPackage[];
}

/** A name, a version: what an SBOM says of an operating system. */
export interface SystemName {
  readonly name: string;
  readonly version: string;
}

/** More than the largest images have; what has more is made to exhaust its reader. */
const MAX_ENTRIES = 500_000;
/** Characters of a package URL. */
const MAX_PURL = 4_096;

/** The objects of a list in an SBOM; an absent list is empty. */
export function readObjects(value: unknown, where: string): readonly JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unreadable(`${where} is not a list`);
  if (value.length > MAX_ENTRIES) throw unreadable(`${where} has more than ${MAX_ENTRIES} entries`);
  return value.map((entry) => {
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry as JsonObject;
    throw unreadable(`an entry of ${where} is not an object`);
  });
}

/** Those keys of an object, and nothing else: Go takes `Components` for `components` and believes the last of them. */
export function pickKeys(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (key in json ? [[key, json[key]]] : [])));
}

/** The system package that a package URL names, if it names one. */
export function readPurl(purl: unknown): SystemPackage | undefined {
  if (typeof purl !== 'string') return undefined;
  if (purl.length > MAX_PURL) throw unreadable(`a package URL is longer than ${MAX_PURL} characters`);
  return readSystemPackage(purl);
}

/** Each package once, and the system that all of them name; none when they name several or none. */
export function sumUpPackages(found: readonly SystemPackage[]): {
  readonly packages: readonly SystemPackage[];
  readonly system: SystemName | undefined;
} {
  const names = new Set(found.flatMap(({ distribution }) => distribution ?? []));
  const [only] = names;
  return {
    packages: [...new Map(found.map((entry) => [entry.id, entry])).values()],
    system: names.size === 1 && only !== undefined ? splitDistribution(only) : undefined,
  };
}

/** Says of an SBOM that no scan can rest on it. */
export function unreadable(why: string): ScannerError {
  return new ScannerError('SBOM_UNREADABLE', `its attested SBOM cannot be read: ${why}`);
}
