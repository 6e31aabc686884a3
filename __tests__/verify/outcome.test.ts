import { describe, expect, it } from '@jest/globals';
import { DomainError, UsageError } from '../../src/base/error.ts';
import { VERIFY } from '../../src/verify/action.ts';
import { chainSchema } from '../../src/verify/chain.ts';
import { joinResults } from '../../src/verify/outcome.ts';
import { FAILED, makeOutcome, REFUSED, VERIFIED } from './sample-chain.ts';

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

  it('holds no secret in its free texts, and keeps references', () => {
    const error = new DomainError('X', 'hunter22');
    const outcome = makeOutcome([{ ...REFUSED, message: 'said hunter22', hint: 'not hunter22' }, VERIFIED], { error });
    const redacted = VERIFY.redact(outcome, (text) => text.replaceAll('hunter22', '***'));
    expect(JSON.stringify([redacted.images, error.message])).not.toContain('hunter22');
    expect(redacted.images[1]).toEqual(VERIFIED);
  });
});
