import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { errorsOf, type PromoteStep, type Scene, setScene } from './fixture.ts';

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

const SOURCE = (): string => `${staging.host}/dev/web:1`;
const TARGET = (): string => `${production.host}/prod/web:1`;

/** Runs a step that must be wrong use: these annotations, each with a fix, before any registry was asked. */
async function refuseUse(
  errors: readonly RegExp[],
  step: PromoteStep = {},
  places: { source?: string; target?: string } = {},
): Promise<void> {
  production.log.clear();
  staging.log.clear();
  const result = await scene.promote(places.source ?? SOURCE(), places.target ?? TARGET(), step);
  expect(result).toMatchObject({ code: 2, outputs: { result: 'failed' } });
  const found = errorsOf(result);
  expect(found.map(({ message }) => message)).toEqual(errors.map((error) => expect.stringMatching(error)));
  for (const { title, message } of found) {
    expect({ title, fix: message.split('\n')[1] }).toEqual({ title: 'Wrong use', fix: expect.stringMatching(/\w/) });
  }
  expect([...staging.log.entries, ...production.log.entries]).toEqual([]);
}

describe('an input that is wrong ends with exit code 2, and says which and how to mend it', () => {
  it.each<{ what: string; inputs: Record<string, string>; error: RegExp }>([
    {
      what: 'an unknown input',
      inputs: { suorce: 'x' },
      error: /input suorce: is not an input.*\nDid you mean source\?/,
    },
    {
      what: 'an unknown value of existing-tag',
      inputs: { 'existing-tag': 'overwrite' },
      error: /existing-tag: must be one of refuse, accept-same-digest/,
    },
    {
      what: 'an unknown value of scan',
      inputs: { scan: 'enforced' },
      error: /scan: must be one of enforce, report, off.*\nDid you mean enforce\?/,
    },
    {
      what: 'an unknown value of referrers',
      inputs: { referrers: 'move' },
      error: /referrers: must be one of copy, ignore/,
    },
    {
      what: 'a flag that is neither true nor false',
      inputs: { 'dry-run': 'yes' },
      error: /dry-run: must be true or false, not "yes"/,
    },
    { what: 'a duration without a unit', inputs: { timeout: '60' }, error: /timeout: is "60"/ },
    { what: 'an unknown severity', inputs: { severity: 'CRITICAL,HIHG' }, error: /severity: .*HIHG/ },
    {
      what: 'severity HIGH alone, which would let CRITICAL pass',
      inputs: { severity: 'HIGH' },
      error: /severity: .*CRITICAL/,
    },
    {
      what: 'an ignore file that does not exist',
      inputs: { trivyignores: 'gone' },
      error: /trivyignores: names gone, which does not exist/,
    },
    {
      what: 'a policy that does not exist',
      inputs: { policy: 'gone.yml' },
      error: /policy: names gone\.yml, which does not exist/,
    },
    {
      what: 'a key file that cannot be read',
      inputs: { 'cosign-key': 'gone.key' },
      error: /cosign-key: names the file gone\.key/,
    },
    {
      what: 'a key in a variable that is not set',
      inputs: { 'cosign-key': 'env://GONE' },
      error: /cosign-key: names the variable GONE.*\n.*env: GONE/,
    },
    { what: 'no key', inputs: { 'cosign-key': '' }, error: /cosign-key: is empty/ },
    { what: 'a key of no KMS we know', inputs: { 'cosign-key': 'pkcs11://token' }, error: /cosign-key: .*pkcs11/ },
    {
      what: 'a private key as the source’s',
      inputs: { 'source-key': 'env://COSIGN_PRIVATE_KEY' },
      error: /private key/,
    },
    { what: 'an identity without its issuer', inputs: { 'source-certificate-identity': 'x' }, error: /oidc-issuer/ },
    { what: 'a digest without a plan', inputs: { 'plan-digest': 'sha256:ab' }, error: /plan-digest: .*without a plan/ },
    {
      what: 'an annotation without a value',
      inputs: { 'signature-annotations': 'ticket' },
      error: /signature-annotations: has the line "ticket"/,
    },
    {
      what: 'an annotation that the promotion signs itself',
      inputs: { 'signature-annotations': 'target=elsewhere' },
      error: /signature-annotations: sets target/,
    },
    { what: 'half a login', inputs: { 'target-username': 'me' }, error: /target-password: is empty/ },
    { what: 'credentials that are no list', inputs: { 'registry-auth': 'registry: x' }, error: /registry-auth: / },
  ])('$what', async ({ inputs, error }) => {
    await refuseUse([error], { inputs });
  });

  it('an environment without a policy', async () => {
    await refuseUse([/environment: names production, and there is no policy/], {
      inputs: { environment: 'production' },
      policy: false,
    });
  });

  it('an environment that the policy does not define', async () => {
    const policy = { environments: { production: { targets: ['prod.example/*'] } } };
    await refuseUse([/environment: names "prod", .*\nDefined: production/], {
      inputs: { environment: 'prod' },
      policy,
    });
  });

  it('every problem at once', async () => {
    const inputs = { severity: 'HIGH', 'dry-run': 'maybe', 'cosign-key': '', retries: '3' };
    await refuseUse(
      [/retries/, /target: .*digest/, /dry-run/, /cosign-key/, /severity/],
      { inputs },
      { target: `${production.host}/prod/web@sha256:${'0'.repeat(64)}` },
    );
  });
});

describe('a reference that is wrong', () => {
  const at = (place: string) => ({ target: `${production.host}/${place}` });

  it.each<{ what: string; places: () => { source?: string; target?: string }; error: RegExp }>([
    { what: 'no source', places: () => ({ source: '' }), error: /source: is required/ },
    { what: 'no target', places: () => ({ target: '' }), error: /target: is required/ },
    { what: 'a source without a tag', places: () => ({ source: `${staging.host}/dev/web` }), error: /source: .*tag/ },
    { what: 'an empty source tag', places: () => ({ source: `${staging.host}/dev/web:` }), error: /source: / },
    { what: 'a source without a registry', places: () => ({ source: 'dev/web:1' }), error: /source: .*registry/ },
    { what: 'a target without a tag', places: () => at('prod/web'), error: /target: .*tag/ },
    { what: 'an empty target tag', places: () => at('prod/web:'), error: /target: / },
    {
      what: 'a target by digest',
      places: () => at(`prod/web@sha256:${'0'.repeat(64)}`),
      error: /target: .*names a digest/,
    },
    {
      what: 'a target that is the source',
      places: () => ({ target: SOURCE() }),
      error: /target: .*is the source itself/,
    },
    {
      what: 'a target named twice',
      places: () => ({ target: `${TARGET()}\n${TARGET()}` }),
      error: /target: .*named twice/,
    },
    { what: 'a scheme', places: () => ({ target: `https://${TARGET()}` }), error: /target: .*https:\/\// },
  ])('is wrong use: $what', async ({ places, error }) => {
    await refuseUse([error], {}, places());
  });
});

describe('an input that would loosen the policy is wrong use', () => {
  it.each<{ what: string; scan: object; inputs: Record<string, string>; error: RegExp }>([
    {
      what: 'fewer severities',
      scan: { severity: ['CRITICAL', 'HIGH'] },
      inputs: { severity: 'CRITICAL' },
      error: /severity: leaves out HIGH/,
    },
    {
      what: 'scan: off',
      scan: { mode: 'enforce' },
      inputs: { scan: 'off' },
      error: /scan: is off, weaker than enforce/,
    },
    {
      what: 'scan: report where the policy names severities',
      scan: { severity: ['CRITICAL'] },
      inputs: { scan: 'report' },
      error: /scan: is report, weaker than enforce/,
    },
    {
      what: 'ignore-unfixed',
      scan: { ignoreUnfixed: false },
      inputs: { 'ignore-unfixed': 'true' },
      error: /ignore-unfixed: is true/,
    },
    {
      what: 'ignore files',
      scan: { mode: 'enforce' },
      inputs: { trivyignores: '.trivyignore' },
      error: /trivyignores: would loosen the policy/,
    },
  ])('$what', async ({ scan, inputs, error }) => {
    await refuseUse([error], { policy: { scan }, inputs, files: { '.trivyignore': 'CVE-2099-0001\n' } });
  });
});

describe('a policy that is wrong is wrong use', () => {
  it.each<{ what: string; policy: Record<string, unknown>; error: RegExp }>([
    {
      what: 'required checks',
      policy: { checks: { require: ['unit-tests'] } },
      error: /does not enforce required checks/,
    },
    {
      what: 'another repository for signatures',
      policy: { signature: { transparencyLog: false, repository: 'x.example/signatures' } },
      error: /does not enforce another signature repository/,
    },
  ])('when it states what this release does not enforce yet: $what', async ({ policy, error }) => {
    await refuseUse([error], { policy });
  });

  it('with the line and column of each problem', async () => {
    const files = { 'policy.yml': 'version: 1\nscan:\n  severity: [HIGH]\n  modus: off\n' };
    await refuseUse([/policy\.yml:3:13: scan\.severity/, /policy\.yml:4:3: .*\nDid you mean mode\?/], {
      policy: false,
      inputs: { policy: 'policy.yml' },
      files,
    });
  });
});

describe('a pull request', () => {
  it.each(['pull_request', 'pull_request_target'])('on %s does not promote', async (event) => {
    await refuseUse([/dry-run: must be true on pull_request/], { event });
  });
});
