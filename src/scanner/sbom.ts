import { adaptCycloneDx } from './sbom-cyclonedx.ts';
import { type AdaptedSbom, type JsonObject, readObjects, unreadable } from './sbom-fields.ts';
import { adaptSpdx } from './sbom-spdx.ts';

/**
 * Reads an SBOM and says in it what other tools than Trivy say in package URLs only: which system the packages are of,
 * and which source package each was built from. Trivy looks there for neither, and in silence finds less. Nothing is
 * taken away that Trivy would read. Throws SBOM_UNREADABLE.
 */
export function readSbom(bytes: Uint8Array): AdaptedSbom {
  const json = parseObject(bytes);
  const isCycloneDx = json.bomFormat === 'CycloneDX';
  const isSpdx = typeof json.spdxVersion === 'string';
  if (isCycloneDx && isSpdx) throw unreadable('it says of itself that it is CycloneDX and that it is SPDX');
  if (isCycloneDx) return adaptCycloneDx(json);
  if (isSpdx) return adaptSpdx(json);
  throw unreadable(
    '@graph' in json
      ? 'it is SPDX 3, which Trivy does not read: attest SPDX 2.3 or CycloneDX'
      : 'it is neither CycloneDX nor SPDX 2 in JSON',
  );
}

/** A byte order mark, at which Trivy stops, is no obstacle. */
function parseObject(bytes: Uint8Array): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw unreadable('it is not JSON');
  }
  const [only] = readObjects([json], 'the document');
  return only ?? {};
}
