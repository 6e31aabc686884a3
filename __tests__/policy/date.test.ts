import { describe, expect, it } from '@jest/globals';
import { endOfDay, parseInstant, startOfDay } from '../../src/policy/date.ts';

describe('days', () => {
  it('a day ends when the next one starts, in UTC', () => {
    expect(endOfDay('2027-01-31')).toBe(Date.parse('2027-02-01T00:00:00Z'));
    expect(startOfDay('2027-01-31')).toBe(Date.parse('2027-01-31T00:00:00Z'));
  });

  it('knows leap days', () => {
    expect(endOfDay('2028-02-29')).toBe(Date.parse('2028-03-01T00:00:00Z'));
  });

  it.each(['2027-02-29', '2027-02-30', '2027-13-01', '2027-1-1', '31.01.2027', '2027-01-31T00:00:00Z', 'never', ''])(
    '%j is no day',
    (text) => {
      expect(endOfDay(text)).toBeUndefined();
      expect(startOfDay(text)).toBeUndefined();
    },
  );
});

describe('parseInstant', () => {
  it.each([
    ['2027-01-31', '2027-01-31T00:00:00Z'],
    ['2027-01-31T12:30:00Z', '2027-01-31T12:30:00Z'],
    ['2027-01-31T12:30:00+02:00', '2027-01-31T10:30:00Z'],
    ['2027-01-31 12:30:00.5Z', '2027-01-31T12:30:00.500Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(Date.parse(instant));
  });

  it.each(['2027-02-30T12:00:00Z', '2027-01-31T25:00:00Z', '2027-01-31T12:00:00', 'tomorrow', '1735689600'])(
    'refuses %j',
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );
});
