import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/base/error.ts';
import { readWorkloads } from '../../src/inputs/workloads.ts';

const containers = [{ name: 'web', image: 'prod.test/web:1' }];
const readAll = (json: unknown) => readWorkloads(JSON.stringify(json));
const read = (json: unknown) => readAll(json).containers;
const imagesOf = (json: unknown): string[] => read(json).map(({ image }) => image);

describe('what kubectl prints', () => {
  it('names what really runs, of usual, init and ephemeral containers alike', () => {
    const pod = {
      kind: 'Pod',
      metadata: { name: 'web-1', namespace: 'shop' },
      spec: {
        containers,
        initContainers: [{ name: 'setup', image: 'prod.test/setup:2' }],
        ephemeralContainers: [{ name: 'debug', image: 'prod.test/debug:3' }],
      },
      status: {
        containerStatuses: [{ name: 'web', imageID: 'prod.test/web@sha256:a' }],
        initContainerStatuses: [{ name: 'setup', imageID: 'prod.test/setup@sha256:b' }],
        ephemeralContainerStatuses: [{ name: 'debug', imageID: 'prod.test/debug@sha256:c' }],
      },
    };
    const place = { kind: 'Pod', name: 'web-1', namespace: 'shop' };
    expect(read(pod)).toEqual([
      { image: 'prod.test/web:1', imageId: 'prod.test/web@sha256:a', place: { ...place, container: 'web' } },
      {
        ...{ image: 'prod.test/setup:2', imageId: 'prod.test/setup@sha256:b' },
        place: { ...place, container: 'setup', role: 'init' },
      },
      {
        ...{ image: 'prod.test/debug:3', imageId: 'prod.test/debug@sha256:c' },
        place: { ...place, container: 'debug', role: 'ephemeral' },
      },
    ]);
  });

  it.each([
    ['Deployment', { spec: { template: { spec: { containers } } } }],
    ['CronJob', { spec: { jobTemplate: { spec: { template: { spec: { containers } } } } } }],
    ['PodTemplate', { template: { spec: { containers } } }],
    ['Rollout of some operator', { spec: { replicas: 2, template: { spec: { containers } } } }],
  ])('is read in a %s, of which nothing says what runs', (kind, rest) => {
    expect(read({ kind, metadata: { name: 'x' }, ...rest })).toEqual([
      { image: 'prod.test/web:1', place: { kind, name: 'x', container: 'web' } },
    ]);
  });

  it('may be a list, a list of lists, and hold what has no containers', () => {
    const pod = { kind: 'Pod', metadata: { name: 'a' }, spec: { containers } };
    const list = {
      kind: 'List',
      items: [pod, { kind: 'ConfigMap', data: { a: 'b' } }, { kind: 'PodList', items: [pod] }],
    };
    expect(imagesOf(list)).toEqual(['prod.test/web:1', 'prod.test/web:1']);
  });

  it('names the images that are mounted as volumes too', () => {
    const volumes = [
      { name: 'data', image: { reference: 'prod.test/data:1' } },
      { name: 'tmp', emptyDir: {} },
    ];
    expect(read({ kind: 'Pod', metadata: { name: 'x' }, spec: { containers, volumes } })).toEqual([
      { image: 'prod.test/web:1', place: { kind: 'Pod', name: 'x', container: 'web' } },
      { image: 'prod.test/data:1', place: { kind: 'Pod', name: 'x', container: 'data', role: 'volume' } },
    ]);
  });

  it('may leave an image open, which is told and not left out', () => {
    const spec = { containers: [...containers, { name: 'open' }], volumes: [{ name: 'v', image: {} }] };
    expect(imagesOf({ kind: 'Pod', spec })).toEqual(['prod.test/web:1', '', '']);
  });

  it.each([
    ['a step of its own', 'Task', { spec: { steps: [{ image: 'prod.test/step:1' }] } }],
    [
      'a pod spec elsewhere',
      'JobSet',
      { spec: { jobs: [{ template: { spec: { template: { spec: { containers } } } } }] } },
    ],
    ['items of its own beside it', 'Pod', { items: [], spec: { containers: [{ name: 'web' }] } }],
  ])('is told with no image where a kind has %s', (_, kind, rest) => {
    const pod = { kind: 'Pod', spec: { containers } };
    expect(imagesOf([pod, { kind, metadata: { name: 'x' }, ...rest }])).toEqual(['prod.test/web:1', '']);
  });

  it('counts what names no image at all, which may make pods that are not told', () => {
    const pod = { kind: 'Pod', spec: { containers } };
    const config = { kind: 'ConfigMap', metadata: { labels: { image: 'x' } }, data: { image: 'a.test/b' } };
    const other = { kind: 'Prometheus', spec: { version: 'v3', volumes: 'any' }, status: { containerStatuses: 1 } };
    expect(readAll([pod, config, config, other]).ignored).toEqual(['2 ConfigMap', '1 Prometheus']);
  });

  it('says nothing of what runs while a container waits', () => {
    const status = { containerStatuses: [{ name: 'web', imageID: '' }] };
    expect(read({ kind: 'Pod', spec: { containers }, status })[0]).not.toHaveProperty('imageId');
  });
});

describe('what is no such JSON', () => {
  it.each([
    ['is cut off', '{"kind": "List", "items": ['],
    ['has no container', '{"kind":"List","items":[]}'],
    ['nests without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['nests lists in lists without end', `${'{"items":['.repeat(9_000)}${']}'.repeat(9_000)}`],
    [
      'has a key twice',
      '{"kind":"Pod","spec":{"containers":[{"name":"c","image":"a.test/b:1","image":"a.test/c:1"}]}}',
    ],
    ['has volumes that are none', '{"kind":"Pod","spec":{"containers":[{"name":"c"}],"volumes":"web"}}'],
    ['is a list of something else', '[1, null]'],
    ['has containers that are none', '{"kind":"Pod","spec":{"containers":"web"}}'],
    [
      'hides one such object in a list',
      JSON.stringify({
        items: [
          { kind: 'Pod', spec: { containers } },
          { kind: 'Pod', spec: { containers: [3] } },
        ],
      }),
    ],
  ])('is refused when it %s, so that no image counts as verified unseen', (_, text) => {
    expect(() => readWorkloads(text)).toThrow(UsageError);
  });
});
