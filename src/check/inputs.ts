import type { InputSpec, OutputSpec } from '../base/fields.ts';

/** The inputs of check; its `action.yml`, help and tables are generated from this. */
export const CHECK_INPUTS = {
  files: {
    description:
      'What to check: globs, a line each, from the root of the workspace; `!` before one leaves files out, and a folder stands for the workload files in it. Compose, Kubernetes, kustomize, Helm values and Dockerfiles are told by name and content. Or the JSON of `kubectl get … -o json`, on the command line also on standard input. Default: all YAML files, Dockerfiles and Containerfiles, without those in `.github`.',
  },
  policy: {
    description:
      'What must hold: policy files, a line each, or YAML in place; the keys under `images`. The strictest of several wins, and an input may only tighten. Default: `.github/promote-image.yml` if present.',
  },
  environment: {
    description:
      'The environment the files are for, such as `production`: selects that part of the policy, and is what a promotion must have been to, with `verify: promoted`.',
  },
  'require-digest': {
    flag: true,
    description: 'Refuse an image without a digest. Default: the policy, else `true`.',
  },
  'allow-registries': {
    description:
      'Patterns that an image must match, a comma list or a line each: `host/*`, `host/path/*` (any depth below) or `host/repository`. Default: the policy, else any; beside a policy, both must allow it.',
  },
  'forbid-tags': {
    description:
      'Tags that are refused, a comma list or a line each. Default: the policy, else `latest`, `stable`, `main`, `master`, `edge`, `nightly`. A version that is not a full `x.y.z`, and a range, always are.',
  },
  verify: {
    description:
      'What every image must have at its registry: `off`; `exists`, a manifest; `signed`, a signature by `key`, the identity, or a signer of the policy of role `source` or `promotion`; `promoted`, the record of its promotion by a signer of role `promotion`. Default: the policy, else `off`.',
  },
  key: {
    description:
      'With `verify`, the public key of who signs: a file, `env://VARIABLE`, PEM, or a KMS URI. Beside a policy, both must be satisfied.',
  },
  'certificate-identity': {
    description: 'Instead of a key, the identity that signs, such as the URL of the workflow at a ref.',
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
      'The repository (`owner/name`) whose pipeline signed. Needed where the identity is a reusable workflow: it signs with the same identity for everyone.',
  },
  'trusted-root': {
    description:
      'A file with a Sigstore trusted root, for a private Sigstore. Default: the policy, else the public one.',
  },
  scan: {
    description:
      'Scan every image with Trivy: `off`, `report`, or `enforce`, where findings refuse. Default: the policy, else `off`.',
  },
  severity: {
    description:
      'With `scan`, severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`.',
  },
  sarif: {
    description: 'A path to write the findings to as SARIF 2.1.0, for code scanning. Default: none is written.',
  },
  'registry-auth': {
    description:
      'Credentials: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it. Default: what `docker login` left.',
  },
  trivy: {
    description:
      'Trivy to use: a version this release knows, `version@sha256:…`, or a path (trusted as given). Default: the pinned version.',
  },
  cosign: {
    description: 'cosign to use, in the same three forms. Default: the pinned version.',
  },
  'work-dir': {
    description: "With `scan`, a directory with room for the largest image. Default: the runner's temporary directory.",
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

/** The outputs of check. */
export const CHECK_OUTPUTS = {
  result: {
    description:
      '`passed`; `refused` where a file breaks a rule; `failed` where that could not be decided, such as a registry that does not answer.',
  },
  violations: { description: 'How many findings refuse.' },
  findings: {
    description:
      'JSON list of `{file, line, column, image, rule, message}`, by file and line. Of very many, the first 350 kB: `sarif` and the log have more.',
  },
  images: {
    description:
      'JSON list of the distinct images that the files name, as they are written. Of very many, the first 350 kB.',
  },
  sarif: { description: 'The path of the SARIF file, where one was asked for.' },
} as const satisfies Readonly<Record<string, OutputSpec>>;
