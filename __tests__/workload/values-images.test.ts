import { describe, expect, it } from '@jest/globals';
import { find, list } from './found.ts';

describe('values of a chart', () => {
  it('name an image in parts or as a text, at any depth; a number is what was written', () => {
    const lines = [
      ...['image:', '  registry: reg.io', '  repository: team/x', '  tag: 1.10', '  digest: ""', 'a:'],
      ...[
        '  image: nginx',
        '  list: [{image: {repository: reg.io/b, tag: "2", pullPolicy: Always}}]',
        '  sidecarImage: {name: reg.io/c, digest: sha256:x}',
      ],
    ];
    expect(list('values-prod.yaml', ...lines)).toEqual([
      '3:15 image reg.io/team/x:1.10',
      '7:10 a.image nginx',
      '8:31 a.list[0].image reg.io/b:2',
      '9:24 a.sidecarImage reg.io/c@sha256:x',
    ]);
  });

  it('that give a tag and no repository leave the image open', () => {
    expect(list('values.yaml', 'image:', '  tag: "1.2"')).toEqual(['2:9 image :1.2 unresolved']);
  });

  it('are values whatever keys they have', () => {
    expect(list('values.yaml', 'apiVersion: v1', 'kind: Pod', 'image: reg.io/a:1')).toEqual(['3:8 image reg.io/a:1']);
  });

  it('take the registry that is set for all', () => {
    const lines = ['global: {imageRegistry: mirror.io}', 'image: {registry: docker.io, repository: a/b, tag: "1"}'];
    expect(list('values.yaml', ...lines)).toEqual(['2:42 image mirror.io/a/b:1']);
  });

  it('under any other name count where they look like an image', () => {
    const lines = [
      'image: ghcr.io/x/y:1',
      'a: {image: nginx}',
      'b: {image: /img/x.png}',
      'c: {image: "https://x/y:1"}',
      'd: {image: redis:7}',
      'dependencies: [{name: x, repository: "https://x"}]',
    ];
    expect(list('prod.yaml', ...lines)).toEqual(['1:8 image ghcr.io/x/y:1', '5:12 d.image redis:7']);
  });
});

describe('a kustomization', () => {
  it('names images by newName or name, newTag and digest', () => {
    const lines = [
      'images:',
      '- name: app',
      '  newName: reg.io/app',
      '  newTag: "1.2"',
      '- {name: b, digest: sha256:x}',
      '- name: c',
    ];
    expect(list('k/kustomization.yml', ...lines)).toEqual([
      '3:12 images[0] reg.io/app:1.2',
      '5:10 images[1] b@sha256:x',
      '6:9 images[2] c',
    ]);
    expect(
      find('any.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1', 'kind: Component', ...lines).uses.map(
        ({ format }) => format,
      ),
    ).toEqual(['kustomize', 'kustomize', 'kustomize']);
  });

  it('names images in patches and values that stand in it', () => {
    const lines = [
      ...[
        'patches:',
        '- patch: |-',
        '    - op: replace',
        '      path: /spec/template/spec/containers/0/image',
        '      value: reg.io/a:1',
      ],
      ...[
        '- patch: |',
        '    spec:',
        '      containers:',
        '      - image: reg.io/b:1',
        'helmCharts:',
        '- valuesInline: {image: {repository: reg.io/c}}',
      ],
      ...['patchesStrategicMerge:', '- "spec: {image: x}"', '- file.yaml'],
    ];
    expect(list('kustomization.yaml', ...lines)).toEqual([
      '5:14 patches[0].patch: [0].value reg.io/a:1',
      '9:16 patches[1].patch: spec.containers[0].image reg.io/b:1',
      '11:38 helmCharts[0].valuesInline.image reg.io/c',
      '13:3 ! a patch that names an image is read only as a literal block: write `|`.',
    ]);
  });

  it('has JSON patches in files of their own', () => {
    const lines = [
      '- {op: add, path: /spec/containers/-, value: {name: a, image: reg.io/a:1}}',
      '- {op: test, path: /metadata/name, value: image}',
    ];
    expect(list('patch.yaml', ...lines)).toEqual(['1:63 [0].value.image reg.io/a:1']);
  });
});

describe('a file', () => {
  it('that holds nothing known names nothing', () => {
    expect(list('a.yaml', 'x: 1')).toEqual([]);
    expect(list('README.md', 'image: [unclosed')).toEqual([]);
    expect(list('empty.yaml', '')).toEqual([]);
  });

  it.each([
    ['is larger than is read', new Uint8Array(10 * 1024 * 1024 + 1).fill(32), /bytes, more than/],
    ['is not UTF-8', new Uint8Array([0x61, 0xff]), /not UTF-8/],
    ['is UTF-16', new Uint8Array(Buffer.from('image: a', 'utf16le')), /NUL/],
  ])('that %s is a flaw', async (_, bytes, message) => {
    const { findImages } = await import('../../src/workload/find-images.ts');
    expect(findImages('a.yaml', bytes)).toEqual({
      uses: [],
      links: [],
      flaws: [{ file: 'a.yaml', line: 1, column: 1, message: expect.stringMatching(message) }],
    });
  });
});
