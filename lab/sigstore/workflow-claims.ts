/** The claims of a GitHub Actions token that a test may choose; https://docs.github.com/en/actions/reference/security/oidc */
export interface WorkflowClaims {
  readonly aud: string;
  readonly sub: string;
  readonly ref: string;
  readonly sha: string;
  /** `owner/name`, of the run. */
  readonly repository: string;
  readonly repository_visibility: string;
  readonly run_id: string;
  readonly run_attempt: string;
  readonly actor: string;
  readonly workflow: string;
  readonly event_name: string;
  /** The workflow that was started: `owner/name/.github/workflows/file@ref`. */
  readonly workflow_ref: string;
  /** The workflow that holds the job: that of another repository when it is reusable. It is the certificate's identity. */
  readonly job_workflow_ref: string;
  readonly runner_environment: string;
  readonly environment: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** What a job's token says: what was chosen, and for the rest a push to `main` of that repository. */
export function completeClaims(chosen: Partial<WorkflowClaims>, now: number): WorkflowClaims & Record<string, unknown> {
  const { repository = 'org/app', ref = 'refs/heads/main', sha = 'a'.repeat(40) } = chosen;
  const workflowRef = chosen.workflow_ref ?? `${repository}/.github/workflows/promote.yml@${ref}`;
  const seconds = Math.floor(now / 1000);
  return {
    aud: 'sigstore',
    sub: `repo:${repository}:ref:${ref}`,
    repository,
    repository_id: '1001',
    repository_owner: repository.split('/')[0],
    repository_owner_id: '2002',
    repository_visibility: 'private',
    ref,
    ref_type: 'branch',
    head_ref: '',
    base_ref: '',
    sha,
    run_id: '4242',
    run_number: '7',
    run_attempt: '1',
    actor: 'octocat',
    actor_id: '3003',
    event_name: 'push',
    workflow: 'promote',
    workflow_ref: workflowRef,
    workflow_sha: sha,
    job_workflow_ref: workflowRef,
    job_workflow_sha: sha,
    runner_environment: 'github-hosted',
    environment: '',
    iat: seconds,
    nbf: seconds - 5,
    exp: seconds + 300,
    ...chosen,
  };
}

/** The certificate identity of a job with these claims. */
export function identityOf(chosen: Partial<WorkflowClaims> = {}): string {
  return `https://github.com/${completeClaims(chosen, 0).job_workflow_ref}`;
}
