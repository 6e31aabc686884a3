import { buildReferrer } from '../../lab/image/artifact.ts';
import { makeIndex } from '../e2e/fixture-images.ts';

/** What is promoted: two platforms without a finding, and what refers to them. */
export const IMAGE = makeIndex('fixed');
export const SBOM = buildReferrer(IMAGE.root, { artifactType: 'application/spdx+json', bytes: '{"sbom":1}' });

/** What a channel is before it is promoted to, with as much attached as a promotion leaves. */
export const FORMER = makeIndex('vulnerable');
export const FORMER_EVIDENCE = [1, 2, 3, 4].map((n) =>
  buildReferrer(FORMER.root, { artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json', bytes: `{"n":${n}}` }),
);
