import { stringify } from 'yaml';

/** Where the policy and the keys it names lie in the repository that promotes. */
export const POLICY_PATH = '.github/promote-image.yml';
export const KEY_PATHS = { build: 'keys/build.pub', qa: 'keys/qa.pub', production: 'keys/production.pub' } as const;

/** The registries of the demo, as `host:port`. */
export interface Hosts {
  readonly dev: string;
  readonly qa: string;
  readonly production: string;
}

/** What must hold on the way from dev to QA and on to production: QA takes what the build signed; production takes what QA signed, let in and scanned. */
export function writePolicy({ dev, qa, production }: Hosts): string {
  return stringify({
    version: 1,
    scan: { severity: ['CRITICAL', 'HIGH'], databases: [`${dev}/mirror/trivy-db:2`] },
    signature: { transparencyLog: false },
    environments: {
      qa: {
        targets: [`${qa}/*`],
        signers: [{ role: 'source', name: 'the build', key: KEY_PATHS.build }],
      },
      production: {
        targets: [`${production}/*`],
        signers: [
          { role: 'source', name: 'QA', key: KEY_PATHS.qa },
          { role: 'scan', name: 'QA', key: KEY_PATHS.qa },
          { role: 'promotion', name: 'QA', key: KEY_PATHS.qa, images: [`${qa}/*`] },
          { role: 'promotion', name: 'production', key: KEY_PATHS.production, images: [`${production}/*`] },
        ],
        attestations: {
          require: [
            { type: 'https://promote-image.github.io/promotion/v1', role: 'promotion', environment: 'qa' },
            {
              type: 'https://cosign.sigstore.dev/attestation/vuln/v1',
              role: 'scan',
              scanner: 'trivy',
              maxAge: '7d',
            },
          ],
        },
      },
    },
  });
}
