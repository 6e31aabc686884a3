import { describe, expect, it } from '@jest/globals';
import { DomainError, UsageError } from '../../src/base/error.ts';
import { VERIFY } from '../../src/verify/action.ts';
import { chainSchema } from '../../src/verify/chain.ts';
import { joinResults } from '../../src/verify/outcome.ts';
import { recordsSchema } from '../../src/verify/record-entry.ts';
import { FAILED, makeOutcome, REFUSED, VERIFIED } from './sample-chain.ts';
import { makeFleetOutcome, RECORDED, UNDECIDED, UNRECORDED } from './sample-fleet.ts';

describe('the result of several images', () => {
  it('is the worst: undecided before refused before verified, and nothing is never a yes', () => {
    expect(joinResults([VERIFIED])).toBe('verified');
    expect(joinResults([VERIFIED, REFUSED])).toBe('refused');
    expect(joinResults([FAILED, REFUSED, VERIFIED])).toBe('failed');
    expect(joinResults([])).toBe('failed');
  });
});

describe('the report of verify', () => {
  it('ends with 0 only when every image is verified, with 2 on wrong use, else with 1', () => {
    const exitCode = (changes: Parameters<typeof makeOutcome>[1]) =>
      VERIFY.toReport(makeOutcome([VERIFIED], changes)).exitCode;
    expect(exitCode({})).toBe(0);
    expect(exitCode({ result: 'refused' })).toBe(1);
    expect(exitCode({ result: 'failed', error: new DomainError('UNAVAILABLE', 'no answer') })).toBe(1);
    expect(exitCode({ result: 'failed', error: new UsageError([]) })).toBe(2);
  });

  it('has the chain as JSON that its schema describes, and an annotation for each image that is not verified', () => {
    const images = [VERIFIED, REFUSED, FAILED];
    const { outputs, annotations } = VERIFY.toReport(makeOutcome(images, { result: 'failed' }));
    expect(chainSchema.parse(JSON.parse(outputs.chain ?? ''))).toEqual(images);
    expect(outputs.result).toBe('failed');
    expect(annotations).toEqual([
      { title: 'NOT_PROMOTED', message: 'prod.test/evil:1: No promotion record.', hint: 'Promote it.' },
      { title: 'UNAVAILABLE', message: 'prod.test/gone:1: no answer', hint: undefined },
    ]);
    expect(Object.keys(VERIFY.noOutputs)).toEqual(Object.keys(outputs));
  });

  it('of a plan has the records as JSON that their schema describes, what is wrong first, and tells it with image and shard', () => {
    const { outputs, annotations, exitCode } = VERIFY.toReport(
      makeFleetOutcome([RECORDED, UNRECORDED, UNDECIDED], { result: 'failed' }),
    );
    expect(recordsSchema.parse(JSON.parse(outputs.records ?? ''))).toEqual([UNDECIDED, UNRECORDED, RECORDED]);
    expect([outputs.chain, exitCode]).toEqual(['[]', 1]);
    expect(annotations.map(({ title, message }) => [title, message])).toEqual([
      ['UNAVAILABLE', 'prod.test/gone:1 (item 3, shard 1/2): no answer'],
      ['NOT_PROMOTED', 'prod.test/late:1 (item 2, shard 2/2): No promotion record.'],
    ]);
    expect(VERIFY.toReport(makeFleetOutcome([RECORDED])).exitCode).toBe(0);
    expect(VERIFY.toReport(makeOutcome([VERIFIED])).outputs.records).toBe('[]');
  });

  it('of a plan of thousands stays below what GitHub keeps, and keeps what is wrong', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...RECORDED, item: i + 1 }));
    const late = Array.from({ length: 40 }, (_, i) => ({ ...UNRECORDED, item: 6000 + i }));
    const { outputs, annotations } = VERIFY.toReport(makeFleetOutcome([...many, ...late], { result: 'refused' }));
    const kept = recordsSchema.parse(JSON.parse(outputs.records ?? ''));
    expect((outputs.records ?? '').length).toBeLessThan(512 * 1024);
    expect(kept.length).toBeGreaterThan(500);
    expect(kept.slice(0, 40)).toEqual(late);
    expect(annotations).toHaveLength(10);
    expect(annotations.at(-1)?.message).toBe('31 targets more of the plan not verified.');
  });

  it('holds no secret in its free texts, and keeps references', () => {
    const error = new DomainError('X', 'hunter22');
    const outcome = makeOutcome([{ ...REFUSED, message: 'said hunter22', hint: 'not hunter22' }, VERIFIED], { error });
    const redacted = VERIFY.redact(outcome, (text) => text.replaceAll('hunter22', '***'));
    expect(JSON.stringify([redacted.images, error.message])).not.toContain('hunter22');
    expect(redacted.images[1]).toEqual(VERIFIED);
    const fleet = makeFleetOutcome([{ ...UNRECORDED, message: 'said hunter22', hint: 'not hunter22' }, RECORDED]);
    const { fleet: told } = VERIFY.redact(fleet, (text) => text.replaceAll('hunter22', '***'));
    expect(JSON.stringify(told)).not.toContain('hunter22');
    expect(told?.records[1]).toEqual(RECORDED);
  });
});
