import { describe, expect, it } from '@jest/globals';
import { readField, readList, readText } from '../../src/policy/json-field.ts';

describe('a field of JSON that nobody has checked', () => {
  it('is what own keys lead to', () => {
    expect(readField({ a: { b: [1] } }, ['a', 'b'])).toEqual([1]);
    expect(readField(JSON.parse('{"__proto__": {"a": 1}}'), ['__proto__', 'a'])).toBe(1);
  });

  it.each([[['constructor']], [['__proto__']], [['toString', 'name']], [['a', 'length']], [['l', '0']], [['n', 'x']]])(
    'is not what %j would lead to in JavaScript',
    (path) => {
      expect(readField({ a: 'text', l: ['x'], n: null }, path)).toBeUndefined();
    },
  );

  it.each([undefined, null, 1, true, '', [], {}, 'x'.repeat(5_000)])('is no text when it is %j', (value) => {
    expect(readText({ a: value }, ['a'])).toBeUndefined();
  });

  it('is a text or a list where it is one', () => {
    expect(readText({ a: 'x' }, ['a'])).toBe('x');
    expect(readList({ a: ['x', 1] }, ['a'])).toEqual(['x', 1]);
    expect(readList({ a: { 0: 'x', length: 1 } }, ['a'])).toEqual([]);
  });
});
