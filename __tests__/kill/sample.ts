import { buildReferrer } from '../../lab/image/artifact.ts';
import { makeIndex } from '../e2e/fixture-images.ts';

/** What is promoted: two platforms without a finding, and what refers to them. */
export const IMAGE = makeIndex('fixed');
export const SBOM = buildReferrer(IMAGE.root, { artifactType: 'application/spdx+json', bytes: '{"sbom":1}' });
