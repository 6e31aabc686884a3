import type { InputSpec, OutputSpec } from '../base/fields.ts';

/** The inputs of promote. An input stands here only when it is enforced; `action.yml` and the README are generated from this. */
export const PROMOTE_INPUTS = {
  source: {
    required: true,
    description:
      'Image to promote: `registry/repo:tag` or `registry/repo@sha256:…`. The tag is resolved once; from then on only its digest counts.',
  },
  target: {
    required: true,
    description: 'Where to: one or more `registry/repo:tag`, a line each.',
  },
  'source-username': {
    description: 'User name for the source registry. Default: what `docker login` left.',
  },
  'source-password': {
    description: 'Password or token for the source registry.',
  },
  'target-username': {
    description: 'User name for the target registry; all targets must then be on one host.',
  },
  'target-password': {
    description: 'Password or token for the target registry.',
  },
  'registry-auth': {
    description:
      'Credentials for several registries: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it.',
  },
  policy: {
    description:
      'What must hold: policy files, a line each, or YAML in place. The strictest of several wins, and an input may only tighten. Default: `.github/promote-image.yml` if present.',
  },
  environment: {
    description:
      'The environment promoted to, such as `production`: selects that part of the policy, which must then exist.',
  },
  'dry-run': {
    default: 'false',
    description: 'Run all gates and write nothing to the target; `plan` and `plan-digest` come out.',
  },
  'existing-tag': {
    default: 'refuse',
    description:
      'When a target tag exists: `refuse`, or `accept-same-digest` (then `unchanged`, after all gates). Another digest is always refused.',
  },
  severity: {
    description:
      'Severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`.',
  },
  'ignore-unfixed': {
    description: '`true` lets findings pass that have no fix yet. Default: the policy, else `false`.',
  },
  scan: {
    description:
      '`enforce`, `report` (findings are shown, nothing is refused) or `off` (for artifacts that are no images). Default: the policy, else `enforce`.',
  },
  trivyignores: {
    description:
      'Ignore files in the syntax of `.trivyignore` or `.trivyignore.yaml`, a comma list. An expired entry no longer ignores. Refused where the policy speaks of the scan.',
  },
  sign: {
    default: 'true',
    description: 'Sign the target digest with cosign.',
  },
  'cosign-key': {
    description:
      'The signing key: `env://COSIGN_PRIVATE_KEY` or a file; its password in the environment as `COSIGN_PASSWORD`. Required when `sign` or `attest` is on.',
  },
  'signature-annotations': {
    description: '`key=value` lines that are signed into the signature, beside `target` and `environment`.',
  },
  attest: {
    default: 'true',
    description: 'Attach the promotion record as a signed attestation.',
  },
  referrers: {
    default: 'copy',
    description: "The source's own signatures, SBOMs and attestations: `copy` or `ignore`.",
  },
  trivy: {
    description:
      'Trivy to use: a version this release knows, `version@sha256:…`, or a path (trusted as given, and said so in the record). Default: the pinned version.',
  },
  cosign: {
    description: 'cosign to use, in the same three forms. Default: the pinned version.',
  },
  'work-dir': {
    description: "A directory with room for the image. Default: the runner's temporary directory.",
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
      'Only used on a pull request (with `dry-run`), to read the policy from the base commit where the checkout does not have it.',
  },
} as const satisfies Readonly<Record<string, InputSpec>>;

/** The outputs of promote. */
export const PROMOTE_OUTPUTS = {
  result: { description: '`promoted`, `unchanged`, `planned`, `refused` or `failed`.' },
  digest: { description: 'The digest that was promoted, `sha256:…`.' },
  image: { description: 'The first target as `registry/repo:tag@sha256:…`, for a workload file.' },
  images: { description: 'JSON list, per target `{target, digest, result, code}`.' },
  refusals: { description: 'JSON list of `{code, message, hint}`; empty when nothing was refused.' },
  vulnerabilities: { description: 'JSON counts by severity, over all platforms.' },
  'scan-report': { description: "Path of Trivy's reports, one JSON object with one entry a platform." },
  sarif: { description: 'Path of the findings as SARIF 2.1.0.' },
  plan: { description: 'Path of the plan, a JSON file.' },
  'plan-digest': { description: 'Digest of the plan, `sha256:…`.' },
  record: { description: 'Paths of the promotion records (in-toto statements), a line each.' },
} as const satisfies Readonly<Record<string, OutputSpec>>;
