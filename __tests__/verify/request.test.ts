import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/base/error.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { listTrust } from '../../src/steps/promotion-trust.ts';
import { listStageTrust } from '../../src/verify/trust.ts';
import { makeVerifyRequest, PUBLIC_KEY } from './fake-context.ts';

const NOW = new Date('2026-11-21T10:00:00Z');
const WEB = parseRepository('prod.test/app');

async function problemsOf(
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  try {
    await makeVerifyRequest(inputs, files);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems.map(({ where, message }) => `${where} ${message}`);
    throw error;
  }
}

const policy = (...signers: readonly object[]): string => JSON.stringify({ version: 1, signers });

describe('whom to trust', () => {
  it('must be said: by an input, or by a policy that names who promotes', async () => {
    expect(await problemsOf({ key: '' })).toEqual([expect.stringContaining('nothing else says whose promotions')]);
    expect(await problemsOf({ key: '', policy: policy({ role: 'source', key: 'dev.pub' }) })).toEqual([
      expect.stringContaining('nothing else says whose promotions'),
    ]);
    const promoter = { role: 'promotion', key: 'p.pub' };
    expect(await problemsOf({ key: '', policy: policy(promoter) }, { 'p.pub': PUBLIC_KEY })).toEqual([]);
    expect(await problemsOf({ key: 'cosign.pub' })).toEqual([]);
  });

  it('must be there: a key file that is missing is told, and no second problem with it', async () => {
    expect(await problemsOf({ key: 'absent.pub' })).toEqual([expect.stringContaining('absent.pub')]);
    expect(await problemsOf({ key: '', policy: policy({ role: 'promotion', key: 'absent.pub' }) })).toEqual([
      expect.stringContaining('absent.pub'),
    ]);
  });

  it('is everybody that the inputs and each policy name: one does not loosen the other', async () => {
    const signers = policy({ role: 'promotion', key: 'p.pub', images: ['prod.test/*'] });
    const request = await makeVerifyRequest({ policy: signers }, { 'p.pub': PUBLIC_KEY });
    expect(listTrust(request, WEB, NOW).map(({ policy, anchors }) => [policy, anchors.length])).toEqual([
      ['the inputs', 1],
      ['input policy', 1],
    ]);
    expect(listTrust(request, parseRepository('other.test/app'), NOW)[1]).toMatchObject({ anchors: [] });
  });

  it('of a former stage is whom the policies name for it, and the inputs only without them', async () => {
    const qa = parseRepository('qa.test/app');
    const stated = policy({ role: 'promotion', key: 'p.pub', images: ['prod.test/*'] });
    const request = await makeVerifyRequest({ policy: stated }, { 'p.pub': PUBLIC_KEY });
    expect(listStageTrust(request, qa, NOW)).toMatchObject([{ policy: 'input policy', anchors: [] }]);
    expect(listStageTrust(await makeVerifyRequest(), qa, NOW)).toMatchObject([{ policy: 'the inputs' }]);
  });
});

describe('a trusted root', () => {
  const root = JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' });

  it('that names no log is wrong use where a promotion counts only with an entry in one', async () => {
    const files = { 'root.json': root };
    expect(await problemsOf({ 'trusted-root': 'root.json' }, files)).toEqual([
      'input trusted-root names no transparency log, and cosign.pub counts only with an entry in one.',
    ]);
    const unlogged = JSON.stringify({ version: 1, signature: { transparencyLog: false } });
    expect(await problemsOf({ 'trusted-root': 'root.json', policy: unlogged }, files)).toEqual([]);
  });
});

describe('the rest of a request', () => {
  it('tells everything that is wrong at once', async () => {
    const problems = await problemsOf({ images: '', timeout: 'soon', summary: 'perhaps', keys: 'x' });
    expect(problems.map((text) => text.split(' ')[1]).sort()).toEqual(['images', 'keys', 'summary', 'timeout']);
  });

  it('compares an environment without a policy that knows it, and refuses one that a policy does not', async () => {
    expect((await makeVerifyRequest({ environment: 'production' })).environment).toBe('production');
    const staging = JSON.stringify({ version: 1, environments: { staging: {} } });
    expect(await problemsOf({ environment: 'production', policy: staging })).toEqual([
      expect.stringContaining('production'),
    ]);
  });
});
