import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildArtifact } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { readRevision } from '../../src/promote/revision.ts';
import { loadImage } from './load-image.ts';

const LABEL = 'org.opencontainers.image.revision';
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'revision-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function revisionOf(image: BuiltImage): Promise<string | undefined> {
  const { graph, store } = await loadImage(image, directory);
  return readRevision(graph, store.layout);
}

function labelled(architecture: string, revision?: string): BuiltImage {
  const labels = revision === undefined ? {} : { labels: { [LABEL]: revision } };
  return buildImage({ platform: { os: 'linux', architecture }, ...labels });
}

describe('the revision of an image', () => {
  it('is the annotation of its root', async () => {
    const children = [labelled('amd64', 'old')];
    expect(await revisionOf(buildIndex(children, { annotations: { [LABEL]: 'c0ffee' } }))).toBe('c0ffee');
  });

  it('is the label of its one platform, or the one on which all agree', async () => {
    expect(await revisionOf(labelled('amd64', 'c0ffee'))).toBe('c0ffee');
    expect(await revisionOf(buildIndex([labelled('amd64', 'c0ffee'), labelled('arm64', 'c0ffee')]))).toBe('c0ffee');
  });

  it('is not an empty annotation, where the label tells more', async () => {
    const children = [labelled('amd64', 'c0ffee')];
    expect(await revisionOf(buildIndex(children, { annotations: { [LABEL]: '' } }))).toBe('c0ffee');
  });

  it.each<[string, BuiltImage]>([
    ['its platforms disagree', buildIndex([labelled('amd64', 'a'), labelled('arm64', 'b')])],
    ['one platform says nothing', buildIndex([labelled('amd64', 'a'), labelled('arm64')])],
    ['nobody says anything', labelled('amd64')],
    ['the label is empty', labelled('amd64', '')],
    ['it is no image', buildArtifact({ configType: 'application/x', layerType: 'application/y', layer: 'z' })],
    [
      'its config is no JSON',
      buildArtifact({
        configType: 'application/vnd.oci.image.config.v1+json',
        config: '{',
        layerType: 'application/y',
        layer: 'z',
      }),
    ],
    [
      'its config is null',
      buildArtifact({
        configType: 'application/vnd.oci.image.config.v1+json',
        config: 'null',
        layerType: 'application/y',
        layer: 'z',
      }),
    ],
  ])('is unknown when %s', async (_, image) => {
    expect(await revisionOf(image)).toBeUndefined();
  });
});
