import { afterEach, describe, expect, it } from '@jest/globals';
import { runStep, type Step, type StepResult } from '../../lab/runner.ts';
import { errorsOf } from './fixture.ts';
import { ROOT_FILE, SERVICES_FILE } from './keyless-fixture.ts';

const TOKEN = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/token?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'never-asked',
};
const ISSUER = 'https://token.actions.githubusercontent.com';
const FILES = {
  [SERVICES_FILE]: '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json"}',
  [ROOT_FILE]: '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}',
};

const removals: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(removals.splice(0).map((remove) => remove())));

/** Where nothing answers: a request would show as another end than wrong use. */
async function promote(inputs: Step['inputs'], env: Step['env'] = TOKEN): Promise<StepResult> {
  const places = { source: '127.0.0.1:9/dev/web:1', target: '127.0.0.1:9/prod/web:1' };
  const step = await runStep({ inputs: { ...places, ...inputs }, env, files: FILES });
  removals.push(step.remove);
  return step;
}

const source = (identity: string, more: Step['inputs'] = {}) => ({
  'source-certificate-identity': identity,
  'source-certificate-oidc-issuer': ISSUER,
  ...more,
});
const SHARED = 'https://github.com/acme/flows/.github/workflows/build.yml@refs/heads/main';
const KEYLESS_SIGNER = {
  version: 1,
  signers: [{ role: 'source', identity: SHARED, issuer: ISSUER, repository: 'acme/shop' }],
};

describe('a promotion without a key is wrong use', () => {
  it('in a job that may not ask for a token, and says which permission it needs', async () => {
    const { code, outputs, ...step } = await promote({}, {});
    expect([code, outputs.result]).toEqual([2, 'failed']);
    expect(errorsOf({ code, outputs, ...step })[0]?.message).toContain('permissions: id-token: write');
  });

  it.each([
    [
      'signatures of the form legacy',
      { 'signature-format': 'legacy' },
      /input cosign-key: is empty.*form legacy are made with a key/,
    ],
    [
      'signatures of both forms',
      { 'signature-format': 'both' },
      /input cosign-key: is empty.*form both are made with a key/,
    ],
    [
      'a policy that wants signatures of both forms',
      { policy: '{"version":1,"signature":{"format":"both"}}' },
      /input cosign-key: is empty.*form both are made with a key/,
    ],
    [
      'an identity of a workflow elsewhere, without its caller',
      source(SHARED),
      /names a workflow of acme\/flows, and not for whom it signs[\s\S]*Set source-certificate-github-workflow-repository/,
    ],
    [
      'an identity without its issuer',
      { 'source-certificate-identity': SHARED },
      /source-certificate-oidc-issuer: is empty/,
    ],
    [
      'a pattern that RE2 does not know',
      { 'source-certificate-identity-regexp': '(?!x).*', 'source-certificate-oidc-issuer': ISSUER },
      /source-certificate-identity-regexp: looks ahead or behind/,
    ],
    [
      'an input that decides whom the signers of a policy are vouched for by',
      { policy: JSON.stringify(KEYLESS_SIGNER), 'trusted-root': ROOT_FILE },
      /trusted-root: would decide whose certificates and log entries count/,
    ],
    [
      'a trusted root that is a signing configuration',
      { 'trusted-root': SERVICES_FILE },
      /which is no Sigstore trusted root/,
    ],
  ])('with %s', async (_what, inputs, says) => {
    const step = await promote(inputs);
    expect([step.code, step.outputs.result]).toEqual([2, 'failed']);
    expect(
      errorsOf(step)
        .map(({ message }) => message)
        .join('\n'),
    ).toMatch(says);
  });
});
