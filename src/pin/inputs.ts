import type { InputSpec, OutputSpec } from '../base/fields.ts';
import { CHECK_INPUTS } from '../check/inputs.ts';

/** The inputs of pin; its `action.yml`, help and tables are generated from this. What it shares with check means the same there. */
export const PIN_INPUTS = {
  files: {
    description:
      'What to write into: globs, a line each, from the root of the workspace; `!` before one leaves files out, and a folder stands for the workload files in it. Compose, Kubernetes, kustomize, Helm values and Dockerfiles are told by name and content. Default: all YAML files, Dockerfiles and Containerfiles, without those in `.github`.',
  },
  images: {
    description:
      'Images to set, a line each: `registry/repo`, `:tag`, `@sha256:…`, or both; the output `image` of promote fits. Every place that names the repository gets it. `old/repo=registry/repo:tag@sha256:…` also changes the repository. Then nothing else is changed. Default: every image in the files.',
  },
  refresh: {
    default: 'true',
    description:
      'Look up the tag of an image that has a digest already, and write the digest it has now. With `false`, only what has no digest gets one.',
  },
  policy: {
    description:
      'What must hold: policy files, a line each, or YAML in place; the keys under `images`. Nothing is written that check would refuse by it. Default: `.github/promote-image.yml` if present.',
  },
  environment: CHECK_INPUTS.environment,
  'allow-registries': CHECK_INPUTS['allow-registries'],
  verify: {
    description:
      'What a new digest must have at its registry before it is written: `off`; `exists`, a manifest; `signed`, a signature by `key`, the identity, or a signer of the policy of role `source` or `promotion`; `promoted`, the record of its promotion by a signer of role `promotion`. Default: the policy, else `off`.',
  },
  key: CHECK_INPUTS.key,
  'certificate-identity': CHECK_INPUTS['certificate-identity'],
  'certificate-identity-regexp': CHECK_INPUTS['certificate-identity-regexp'],
  'certificate-oidc-issuer': CHECK_INPUTS['certificate-oidc-issuer'],
  'certificate-oidc-issuer-regexp': CHECK_INPUTS['certificate-oidc-issuer-regexp'],
  'certificate-github-workflow-repository': CHECK_INPUTS['certificate-github-workflow-repository'],
  'trusted-root': CHECK_INPUTS['trusted-root'],
  scan: {
    description:
      'Scan a new digest with Trivy before it is written: `off`, `report`, or `enforce`, where findings refuse. Default: the policy, else `off`.',
  },
  severity: CHECK_INPUTS.severity,
  'dry-run': {
    default: 'false',
    description: 'Look everything up, print what would change as a unified diff, and write nothing.',
  },
  patch: {
    description: 'A path to write the changes to as a unified diff, which `git apply` takes. Default: none is written.',
  },
  commit: {
    default: 'false',
    description:
      'Commit the changed files and nothing else. A file that has changes of its own is refused before anything is written.',
  },
  push: {
    default: 'true',
    description:
      'With `commit`, push to the branch of the remote that the current branch follows, where it follows one.',
  },
  'commit-message': {
    description:
      'The subject of the commit and the title of the pull request. The images with their old and new digests follow it. Default: says what was pinned.',
  },
  ticket: {
    description: 'What the change is for, such as a CVE or POA&M id: `Ticket: …` at the end of the message.',
  },
  'skip-ci': {
    default: 'false',
    description: 'Put `[skip ci]` into the subject of the commit, so that no workflow starts for it.',
  },
  'pull-request': {
    default: 'false',
    description:
      'Commit to the branch `promote-image/pin` instead, push it, and open a pull request from it, or update the one that is open. The work tree stays as it is. Needs `contents: write` and `pull-requests: write`.',
  },
  'registry-auth': CHECK_INPUTS['registry-auth'],
  trivy: CHECK_INPUTS.trivy,
  cosign: CHECK_INPUTS.cosign,
  'work-dir': CHECK_INPUTS['work-dir'],
  timeout: CHECK_INPUTS.timeout,
  summary: CHECK_INPUTS.summary,
  'github-token': {
    default: `\${{ github.token }}`,
    description:
      'Opens the pull request. On a pull request, it reads the policy from the base commit where the checkout does not have it.',
  },
} as const satisfies Readonly<Record<string, InputSpec>>;

/** The outputs of pin. */
export const PIN_OUTPUTS = {
  result: {
    description:
      '`changed` (with `dry-run`: would be); `unchanged`; `refused` where a new image may not be written, and then none was; `failed` where something could not be decided or done.',
  },
  changes: {
    description:
      'JSON list of `{file, line, from, to}`, by file and line: the references as they were and as they are. Of very many, the first 350 kB.',
  },
  'changed-files': { description: 'The changed files, a line each.' },
  'commit-sha': { description: 'The commit, where one was made.' },
  'pull-request-number': { description: 'The number of the pull request, where one was opened or updated.' },
  'pull-request-url': { description: 'Its address.' },
} as const satisfies Readonly<Record<string, OutputSpec>>;
