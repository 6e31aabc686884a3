import { describe, expect, it } from '@jest/globals';
import type { VulnPredicate } from '../../src/chain/vuln.ts';
import { chooseRenewal, isSameScan, saysSameScan } from '../../src/scan/same-scan.ts';

const DATABASE = `sha256:${'ab'.repeat(32)}`;

function makePredicate(
  scanner: Partial<VulnPredicate['scanner']> = {},
  scanFinishedOn = '2026-11-21T10:00:00.000Z',
  parameters: readonly string[] = ['from=image'],
): VulnPredicate {
  return {
    invocation: { parameters, uri: '', event_id: '', 'builder.id': '' },
    scanner: {
      ...{ uri: 'pkg:github/aquasecurity/trivy@0.74.0', version: '0.74.0', result: {} },
      db: { uri: `oci://mirror.test/db@${DATABASE}`, version: '' },
      ...scanner,
    },
    metadata: { scanStartedOn: '2026-11-21T09:59:00.000Z', scanFinishedOn },
  };
}

const WANTED = makePredicate();
const HOUR = 3_600_000;

describe('a scan that was attested before', () => {
  it('says the same when scanner and database are the same, of the last hour, and from whichever mirror', () => {
    const later = makePredicate({ db: { uri: `oci://other.test/x@${DATABASE}`, version: '' } }, '2026-11-21T10:59:00Z');
    expect(saysSameScan(later, WANTED, HOUR)).toBe(true);
    expect([isSameScan(later, WANTED), isSameScan(makePredicate(), WANTED)]).toEqual([false, true]);
  });

  it.each<[string, unknown]>([
    ['another version', makePredicate({ version: '0.75.0' })],
    ['another scanner', makePredicate({ uri: 'pkg:github/anchore/grype@0.74.0' })],
    ['another database', makePredicate({ db: { uri: `oci://mirror.test/db@sha256:${'cd'.repeat(32)}`, version: '' } })],
    ['a database without a digest', makePredicate({ db: { uri: 'oci://mirror.test/db', version: '' } })],
    ['the same of more than an hour before', makePredicate({}, '2026-11-21T08:59:59.000Z')],
    ['the same of an SBOM', makePredicate({}, undefined, ['from=sbom'])],
    ['the same at no known time', makePredicate({}, 'today')],
    ['no database', { ...WANTED, scanner: { ...WANTED.scanner, db: undefined } }],
    ['nothing at all', undefined],
  ])('by %s says something else', (_, found) => {
    expect([saysSameScan(found, WANTED, HOUR), isSameScan(found, WANTED)]).toEqual([false, false]);
  });
});

describe('the age at which a scan is attested again', () => {
  it('is an hour, or half of the least that the policies allow', () => {
    const type = 'https://cosign.sigstore.dev/attestation/vuln/v1';
    expect(chooseRenewal(new Map())).toBe(HOUR);
    expect(chooseRenewal(new Map([['https://spdx.dev/Document', 1000]]))).toBe(HOUR);
    expect(chooseRenewal(new Map([[type, 24 * HOUR]]))).toBe(HOUR);
    expect(chooseRenewal(new Map([[type, 60_000]]))).toBe(30_000);
  });
});
