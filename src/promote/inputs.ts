import type { InputSpec, OutputSpec } from '../base/fields.ts';

/** The inputs of promote. An input stands here only when it is enforced; `action.yml` and the README are generated from this. */
export const PROMOTE_INPUTS = {
  source: {
    requiredUnless: ['plan', 'promotions'],
    description:
      'Image to promote: `registry/repo:tag` or `registry/repo@sha256:…`. The tag is resolved once; from then on only its digest counts. Not needed with `plan` or `promotions`, which name it.',
  },
  target: {
    requiredUnless: ['plan', 'promotions'],
    description:
      'Where to: one or more `registry/repo:tag`, a line each. Not needed with `plan` or `promotions`, which name them.',
  },
  promotions: {
    description:
      'A batch instead of `source` and `target`: a YAML or JSON file `{version: 1, promotions: [{source, target, scan}]}`, `target` one or a list. Everything else holds for all of them. One that is refused or fails does not stop the others.',
  },
  shard: {
    description:
      '`k/n`: carry out only this share of the batch, `k` from 1 to `n`; all shares together are the batch, each image once. With `plan`, `n` is what the plan says.',
  },
  shards: {
    description:
      'For how many jobs a `dry-run` of a batch cuts its plan, 1 to 256, balanced by bytes; `matrix` comes out. Default: one for each 25 images.',
  },
  'max-parallel': {
    default: '4',
    description: 'How many images of a batch are promoted at once, 1 to 64.',
  },
  'fail-fast': {
    default: 'false',
    description:
      'In a batch, `true`: once one image was refused or failed, none is begun any more; what was not begun is told as such.',
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
  plan: {
    description:
      "Carry out exactly this plan, the file of a `dry-run` that somebody approved, and no other: refused with `PLAN_STALE` when the source, a target tag, a policy or a signature that was relied on changed since. Every gate is run again; the file's verdicts are never read.",
  },
  'plan-digest': {
    description:
      'The digest of that plan, as the `plan-digest` output of the step that made it, handed on as an output of its job: it is what was approved. Required where the plan alone says what goes where.',
  },
  // Its default depends on other inputs, so that it stands in no action.yml: a runner gives those defaults as if the user had.
  'existing-tag': {
    description:
      "When a target tag exists: `refuse`; `accept-same-digest` (then `unchanged`, after all gates); or `move`, for the policy's `targets.channels` only. Otherwise another digest is always refused. Default: `accept-same-digest` with `plan` or `promotions`, else `refuse`.",
  },
  severity: {
    description:
      'Severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`.',
  },
  'ignore-unfixed': {
    flag: true,
    description: '`true` lets findings pass that have no fix yet. Default: the policy, else `false`.',
  },
  scan: {
    description:
      '`enforce`, `report` (findings are shown, nothing is refused) or `off` (for artifacts that are no images). Default: the policy, else `enforce`.',
  },
  upload: {
    description:
      'When bytes may go to the target: `after-gates`, or `during-gates`: blobs that nothing refers to go up while the image is fetched and scanned, and a refusal leaves them behind; never a manifest, never a tag, never in a dry run. Refused where a policy says `after-gates`. Default: the policy, else `after-gates`.',
  },
  trivyignores: {
    description:
      'Ignore files in the syntax of `.trivyignore` or `.trivyignore.yaml`, a comma list. An expired entry no longer ignores. Refused where the policy speaks of the scan.',
  },
  'source-key': {
    description:
      'When given, the source must carry a valid signature by this public key: a file, PEM in `env://VARIABLE`, or a KMS URI.',
  },
  'source-certificate-identity': {
    description:
      'When given, the source must carry a valid keyless signature by this identity, such as `https://github.com/org/app/.github/workflows/build.yml@refs/heads/main`; needs its issuer too.',
  },
  'source-certificate-identity-regexp': {
    description: 'The same as a regular expression (RE2), which must match the whole identity.',
  },
  'source-certificate-oidc-issuer': {
    description: 'Who issued that identity, such as `https://token.actions.githubusercontent.com`.',
  },
  'source-certificate-oidc-issuer-regexp': {
    description: 'The same as a regular expression (RE2), which must match the whole issuer.',
  },
  'source-certificate-github-workflow-repository': {
    description:
      'The repository (`owner/name`) on whose behalf that workflow signed. Required where the identity names a workflow of another repository: a reusable workflow signs with the same identity for everyone.',
  },
  sign: {
    default: 'true',
    description: 'Sign the target digest with cosign.',
  },
  'cosign-key': {
    description:
      "The signing key: `env://COSIGN_PRIVATE_KEY`, a file, or a KMS URI; its password in the environment as `COSIGN_PASSWORD`. Empty: keyless, with the job's OIDC token (`permissions: id-token: write`).",
  },
  'signature-format': {
    description:
      "How the target is signed: `bundle` (the form of cosign 3), `legacy` (the `.sig` tag that older cosign and OpenShift's, podman's and CRI-O's image policies read) or `both`. Default: the policy, else `bundle`.",
  },
  'signing-config': {
    description:
      'A Sigstore signing configuration (JSON file), for a private Sigstore. Default: the policy, else the public one.',
  },
  'trusted-root': {
    description: 'A Sigstore trusted root (JSON file), to go with it. Default: the policy, else the public one.',
  },
  'signature-annotations': {
    description: '`key=value` lines that are signed into the signature, beside `target` and `environment`.',
  },
  attest: {
    default: 'true',
    description:
      'Attach the promotion record, a SLSA verification summary and the scan as signed attestations, one of each per digest.',
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
  result: {
    description:
      '`promoted`, `unchanged`, `planned`, `refused` or `failed`; of a batch the worst: `failed`, `refused`, `promoted` or `planned`, `unchanged`.',
  },
  digest: { description: 'The digest that was promoted, `sha256:…`; empty for a batch.' },
  image: {
    description: 'The first target as `registry/repo:tag@sha256:…`, for a workload file; empty for a batch.',
  },
  images: {
    description:
      'JSON list, per target `{target, digest, result, code}`; of a batch all of them, as far as the 1 MB that GitHub keeps of a job allows.',
  },
  refusals: {
    description: 'JSON list of `{code, message, hint}`, in a batch with `source`; empty when nothing was refused.',
  },
  vulnerabilities: { description: 'JSON counts by severity, over all platforms.' },
  'scan-report': {
    description:
      "Path of Trivy's reports, one JSON object with one entry a platform; of a batch a directory with a file for each image.",
  },
  sarif: { description: 'Path of the findings as SARIF 2.1.0; of a batch a directory with a file for each image.' },
  plan: {
    description: 'Path of the plan, a JSON file: what would be done, and how the gates ended, for whoever approves it.',
  },
  'plan-digest': {
    description: 'Digest of the plan, `sha256:…`; hand it on as a job output to the step that applies it.',
  },
  matrix: {
    description:
      'Of the `dry-run` of a batch, JSON for `strategy.matrix`: `{"shard": ["1/4", …]}`, numbers only; `{}` otherwise.',
  },
  record: { description: 'Paths of the promotion records (in-toto statements), a line each.' },
} as const satisfies Readonly<Record<string, OutputSpec>>;
