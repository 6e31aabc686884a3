import { describe, expect, it } from '@jest/globals';
import { parseStrictJson } from '../../src/image/strict-json.ts';

const parse = (text: string | Uint8Array) => parseStrictJson(Buffer.from(text));

describe('parseStrictJson', () => {
  it.each(['{}', '[]', '1', '{"a":{"b":1},"b":[{"b":1},{"b":2}]}', '{"a":"b","b":"a\\"b\\\\"}', '{"\\\\":1,"\\"":2}'])(
    'takes %s for what it is',
    (text) => {
      expect(parse(text)).toEqual(JSON.parse(text));
    },
  );

  it.each([
    '{"a":1,"a":1}',
    '{"a":{},"b":[{"c":1 , "c"\n:2}]}',
    '{"a":1,"\\u0061":2}',
    '{"__proto__":1,"__proto__":2}',
  ])('refuses %s, in which a key stands twice', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'INVALID_MANIFEST' }));
    expect(() => parse(text)).toThrow(/stands in it twice/);
  });

  it.each([
    ['a byte order mark', '\ufeff{}'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a NUL at the end', '{}\0'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow('the manifest is not JSON');
  });

  it('takes 32 levels and no more', () => {
    expect(parse('['.repeat(32) + ']'.repeat(32))).toBeDefined();
    expect(() => parse('['.repeat(33) + ']'.repeat(33))).toThrow('it nests deeper than 32');
  });

  it('quotes no more of a key than is needed to find it', () => {
    const key = 'k'.repeat(100_000);
    expect(() => parse(`{"${key}":1,"${key}":2}`)).toThrow(/^.{1,200}$/);
  });
});
