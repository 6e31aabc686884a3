import fc from 'fast-check';

/** A file of some format, with every image that is written in it, in order. */
export interface ImageFile {
  readonly name: string;
  readonly text: string;
  readonly images: readonly string[];
}

const D = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image = fc
  .record({
    repository: fc.constantFrom('reg.io/app', 'nginx', 'localhost:5000/a/b', 'quay.io/x/y_z'),
    tag: fc.constantFrom('', ':1.2.3', ':latest', ':1.10', ':v2'),
    digest: fc.constantFrom('', `@${D}`),
  })
  .map(({ repository, tag, digest }) => `${repository}${tag}${digest}`);
const quote = fc.constantFrom('', '"', "'");
const comment = fc.constantFrom('', ' # pinned', '   # image: reg.io/comment:1 é😀');
const written = fc.record({ image, quote, comment });
type Written = { readonly image: string; readonly quote: string; readonly comment: string };

const quoted = (each: Written): string => `${each.quote}${each.image}${each.quote}`;
const LATER = '# image: reg.io/commented:1';

type Made = { readonly lines: readonly string[]; readonly images: readonly string[] };

const pod = fc.array(written, { minLength: 1, maxLength: 4 }).map((all): Made => {
  const containers = all.flatMap((each, i) => [
    `        - name: c${i}`,
    `          image: ${quoted(each)}${each.comment}`,
    '          # é comment',
  ]);
  const head = [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata: {name: "ünï"}',
    'spec:',
    '  template:',
    '    spec:',
  ];
  return { lines: [...head, '      containers:', ...containers], images: all.map((each) => each.image) };
});
const flowPod = fc.array(written, { minLength: 1, maxLength: 3 }).map((all): Made => {
  const items = all.map((each) => `{"name": "c", "image": "${each.image}"}`).join(',  ');
  return {
    lines: ['apiVersion: v1', 'kind: Pod', `spec: { "containers": [ ${items} ] }`],
    images: all.map((each) => each.image),
  };
});
const configMap = fc.constant<Made>({
  lines: [
    'kind: ConfigMap',
    'apiVersion: v1',
    'data:',
    '  image: reg.io/data:1',
    '  x: |',
    '    image: reg.io/text:1',
    '',
  ],
  images: [],
});
const compose = fc.tuple(written, written, written).map(
  ([a, b, c]): Made => ({
    lines: [
      'x-base: &base',
      `  image: ${quoted(a)}${a.comment}`,
      '  labels: {a: b}',
      'services:',
      '  one: {<<: *base}',
      '  two:',
      '    <<: *base',
      `    image:   &img  ${quoted(b)}${b.comment}`,
      LATER,
      '  three:',
      '    image: *img',
      `  four: {image: "${c.image}", build: .}`,
    ],
    images: [a.image, b.image, c.image],
  }),
);

const part = fc.record({ quote: fc.constantFrom('"', "'"), comment });
const versions = fc.record({ tag: fc.constantFrom(undefined, '1.2.3', '1.10'), digest: fc.constantFrom(undefined, D) });
const inParts = fc.record({ part, versions, repository: fc.constantFrom('reg.io/team/app', 'nginx') });
const helm = fc.tuple(inParts, written).map(([{ part: p, versions: v, repository }, other]): Made => {
  const { tag, digest } = v;
  const lines = ['image:', `  repository: ${p.quote}${repository}${p.quote}${p.comment}`];
  if (tag !== undefined) lines.push(`  tag: ${p.quote}${tag}${p.quote}`);
  if (digest !== undefined) lines.push(`  digest: ${digest}${p.comment}`);
  const text = `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return {
    lines: [...lines, '  pullPolicy: Always', 'side:', `  image: ${quoted(other)}${other.comment}`],
    images: [text, other.image],
  };
});
const kustomize = fc.array(inParts, { minLength: 1, maxLength: 3 }).map((all): Made => {
  const images = all.map(({ versions: { tag, digest }, repository }) => {
    const name = `${repository}${tag === undefined ? '' : `:${tag}`}`;
    return digest === undefined ? name : `${name}@${digest}`;
  });
  const lines = all.flatMap(({ part: p, versions: { tag, digest }, repository }, i) => {
    const pairs = [`name: ${repository}`];
    if (tag !== undefined) pairs.push(`newTag: ${p.quote}${tag}${p.quote}`);
    if (digest !== undefined) pairs.push(`digest: ${digest}`);
    if (i % 2 === 1) return [`  - { ${pairs.join(', ')} }${p.comment}`];
    return pairs.map((pair, j) => `  ${j === 0 ? '-' : ' '} ${pair}${p.comment}`);
  });
  return { lines: ['images:', ...lines, 'namespace: x'], images };
});
const docker = fc.array(written, { minLength: 1, maxLength: 3 }).map(
  (all): Made => ({
    lines: all.flatMap((each, i) => [
      `FROM --platform=$BUILDPLATFORM \\`,
      '  # FROM comment:1',
      `  ${each.image} AS s${i}`,
      'RUN <<EOF',
      'FROM inside:1',
      'EOF',
    ]),
    images: all.map((each) => each.image),
  }),
);

const layout = fc.record({ eol: fc.constantFrom('\n', '\r\n'), bom: fc.boolean(), isOpen: fc.boolean() });

function place(name: string, made: fc.Arbitrary<Made>): fc.Arbitrary<ImageFile> {
  return fc.tuple(made, layout).map(([{ lines, images }, { eol, bom, isOpen }]) => ({
    name,
    text: `${bom ? '\ufeff' : ''}${lines.join(eol)}${isOpen ? '' : eol}`,
    images,
  }));
}

const documents = fc.array(fc.oneof(pod, flowPod, configMap), { minLength: 1, maxLength: 4 }).map(
  (all): Made => ({
    lines: all.flatMap(({ lines }, i) => (i === 0 ? lines : ['--- # next', ...lines])),
    images: all.flatMap(({ images }) => images),
  }),
);

/** Files of every format, with comments, anchors, merges, flow, quotes, several documents, CRLF, a byte order mark, no line end at the end. */
export const imageFile: fc.Arbitrary<ImageFile> = fc.oneof(
  place('k8s/all.yaml', documents),
  place('compose.yaml', compose),
  place('values.yaml', helm),
  place('kustomization.yaml', kustomize),
  place('Dockerfile', docker),
);
