import { describe, expect, it } from '@jest/globals';
import { find, list } from './found.ts';

const SPEC = ['containers', 'initContainers', 'ephemeralContainers'];

describe('a Kubernetes object', () => {
  it.each([
    ['v1', 'Pod', 'spec'],
    ['apps/v1', 'Deployment', 'spec.template.spec'],
    ['apps/v1', 'StatefulSet', 'spec.template.spec'],
    ['apps/v1', 'DaemonSet', 'spec.template.spec'],
    ['apps/v1', 'ReplicaSet', 'spec.template.spec'],
    ['v1', 'ReplicationController', 'spec.template.spec'],
    ['batch/v1', 'Job', 'spec.template.spec'],
    ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template.spec'],
    ['v1', 'PodTemplate', 'template.spec'],
    ['argoproj.io/v1alpha1', 'Rollout', 'spec.template.spec'],
    ['example.org/v1', 'Anything', 'spec.deep.er.pod'],
  ])('of %s %s names images in its containers and volumes', (apiVersion, kind, path) => {
    const spec = {
      ...Object.fromEntries(SPEC.map((key) => [key, [{ name: 'x', image: `reg.io/${key.toLowerCase()}:1` }]])),
      volumes: [
        { name: 'v', image: { reference: 'reg.io/volume:1' } },
        { name: 'w', emptyDir: {} },
      ],
    };
    const body = path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), spec);
    const { uses, flaws } = find('x.json', JSON.stringify({ apiVersion, kind, ...body }, null, 2));
    expect(flaws).toEqual([]);
    expect(uses.map(({ where, text }) => `${where} ${text}`)).toEqual([
      ...SPEC.map((key) => `${path}.${key}[0].image reg.io/${key.toLowerCase()}:1`),
      `${path}.volumes[0].image.reference reg.io/volume:1`,
    ]);
  });

  it('in a List is found with its place in it', () => {
    const lines = [
      'apiVersion: v1',
      'kind: List',
      'items:',
      '- apiVersion: v1',
      '  kind: Pod',
      '  spec:',
      '    containers:',
      '    - image: reg.io/a:1',
    ];
    expect(list('a.yaml', ...lines)).toEqual(['8:14 items[0].spec.containers[0].image reg.io/a:1']);
  });

  it('names none in data, comments, metadata and status', () => {
    const lines = [
      ...[
        'apiVersion: v1',
        'kind: ConfigMap',
        'data:',
        '  image: reg.io/a:1',
        '  b: |',
        '    image: reg.io/b:1',
        '---',
      ],
      ...[
        '# image: reg.io/c:1',
        'apiVersion: x.io/v1',
        'kind: X',
        'metadata: {annotations: {image: reg.io/d:1}}',
        'status: {image: reg.io/e:1}',
        'spec: {image: https://x/y.png}',
      ],
    ];
    expect(list('a.yaml', ...lines)).toEqual([]);
  });

  it('of an operator names images under image keys, in parts, as kustomize and as Argo CD write them', () => {
    const lines = [
      ...[
        'apiVersion: x.io/v1',
        'kind: X',
        'spec:',
        '  image: reg.io/a:1',
        '  values: {sidecarImage: {repository: reg.io/b, tag: "1"}}',
      ],
      ...['  images: [{name: c, newName: reg.io/c, newTag: "2"}]', '  kustomize: {images: ["d=reg.io/d:1"]}'],
    ];
    expect(list('a.yaml', ...lines)).toEqual([
      '4:10 spec.image reg.io/a:1',
      '5:39 spec.values.sidecarImage reg.io/b:1',
      '6:31 spec.images[0] reg.io/c:2',
      '7:27 spec.kustomize.images[0] reg.io/d:1',
    ]);
  });

  it('that is broken, doubles a key, or is indented with a tab is a flaw at its line, and the others are read', () => {
    const pod = (image: string): string[] => [
      '---',
      'apiVersion: v1',
      'kind: Pod',
      'spec:',
      `  containers: [{image: ${image}}]`,
    ];
    const lines = [
      ...pod('reg.io/a:1'),
      ...['---', 'image: "unclosed'],
      ...pod('reg.io/b:1'),
      ...['---', 'image: a', 'image: b', '---', 'spec:', '\timage: x', '---', 'image: *nothing', '...', '%YAML 1.2'],
      ...pod('reg.io/c:1'),
    ];
    expect(list('a.yaml', ...lines)).toEqual([
      '5:24 spec.containers[0].image reg.io/a:1',
      '12:24 spec.containers[0].image reg.io/b:1',
      '27:24 spec.containers[0].image reg.io/c:1',
      '7:8 ! Missing closing "quote.',
      '15:1 ! the key "image" stands here twice.',
      expect.stringMatching(/^18:1 ! Tabs/),
      '20:8 ! the alias *nothing stands for nothing.',
    ]);
  });

  it('in a template is read as far as the template writes it out', () => {
    const lines = [
      ...[
        'apiVersion: apps/v1',
        'kind: Deployment',
        'spec:',
        '  containers:',
        '  {{- range .Values.all }}',
        '  - name: {{ .name }}',
      ],
      ...[
        '    image: {{ .Values.image }}',
        '  - image: "{{ .r }}:{{ .t }}"',
        '  {{- if .x }}',
        '  - image: reg.io/a:1',
        '  {{- else }}',
      ],
      ...['  - image: reg.io/b:1', '  {{- end }}', '  {{- end }}', '  {{- toYaml .Values.more | nindent 2 }}'],
    ];
    expect(list('templates/a.yaml', ...lines)).toEqual([
      '7:12 spec.containers[0].image {{ .Values.image }} unresolved',
      '8:13 spec.containers[1].image {{ .r }}:{{ .t }} unresolved',
      '10:12 spec.containers[2].image reg.io/a:1',
      '12:12 spec.containers[3].image reg.io/b:1',
    ]);
  });

  it('cannot hide an image in marks of a template, a tag, an alias or base64', () => {
    const pod = (line: string): string[] => ['apiVersion: v1', 'kind: Pod', 'spec:', '  containers:', line];
    expect(list('a.yaml', ...pod('  - {name: "{{", image: reg.io/a:1, args: ["}}"]}'))).toEqual([
      '5:25 spec.containers[0].image reg.io/a:1',
    ]);
    expect(list('a.yaml', '# {{', ...pod('  - image: reg.io/a:1'), '# }}')).toHaveLength(1);
    expect(list('a.yaml', ...pod('  - image: !reset reg.io/a:1'))).toEqual([
      '5:19 spec.containers[0].image reg.io/a:1',
    ]);
    expect(list('a.yaml', ...pod('  - {name: &k image, *k : reg.io/a:1}'))).toEqual([
      '5:27 spec.containers[0].image reg.io/a:1',
    ]);
    expect(list('a.yaml', ...pod('  - !!binary aW1hZ2U=: reg.io/a:1'))).toEqual([
      '5:14 ! a text in base64 (!!binary) is not read.',
    ]);
    expect(list('a.yaml', ...pod('  - "im\\x61ge": reg.io/a:1'))).toEqual(['5:17 spec.containers[0].image reg.io/a:1']);
    expect(list('a.yaml', ...pod('  - image: {{ .Values.image }}'))).toEqual([
      '5:12 spec.containers[0].image {{ .Values.image }} unresolved',
    ]);
  });

  it('that other readers would cut into other lines is a flaw', () => {
    const lines = [
      'apiVersion: v1',
      'kind: Pod',
      'spec:',
      '  containers:',
      '  - name: a # x\u2028    image: reg.io/hidden:1',
    ];
    expect(list('a.yaml', ...lines)).toEqual([
      '5:16 ! U+2028 ends a line for some readers of YAML and not for others.',
    ]);
    expect(list('a.yaml', 'image: a #\rservices: b')).toEqual([
      '1:11 ! U+000D ends a line for some readers of YAML and not for others.',
    ]);
  });
});
