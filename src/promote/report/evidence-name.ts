import { LEGACY_SIGNATURE_TYPE } from '../../chain/legacy-signature.ts';
import { RECORD_PREDICATE } from '../../chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../chain/statement.ts';
import { VSA_PREDICATE } from '../../chain/vsa.ts';
import { VULN_PREDICATE } from '../../chain/vuln.ts';
import { codeSpan } from '../../report/escape.ts';

const NAMES: Readonly<Record<string, string>> = {
  [SIGNATURE_PREDICATE]: 'Signature',
  [LEGACY_SIGNATURE_TYPE]: 'Signature, older form (`.sig`)',
  [RECORD_PREDICATE]: 'Promotion record',
  [VSA_PREDICATE]: 'Verification summary (SLSA)',
  [VULN_PREDICATE]: 'Vulnerability scan',
  'https://slsa.dev/provenance/v1': 'Build provenance (SLSA)',
  'https://slsa.dev/provenance/v0.2': 'Build provenance (SLSA)',
  'https://spdx.dev/Document': 'SBOM (SPDX)',
  'https://cyclonedx.org/bom': 'SBOM (CycloneDX)',
  'https://openvex.dev/ns': 'VEX statement',
};

/** A predicate type in the words of who approves, as Markdown; one that is not known stands as it is. */
export function nameEvidence(predicateType: string): string {
  return Object.hasOwn(NAMES, predicateType) ? `${NAMES[predicateType]}` : codeSpan(predicateType);
}
