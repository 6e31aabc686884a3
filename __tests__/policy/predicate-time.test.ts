import { describe, expect, it } from '@jest/globals';
import { readPredicateTime } from '../../src/policy/predicate-time.ts';

const TIME = '2026-03-01T10:20:30Z';
const known = { kind: 'known', time: new Date(TIME) };
const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';

describe('when a predicate was made', () => {
  it.each<[string, unknown]>([
    [VULN, { metadata: { scanStartedOn: '2026-01-01T00:00:00Z', scanFinishedOn: TIME } }],
    [VULN, { metadata: { scanStartedOn: TIME } }],
    ['https://in-toto.io/attestation/vulns/v0.1', { metadata: { scanFinishedOn: TIME } }],
    ['https://promote-image.github.io/promotion/v1', { finishedAt: TIME }],
    ['https://slsa.dev/provenance/v1', { runDetails: { metadata: { finishedOn: TIME } } }],
    ['https://slsa.dev/provenance/v0.2', { metadata: { buildFinishedOn: TIME } }],
    ['https://slsa.dev/verification_summary/v1', { timeVerified: TIME }],
    ['https://spdx.dev/Document', { creationInfo: { created: TIME } }],
    ['https://spdx.dev/Document/v2.3', { creationInfo: { created: TIME } }],
    ['https://cyclonedx.org/bom', { metadata: { timestamp: TIME } }],
    ['https://cyclonedx.org/bom/v1.6', { metadata: { timestamp: TIME } }],
    ['https://cosign.sigstore.dev/attestation/v1', { Data: 'x', Timestamp: TIME }],
  ])('stands in %s', (type, predicate) => {
    expect(readPredicateTime(type, predicate)).toEqual(known);
  });

  it.each(['2026-03-01T10:20:30.000000000Z', '2026-03-01T12:20:30+02:00', '2026-03-01t10:20:30z'])(
    'may be written %s',
    (text) => {
      expect(readPredicateTime(VULN, { metadata: { scanFinishedOn: text } })).toEqual(known);
    },
  );

  it.each<[unknown]>([
    ['2026-03-01'],
    ['2026-03-01T10:20:30'],
    ['2026-03-01 10:20:30Z'],
    ['2026-02-30T00:00:00Z'],
    ['2026-03-01T25:00:00Z'],
    ['Sun, 01 Mar 2026 10:20:30 GMT'],
    ['1772360430'],
    ['now'],
    ['+275760-09-13T00:00:00Z'],
    ['9'.repeat(1_000_000)],
    [1772360430],
    [true],
    [[TIME]],
    [{ time: TIME }],
  ])('is unreadable when it is %j, even where another field would do', (value) => {
    const predicate = { metadata: { scanFinishedOn: value, scanStartedOn: TIME } };
    expect(readPredicateTime(VULN, predicate)).toMatchObject({ kind: 'unreadable' });
  });

  it.each<[unknown]>([[undefined], [null], [1], ['text'], [[]], [{}], [{ metadata: null }], [{ metadata: [] }]])(
    'is not said by %j',
    (predicate) => {
      expect(readPredicateTime(VULN, predicate)).toEqual({ kind: 'absent' });
    },
  );

  it('is not said by a type that is not known', () => {
    expect(readPredicateTime('https://example.com/x', { finishedAt: TIME })).toEqual({ kind: 'absent' });
    expect(readPredicateTime('https://spdx.dev/Document/v2/evil', { creationInfo: { created: TIME } })).toEqual({
      kind: 'absent',
    });
  });
});
