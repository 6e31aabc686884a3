import { describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { renderVerification } from '../../src/promote/verification.ts';
import { DIGEST, parseTarget, sampleOutcome } from './sample-outcome.ts';

const WEB = `prod.example/shop/web@${DIGEST}`;

/** The cosign commands, one a line. */
function commandsOf(changes: Partial<Outcome> = {}): string[] {
  const text = renderVerification(sampleOutcome({ transparencyLog: true, ...changes })) ?? '';
  return text.split('\n').filter((line) => line.startsWith('cosign '));
}

describe('renderVerification', () => {
  it('has a command for each tag, bound to it, and one for the record of each repository', () => {
    const names = ['prod.example/shop/web:1', 'prod.example/shop/web:2', 'dr.example/web:1'];
    const targets = names.map((name) => ({ target: parseTarget(name), result: 'promoted' as const }));
    const attestation = `cosign verify-attestation --key cosign.pub --type ${RECORD_PREDICATE}`;
    expect(commandsOf({ targets })).toEqual([
      `cosign verify --key cosign.pub -a target=prod.example/shop/web:1 ${WEB}`,
      `cosign verify --key cosign.pub -a target=prod.example/shop/web:2 ${WEB}`,
      `${attestation} ${WEB}`,
      `cosign verify --key cosign.pub -a target=dr.example/web:1 dr.example/web@${DIGEST}`,
      `${attestation} dr.example/web@${DIGEST}`,
    ]);
  });

  it.each([
    [{ signature: true, record: false }, ['verify']],
    [{ signature: false, record: true }, ['verify-attestation']],
  ])('offers only what was signed: %j', (signs, expected) => {
    expect(commandsOf({ signs }).map((command) => command.split(' ')[1])).toEqual(expected);
  });

  it('passes over the transparency log, and says why, only where there is no entry', () => {
    expect(renderVerification(sampleOutcome({ transparencyLog: true }))).not.toContain('tlog');
    expect(commandsOf({ transparencyLog: false }).every((line) => line.includes(' --insecure-ignore-tlog=true '))).toBe(
      true,
    );
    expect(renderVerification(sampleOutcome())).toContain('there is no entry for cosign to look up');
  });

  it('shows the public key, folded, with the advice not to trust it for standing there', () => {
    const text = renderVerification(sampleOutcome()) ?? '';
    expect(text).toContain('a key shown beside a signature proves nothing');
    expect(text.indexOf('<details>')).toBeLessThan(text.indexOf('-----BEGIN PUBLIC KEY-----'));
  });

  it.each<[string, Partial<Outcome>]>([
    ['a refusal', { result: 'refused' }],
    ['a failure', { result: 'failed' }],
    ['a dry run', { result: 'planned' }],
    ['no key', { publicKey: undefined }],
    ['no digest', { pinned: undefined }],
  ])('is left out after %s', (_, changes) => {
    expect(renderVerification(sampleOutcome(changes))).toBeUndefined();
  });

  it('stays after a run that changed nothing: the evidence is there', () => {
    expect(commandsOf({ result: 'unchanged' })).toHaveLength(2);
  });
});
