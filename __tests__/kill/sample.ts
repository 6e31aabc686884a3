import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { makeImage, makeIndex } from '../e2e/fixture-images.ts';

/** Bytes: too many to be uploaded in one request. */
const LARGE = 2_200_000;

/** What is promoted: two platforms without a finding, and what refers to them. */
export const IMAGE = buildIndex([
  makeImage('fixed', { layers: [{ randomBytes: LARGE, seed: 1 }], platform: { os: 'linux', architecture: 'amd64' } }),
  makeImage('fixed', { platform: { os: 'linux', architecture: 'arm64' } }),
]);
export const SBOM = buildReferrer(IMAGE.root, { artifactType: 'application/spdx+json', bytes: '{"sbom":1}' });

/** What a channel is before it is promoted to, with as much attached as a promotion leaves. */
export const FORMER = makeIndex('vulnerable');
export const FORMER_EVIDENCE = [1, 2, 3, 4].map((n) =>
  buildReferrer(FORMER.root, { artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json', bytes: `{"n":${n}}` }),
);
