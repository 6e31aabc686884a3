import { describe, expect, it } from '@jest/globals';
import { withQuery } from '../../src/registry/upload-session.ts';

describe('withQuery', () => {
  it.each([
    ['https://r.test/up', 'https://r.test/up?digest=sha256%3Aab'],
    ['https://r.test/up?a=%2f~+%20x', 'https://r.test/up?a=%2f~+%20x&digest=sha256%3Aab'],
  ])('adds to %s without touching what is signed in it', (session, expected) => {
    expect(withQuery(new URL(session), 'digest', 'sha256:ab').href).toBe(expected);
  });
});
