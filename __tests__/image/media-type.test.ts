import { describe, expect, it } from '@jest/globals';
import { isImageConfigType, isIndexType, isLayerType, MANIFEST_TYPES } from '../../src/image/media-type.ts';

const OCI = 'application/vnd.oci.image';
const DOCKER = 'application/vnd.docker';

describe('media types', () => {
  it('are an index in two vocabularies', () => {
    expect(MANIFEST_TYPES.filter(isIndexType)).toEqual([
      `${OCI}.index.v1+json`,
      `${DOCKER}.distribution.manifest.list.v2+json`,
    ]);
  });

  it('are the config of an image in two vocabularies, and no other artifact’s', () => {
    expect([`${OCI}.config.v1+json`, `${DOCKER}.container.image.v1+json`].every(isImageConfigType)).toBe(true);
    expect(isImageConfigType('application/vnd.cncf.helm.config.v1+json')).toBe(false);
  });

  it.each([
    `${OCI}.layer.v1.tar`,
    `${OCI}.layer.v1.tar+gzip`,
    `${OCI}.layer.v1.tar+zstd`,
    `${OCI}.layer.v1.tar+gzip+encrypted`,
    `${OCI}.layer.nondistributable.v1.tar+gzip`,
    `${DOCKER}.image.rootfs.diff.tar.gzip`,
    `${DOCKER}.image.rootfs.foreign.diff.tar.gzip`,
  ])('are a filesystem layer: %s', (type) => {
    expect(isLayerType(type)).toBe(true);
  });

  it.each(['application/vnd.in-toto+json', 'application/wasm', `x ${OCI}.layer.v1.tar`])('are no layer: %s', (type) => {
    expect(isLayerType(type)).toBe(false);
  });
});
