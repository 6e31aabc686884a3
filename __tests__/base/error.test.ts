import { describe, expect, it } from '@jest/globals';
import { DomainError, describeError, redactUrls, UsageError } from '../../src/base/error.ts';

describe('DomainError', () => {
  class ShelfError extends DomainError<'EMPTY' | 'LOCKED'> {}

  it('carries its code, its own name, a hint and its cause', () => {
    const cause = new Error('no key');
    const error = new ShelfError('LOCKED', 'the shelf is locked', { hint: 'Bring a key.', cause });
    expect(error).toMatchObject({ name: 'ShelfError', code: 'LOCKED', hint: 'Bring a key.', cause });
    expect(error).toBeInstanceOf(DomainError);
  });

  it('has neither hint nor cause when none was given', () => {
    const error = new ShelfError('EMPTY', 'the shelf is empty');
    expect(error.hint).toBeUndefined();
    expect('cause' in error).toBe(false);
  });

  it('redacts message and hint where it is made, not where it is printed', () => {
    const error = new ShelfError('EMPTY', 'GET https://bob:secret@r.test/v2/?sig=secret', {
      hint: 'Open https://r.test/login?token=secret.',
    });
    expect(JSON.stringify([error.message, error.hint])).not.toContain('secret');
    expect(error.message).toBe('GET https://r.test/v2/');
  });
});

describe('UsageError', () => {
  it('tells every problem at once, a line each', () => {
    const error = new UsageError([
      { where: 'input source', message: 'is empty.', fix: 'Set source.' },
      { where: 'policy.yml:3:5', message: 'is no date.', fix: '' },
    ]);
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe('input source: is empty. Set source.\npolicy.yml:3:5: is no date.');
    expect(error.problems).toHaveLength(2);
  });
});

describe('redactUrls', () => {
  it.each([
    ['user info', 'https://bob:pw@r.test/v2/', 'https://r.test/v2/'],
    ['user info in which the password has an @', 'https://bob:p@ss@r.test/v2/', 'https://r.test/v2/'],
    ['a query', 'https://r.test/token?scope=x&sig=abc', 'https://r.test/token'],
    ['a fragment', 'https://r.test/cb#access_token=abc', 'https://r.test/cb'],
    ['several URLs', 'https://a.test/?x=1 then http://u:p@b.test/', 'https://a.test/ then http://b.test/'],
    ['a quoted URL', 'got "https://r.test/x?sig=1", sorry', 'got "https://r.test/x", sorry'],
    ['an Authorization header', 'sent Bearer abcdefgh12345 there', 'sent Bearer *** there'],
    ['basic credentials', 'sent Basic Ym9iOnNlY3JldA== there', 'sent Basic *** there'],
  ])('removes %s', (_, text, expected) => {
    expect(redactUrls(text)).toBe(expected);
  });

  it.each(['b.'.repeat(1e6), 'a://'.repeat(5e5), 'https://a?'.repeat(2e5), 'Basic '.repeat(3e5)])(
    'takes no longer for what is made to keep it busy',
    (text) => {
      const before = process.cpuUsage();
      redactUrls(text);
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
    },
  );

  it('leaves image references and mail addresses as they are', () => {
    const text = 'r.test/app:1@sha256:abc, https://r.test/v2/app/manifests/sha256:abc and bob@r.test';
    expect(redactUrls(text)).toBe(text);
  });
});

describe('describeError', () => {
  it('joins the messages of the causes, outermost first', () => {
    const error = new Error('could not fetch', {
      cause: new Error('connection lost', { cause: new Error('ECONNRESET') }),
    });
    expect(describeError(error)).toBe('could not fetch: connection lost: ECONNRESET');
  });

  it('does not repeat what was said', () => {
    expect(describeError(new Error('lost: ECONNRESET', { cause: new Error('ECONNRESET') }))).toBe('lost: ECONNRESET');
  });

  it('takes the name of an error without words, and anything else as text', () => {
    expect(describeError(new TypeError(''))).toBe('TypeError');
    expect(describeError('plain')).toBe('plain');
    expect(describeError(null)).toBe('null');
  });

  it('redacts the messages of errors that are not ours', () => {
    expect(describeError(new Error('GET https://u:p@r.test/'))).toBe('GET https://r.test/');
  });

  it('ends where causes go round in a circle or do not end', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(describeError(circle)).toBe('round');
    const deep = Array.from({ length: 50 }).reduce<Error>(
      (cause, _, i) => new Error(`e${i}`, { cause }),
      new Error('e'),
    );
    expect(describeError(deep).split(': ')).toHaveLength(5);
  });
});
