import type { PromoteStep } from './fixture.ts';
import { ROOT_FILE, workflowOf } from './keyless-fixture.ts';
import { VULN_TYPE } from './trust-fixture.ts';
import type { Row } from './trust-rows.ts';

const SERVER = 'https://github.com';
const BUILD = 'acme/shop/.github/workflows/build.yml';
const SHARED = 'acme/flows/.github/workflows/build.yml';
const REF = '@refs/heads/main';
const job = (repository: string, workflow: string) => ({
  ...workflowOf(repository, `${repository}/.github/workflows/ci.yml`),
  job_workflow_ref: `${workflow}${REF}`,
});

/** Who signed which source: the job of our own workflow, of one of another repository that we or a stranger call, and of our own that a stranger calls. */
export const SIGNERS = {
  own: job('acme/shop', BUILD),
  called: job('acme/shop', SHARED),
  stranger: job('evil/app', SHARED),
  borrowed: job('evil/app', BUILD),
};
/** Who attested the scan of `attested`. */
export const SCANNER = workflowOf('acme/shop', 'acme/shop/.github/workflows/scan.yml');

type Names = Readonly<Record<string, string>>;
/** A placeholder, since the issuer has its port only when it runs. */
export const ISSUER = 'http://issuer.invalid';
const TRUSTED: Names = { identity: `${SERVER}/${BUILD}${REF}`, 'oidc-issuer': ISSUER };
const inputs = (names: Names): PromoteStep => ({
  inputs: Object.fromEntries(Object.entries(names).map(([name, text]) => [`source-certificate-${name}`, text])),
});
/** Stated by the policy: with signers of its own it does not leave it to an input whom to believe. */
const BY_POLICY = { inputs: { 'trusted-root': '' } };
const signature = { trustedRoot: ROOT_FILE };
const signers = (...listed: readonly Names[]): PromoteStep => ({
  ...BY_POLICY,
  policy: { signature, signers: listed.map((signer) => ({ role: 'source', issuer: ISSUER, ...signer })) },
});
const SHARED_SIGNER = { identity: `${SERVER}/${SHARED}${REF}` };
const FOUND = /Found instead: .*acme\/shop\/\.github\/workflows\/build\.yml@refs\/heads\/main/;
const pattern = (text: string): PromoteStep => inputs({ 'identity-regexp': text, 'oidc-issuer': ISSUER });

/** Nothing of it is signed again: what is asked is whether the source may be promoted. */
const toRows = (rows: readonly Omit<Row, 'signs' | 'refused'>[], refused?: string): readonly Row[] =>
  rows.map((row) => ({ ...row, signs: false, ...(refused === undefined ? {} : { refused: [refused] }) }));

/** Signatures that do not count. */
export const REFUSED = toRows(
  [
    { name: 'nobody', source: 'dev/unsigned:1', step: inputs(TRUSTED), shows: /No other signature was found/ },
    {
      name: 'another workflow',
      source: 'dev/own:1',
      step: inputs({ ...TRUSTED, identity: `${SERVER}/acme/shop/.github/workflows/other.yml${REF}` }),
      shows: FOUND,
    },
    {
      name: 'the workflow at another ref',
      source: 'dev/own:1',
      step: inputs({ ...TRUSTED, identity: `${SERVER}/${BUILD}@refs/heads/release` }),
      shows: FOUND,
    },
    {
      name: 'an identity that only begins so',
      source: 'dev/own:1',
      step: inputs({ ...TRUSTED, identity: `${SERVER}/${BUILD}` }),
      shows: FOUND,
    },
    {
      name: 'one of another issuer',
      source: 'dev/own:1',
      step: inputs({ ...TRUSTED, 'oidc-issuer': `${ISSUER}0` }),
      shows: FOUND,
    },
    {
      name: 'one of another certificate authority',
      source: 'dev/own:1',
      step: { ...inputs(TRUSTED), files: { [ROOT_FILE]: 'another root' } },
      shows: FOUND,
    },
    { name: 'a pattern that fits the begin', source: 'dev/own:1', step: pattern(`${SERVER}/acme/shop/`), shows: FOUND },
    {
      name: 'a pattern that fits a part',
      source: 'dev/own:1',
      step: pattern('build\\.yml@refs/heads/main'),
      shows: FOUND,
    },
    {
      name: 'a pattern of which one half fits the begin',
      source: 'dev/own:1',
      step: pattern(`x|${SERVER}/acme|y`),
      shows: FOUND,
    },
    {
      name: 'a pattern that fits the begin of the issuer',
      source: 'dev/own:1',
      step: inputs({ identity: TRUSTED.identity ?? '', 'oidc-issuer-regexp': 'http://127\\.0\\.0\\.1' }),
      shows: FOUND,
    },
    { name: 'whom the policy does not name', source: 'dev/own:1', step: signers(SHARED_SIGNER), shows: FOUND },
    {
      name: 'a stranger through the shared workflow, where the caller is named',
      source: 'dev/stranger:1',
      step: inputs({
        identity: SHARED_SIGNER.identity,
        'oidc-issuer': ISSUER,
        'github-workflow-repository': 'acme/shop',
      }),
      shows: /Found instead: .*evil\/app/,
    },
    {
      name: 'a stranger through the shared workflow, where the policy names the caller',
      source: 'dev/stranger:1',
      step: signers({ ...SHARED_SIGNER, repository: 'acme/shop' }),
      shows: /Found instead: .*evil\/app/,
    },
    {
      name: 'a stranger through the shared workflow, where nobody named the caller',
      source: 'dev/stranger:1',
      step: signers(SHARED_SIGNER),
      shows: /for evil\/app.*name the caller's repository/,
    },
    {
      name: 'a stranger through the shared workflow, by a pattern',
      source: 'dev/stranger:1',
      step: pattern(`${SERVER}/acme/.+`),
      shows: /for evil\/app.*name the caller's repository/,
    },
    {
      name: 'ourselves through the shared workflow, where nobody named the caller',
      source: 'dev/called:1',
      step: signers(SHARED_SIGNER),
      shows: /for acme\/shop.*name the caller's repository/,
    },
    {
      name: 'a stranger through our own workflow',
      source: 'dev/borrowed:1',
      step: inputs(TRUSTED),
      shows: /for evil\/app.*name the caller's repository/,
    },
    {
      name: 'the right workflow, but only under an attestation',
      source: 'dev/attested:1',
      step: inputs(TRUSTED),
      shows: new RegExp(`Of type ${VULN_TYPE}, which is not what is asked for`),
    },
    {
      name: 'a key',
      source: 'dev/by-key:1',
      step: inputs(TRUSTED),
      shows: /One by the key .* does not count: no signer of this kind is trusted/,
    },
  ],
  'SOURCE_UNSIGNED',
);

/** Signatures that do. */
export const ACCEPTED = toRows([
  { name: 'the workflow that the inputs name', source: 'dev/own:1', step: inputs(TRUSTED) },
  {
    name: 'the workflow and its repository',
    source: 'dev/own:1',
    step: inputs({ ...TRUSTED, 'github-workflow-repository': 'acme/shop' }),
  },
  {
    name: 'one that patterns fit as a whole',
    source: 'dev/own:1',
    step: inputs({
      'identity-regexp': `${SERVER}/acme/shop/.+@refs/heads/(main|next)`,
      'oidc-issuer-regexp': 'http://.+',
    }),
  },
  {
    name: 'the second of two workflows that the policy names',
    source: 'dev/own:1',
    step: signers(SHARED_SIGNER, { identity: TRUSTED.identity ?? '' }),
  },
  {
    name: 'one that the patterns of the policy fit',
    source: 'dev/own:1',
    step: {
      ...BY_POLICY,
      policy: {
        signature,
        signers: [{ role: 'source', identityRegexp: `${SERVER}/acme/shop/.+`, issuerRegexp: 'http://.+:\\d+' }],
      },
    },
  },
  {
    name: 'the shared workflow for its caller, by inputs',
    source: 'dev/called:1',
    step: inputs({
      identity: SHARED_SIGNER.identity,
      'oidc-issuer': ISSUER,
      'github-workflow-repository': 'acme/shop',
    }),
  },
  {
    name: 'the shared workflow for its caller, by the policy',
    source: 'dev/called:1',
    step: signers({ ...SHARED_SIGNER, repository: 'acme/shop' }),
  },
]);

const scanner = (workflow: string): Row['step'] => ({
  ...BY_POLICY,
  policy: {
    signature,
    signers: [{ role: 'scan', identity: `${SERVER}/acme/shop/.github/workflows/${workflow}${REF}`, issuer: ISSUER }],
    attestations: { require: [{ type: VULN_TYPE, role: 'scan', maxAge: '1h' }] },
  },
});
/** The attestation of a scan, by its right workflow and by another. */
export const SCANS = [
  ...toRows([{ name: 'by the workflow that scans', source: 'dev/attested:1', step: scanner('scan.yml') }]),
  ...toRows(
    [
      {
        name: 'by another workflow',
        source: 'dev/attested:1',
        step: scanner('build.yml'),
        shows: /demands.*build\.yml.*By others.*acme\/shop\/\.github\/workflows\/scan\.yml/,
      },
    ],
    'ATTESTATION_MISSING',
  ),
];
