import type { InputSpec, OutputSpec } from '../base/fields.ts';

/** The inputs of scan; its `action.yml` and help are generated from this. */
export const SCAN_INPUTS = {
  images: {
    required: true,
    description:
      'What to scan: image references, a line each (`registry/repo:tag` or `registry/repo@sha256:…`). A tag is resolved once; from then on only its digest counts.',
  },
  severity: {
    description:
      'Severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`.',
  },
  policy: {
    description:
      'What must hold: policy files, a line each, or YAML in place. The strictest of several wins, and an input may only tighten. Default: `.github/promote-image.yml` if present.',
  },
  environment: {
    description: 'The environment the images are scanned for, such as `qa`: selects that part of the policy.',
  },
  trivyignores: {
    description:
      'Ignore files in the syntax of `.trivyignore` or `.trivyignore.yaml`, a comma list. An expired entry no longer ignores. Refused where the policy speaks of the scan.',
  },
  attest: {
    default: 'false',
    description:
      "Attach each scan that passed to its image as a signed cosign `vuln` attestation, at the image's own repository: that needs the right to push there. What is refused is never attached.",
  },
  'cosign-key': {
    description:
      "With `attest`, the signing key: `env://COSIGN_PRIVATE_KEY`, a file, or a KMS URI; its password in the environment as `COSIGN_PASSWORD`. Empty: keyless, with the job's OIDC token (`permissions: id-token: write`).",
  },
  'signing-config': {
    description:
      'A Sigstore signing configuration (JSON file), for a private Sigstore. Default: the policy, else the public one.',
  },
  'trusted-root': {
    description: 'A Sigstore trusted root (JSON file), to go with it. Default: the policy, else the public one.',
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
    description: "A directory with room for the largest image. Default: the runner's temporary directory.",
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

/** The outputs of scan. */
export const SCAN_OUTPUTS = {
  result: {
    description:
      '`clean`; `refused` where an image has what refuses, or could not be judged; `failed` where a scan could not be made. Of several images: `failed` before `refused` before `clean`.',
  },
  vulnerabilities: { description: 'JSON counts by severity, over all images and platforms.' },
  'scan-report': { description: "Paths of Trivy's reports, a line for each image that was scanned, in their order." },
  sarif: { description: 'Path of the findings of all images as SARIF 2.1.0, a run for each.' },
  attestations: {
    description:
      'JSON list of `{image, digest, predicateType, result, manifest}`: what is attached now; `result` is `attached`, or `unchanged` where the same signer had attested a scan by the same scanner and database within the last hour, or within half of what the policy allows as `maxAge`.',
  },
} as const satisfies Readonly<Record<string, OutputSpec>>;
