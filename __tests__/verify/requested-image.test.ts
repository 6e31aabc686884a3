import { describe, expect, it } from '@jest/globals';
import { FieldReader } from '../../src/base/fields.ts';
import { digestOf } from '../../src/image/digest.ts';
import { VERIFY_INPUTS } from '../../src/verify/inputs.ts';
import { type RequestedImage, readImages } from '../../src/verify/requested-image.ts';

const RUNS = digestOf('what runs');

function read(images: string): { images: readonly RequestedImage[]; problems: string[] } {
  const fields = new FieldReader({ images }, VERIFY_INPUTS);
  const { images: found } = readImages(fields);
  return { images: found, problems: fields.problems.map(({ message }) => message) };
}

const readPods = (...containers: readonly (readonly [image: string, imageID?: string])[]): readonly RequestedImage[] =>
  read(
    JSON.stringify({
      items: containers.map(([image, imageID], i) => ({
        kind: 'Pod',
        metadata: { name: `pod-${i}` },
        spec: { containers: [{ name: 'c', image }] },
        status: { containerStatuses: [{ name: 'c', imageID }] },
      })),
    }),
  ).images;

describe('lines of references', () => {
  it('are taken as they are, each once', () => {
    const { images } = read(`prod.test/a:1\n# not this\nprod.test/a:1\nprod.test/a@${RUNS}`);
    expect(images.map(({ name }) => name)).toEqual(['prod.test/a:1', `prod.test/a@${RUNS}`]);
  });

  it('are all refused at once when they are none: nothing is assumed for a short name', () => {
    expect(read('nginx\nprod.test/a').problems).toHaveLength(2);
    expect(read('# only this').problems).toEqual(['holds only comments.']);
  });
});

describe('images of a cluster', () => {
  it('are what the node says that it runs, whatever the tag means by now', () => {
    const [image] = readPods(['prod.test/a:1', `prod.test/a@${RUNS}`]);
    expect(image).toMatchObject({ running: RUNS, reference: { kind: 'tag', tag: '1' }, unknown: undefined });
    expect(readPods(['prod.test/a:1', `docker-pullable://prod.test/a@${RUNS}`])[0]?.running).toBe(RUNS);
  });

  it('are told once with all the places, and apart where two digests run under one tag', () => {
    const other = digestOf('what ran before');
    const images = readPods(
      ['prod.test/a:1', `prod.test/a@${RUNS}`],
      ['prod.test/a:1', `prod.test/a@${other}`],
      ['prod.test/a:1', `prod.test/a@${RUNS}`],
    );
    expect(images.map(({ running, places }) => [running, places.map(({ name }) => name)])).toEqual([
      [RUNS, ['pod-0', 'pod-2']],
      [other, ['pod-1']],
    ]);
  });

  it('have the names that Kubernetes makes of short ones', () => {
    const names = readPods(['nginx'], ['team/app:2'], ['prod.test/a']).map(({ reference }) => reference);
    expect(names).toMatchObject([
      { repository: 'docker.io/library/nginx', tag: 'latest' },
      { repository: 'docker.io/team/app', tag: '2' },
      { repository: 'prod.test/a', tag: 'latest' },
    ]);
  });

  it('cannot be told where a container names none', () => {
    const { images } = read(JSON.stringify({ kind: 'Pod', spec: { containers: [{ name: 'c' }] } }));
    expect(images).toMatchObject([{ reference: undefined, unknown: expect.any(String), places: [{ container: 'c' }] }]);
  });

  it('cannot be told where the node has only a local id, or the name is none', () => {
    expect(readPods(['prod.test/a:1', RUNS])[0]).toMatchObject({ running: undefined, unknown: expect.any(String) });
    expect(readPods(['prod.test/A:1'])[0]).toMatchObject({ reference: undefined, unknown: expect.any(String) });
  });
});
