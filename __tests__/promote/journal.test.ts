import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { pinReference } from '../../src/image/reference.ts';
import { PromotionError } from '../../src/promote/apply.ts';
import { Journal } from '../../src/promote/journal.ts';
import { makeRequest } from './fake-step.ts';

const [FIRST, SECOND, THIRD] = ['prod.test/a:1', 'prod.test/b:1', 'prod.test/c:1'] as const;

async function openJournal(seconds = 0): Promise<Journal> {
  const request = await makeRequest({ source: 'dev.test/a:1', target: [FIRST, SECOND, THIRD].join('\n') });
  let calls = 0;
  return new Journal(request, () => new Date(calls++ * seconds * 1000));
}

const endsOf = (outcome: ReturnType<Journal['end']>): unknown[] =>
  outcome.targets.map(({ result, code }) => [result, code]);

describe('the end of a promotion', () => {
  it('is shared by the targets that have not ended by themselves', async () => {
    const journal = await openJournal();
    journal.ended.set(FIRST, { result: 'unchanged' });
    expect(endsOf(journal.end('promoted'))).toEqual([
      ['unchanged', undefined],
      ['promoted', undefined],
      ['promoted', undefined],
    ]);
  });

  it('tells each target its own refusal, else the one that holds for all, else the first', async () => {
    const journal = await openJournal();
    journal.refusals.push({ code: 'TAG_EXISTS', message: '', target: SECOND });
    expect(endsOf(journal.end('refused'))).toEqual([
      ['refused', 'TAG_EXISTS'],
      ['refused', 'TAG_EXISTS'],
      ['refused', 'TAG_EXISTS'],
    ]);
    journal.refusals.push({ code: 'VULNERABLE', message: '' });
    expect(endsOf(journal.end('refused'))).toEqual([
      ['refused', 'VULNERABLE'],
      ['refused', 'TAG_EXISTS'],
      ['refused', 'VULNERABLE'],
    ]);
  });

  it('in the middle of the tags tells the rest why: not by the refusal of another', async () => {
    const journal = await openJournal();
    journal.ended.set(FIRST, { result: 'promoted' });
    journal.ended.set(SECOND, { result: 'refused', code: 'TAG_MOVED' });
    journal.refusals.push({ code: 'TAG_MOVED', message: '', target: SECOND });
    expect(endsOf(journal.end('failed', new PromotionError('PARTIAL', 'x')))).toEqual([
      ['promoted', undefined],
      ['refused', 'TAG_MOVED'],
      ['failed', 'PARTIAL'],
    ]);
  });

  it('has no code when the error has none', async () => {
    expect(endsOf((await openJournal()).end('failed', new TypeError('x')))[0]).toEqual(['failed', undefined]);
  });

  it('holds all that was learned until then, and the time it took', async () => {
    const journal = await openJournal(2.5);
    journal.pinned = pinReference(
      (await makeRequest({ source: 'dev.test/a:1', target: FIRST })).source,
      digestOf('image'),
    );
    journal.gates.push({ name: 'Target tag', verdict: 'passed', evidence: 'free' });
    journal.notes.push('a note');
    journal.targetTouched = true;
    const error = new Error('the network');
    expect(journal.end('failed', error)).toMatchObject({
      result: 'failed',
      pinned: { digest: digestOf('image') },
      gates: [{ name: 'Target tag' }],
      notes: ['a note'],
      targetTouched: true,
      seconds: 2.5,
      error,
    });
  });
});

describe('hasWrittenTag', () => {
  it('is true from the first tag on that was written, not for one that was there', async () => {
    const journal = await openJournal();
    expect(journal.hasWrittenTag()).toBe(false);
    journal.ended.set(FIRST, { result: 'unchanged' });
    expect(journal.hasWrittenTag()).toBe(false);
    journal.ended.set(SECOND, { result: 'promoted' });
    expect(journal.hasWrittenTag()).toBe(true);
  });
});
