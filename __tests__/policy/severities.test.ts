import { describe, expect, it } from '@jest/globals';
import { parseSeverities } from '../../src/policy/severities.ts';

describe('parseSeverities', () => {
  it.each([
    [['CRITICAL'], ['CRITICAL']],
    [
      ['HIGH', 'CRITICAL'],
      ['CRITICAL', 'HIGH'],
    ],
    [
      ['CRITICAL', 'HIGH', 'MEDIUM'],
      ['CRITICAL', 'HIGH', 'MEDIUM'],
    ],
    [
      ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
      ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'],
    ],
    [
      ['UNKNOWN', 'CRITICAL'],
      ['CRITICAL', 'UNKNOWN'],
    ],
    [['CRITICAL', 'CRITICAL'], ['CRITICAL']],
  ])('takes %j as %j', (list, severities) => {
    expect(parseSeverities(list)).toEqual({ severities });
  });

  it.each([
    [['HIGH'], 'HIGH without CRITICAL would let pass what is worse.', 'Write CRITICAL, HIGH.'],
    [
      ['CRITICAL', 'LOW'],
      'LOW without HIGH and MEDIUM would let pass what is worse.',
      'Write CRITICAL, HIGH, MEDIUM, LOW.',
    ],
    [['MEDIUM', 'UNKNOWN'], 'MEDIUM without CRITICAL and HIGH', 'Write CRITICAL, HIGH, MEDIUM, UNKNOWN.'],
    [[], 'no severity is named.', 'Name CRITICAL at least'],
    [['UNKNOWN'], 'UNKNOWN alone leaves out every rated severity.', 'Name CRITICAL at least'],
    [['CRITICAL', 'SEVERE'], '"SEVERE" is not a severity.', 'Use CRITICAL, HIGH, MEDIUM, LOW, UNKNOWN.'],
    [['critical'], '"critical" is not a severity.', 'Use CRITICAL'],
  ])('refuses %j and says what to write', (list, message, fix) => {
    const { problem } = parseSeverities(list);
    expect(problem?.message).toContain(message);
    expect(problem?.fix).toContain(fix);
  });
});
