import type { InputSpec, OutputSpec } from '../base/fields.ts';

/** The inputs of verify; its `action.yml`, help and tables are generated from this. */
export const VERIFY_INPUTS = {
  images: {
    requiredUnless: 'plan',
    description:
      'What to answer for: image references, a line each (`registry/repo:tag`, `…@sha256:…`, or both), or the JSON of `kubectl get … -o json`: pods, workloads or a list of them. On the command line also on standard input.',
  },
  plan: {
    description:
      'Instead of `images`: the file of a plan, of one image or a batch, that was carried out. Every target of it is asked about at its registry, and must be recorded as promoted by this plan and no other, and have its tag: the last job of a fleet.',
  },
  'plan-digest': {
    description:
      'With `plan`, what its file must be: the `plan-digest` output of the step that made it, handed on as an output of its job.',
  },
  policy: {
    description:
      'Whose promotions count: policy files, a line each, or YAML in place; the signers with `role: promotion`. Default: `.github/promote-image.yml` if present.',
  },
  environment: {
    description: 'The environment an image must have been promoted to, such as `production`. Default: any.',
  },
  key: {
    description:
      'The public key that promotions are signed with: a file, `env://VARIABLE`, PEM, or a KMS URI. Beside a policy, both must be satisfied.',
  },
  'certificate-identity': {
    description: 'The identity that promotions are signed with, such as the URL of the workflow at a ref.',
  },
  'certificate-identity-regexp': {
    description: 'The same as a regular expression, which must match all of the identity.',
  },
  'certificate-oidc-issuer': {
    description: 'Who vouched for that identity, such as `https://token.actions.githubusercontent.com`.',
  },
  'certificate-oidc-issuer-regexp': {
    description: 'The same as a regular expression, which must match all of the issuer.',
  },
  'certificate-github-workflow-repository': {
    description:
      'The repository (`owner/name`) whose pipeline promoted. Needed where the identity is a reusable workflow: it signs with the same identity for everyone.',
  },
  'trusted-root': {
    description:
      'A file with a Sigstore trusted root, for a private Sigstore. Default: the policy, else the public one.',
  },
  'registry-auth': {
    description:
      'Credentials: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it. Default: what `docker login` left.',
  },
  cosign: {
    description:
      'cosign to use: a version this release knows, `version@sha256:…`, or a path. Default: the pinned version.',
  },
  timeout: {
    default: '1h',
    description: 'The longest the whole run may take, such as `30m` or `1h`.',
  },
  summary: {
    default: 'true',
    description: 'Write the job summary.',
  },
  'github-token': {
    default: `\${{ github.token }}`,
    description:
      'Only used on a pull request, to read the policy from the base commit where the checkout does not have it.',
  },
} as const satisfies Readonly<Record<string, InputSpec>>;

/** The outputs of verify. */
export const VERIFY_OUTPUTS = {
  result: {
    description:
      '`verified`; `refused` where an image was not promoted, or by nobody who is trusted; `failed` where that could not be decided. The last two fail the step, with exit code 1.',
  },
  records: {
    description:
      'With `plan`, JSON: for each target its record, or why there is none that counts; those that are not verified first. What is beyond a third of the 1 MB that GitHub keeps of a job is left out at the end.',
  },
  chain: { description: 'JSON: for each image what it is, who promoted it, when, from what and past which gates.' },
} as const satisfies Readonly<Record<string, OutputSpec>>;
