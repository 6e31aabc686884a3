import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { D } from '../policy/workload-cases.ts';
import { type CheckRoom, openCheckRoom, placesOf } from './check-room.ts';

const GOOD = `a.io/x:1.0.0${D}`;
const BAD = 'a.io/x:1.0.0';
const HELM = (parts: string): string => `web:\n  image:\n${parts}`;
const OBJECT = (kind: string, spec: string): string => `apiVersion: v1\nkind: ${kind}\nmetadata: { name: x }\n${spec}`;
const PODS = (image: string): string => `containers: [{ name: c, image: "${image}" }]`;

/** A file, and the lines with an image that has no digest; what is empty passes. */
const FILES: readonly (readonly [name: string, text: string, ...lines: readonly number[]])[] = [
  ['compose.yml', `services:\n  a: { image: '${BAD}' }\n  b: { image: ${GOOD} }\n`, 2],
  ['compose.yml', `services:\n  a:\n    profiles: [debug]\n    image: ${BAD}\n`, 4],
  ['compose.yml', `services:\n  a:\n    build: .\n    image: ${GOOD}\n`],
  ['docker-compose.prod.yaml', `\ufeffservices:\r\n  a:\r\n    image: ${BAD}\r\n`, 3],
  ['pod.yml', OBJECT('Pod', `spec: { ${PODS(BAD)} }\n`), 4],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map(
    (kind) => [`${kind}.yml`, OBJECT(kind, `spec:\n  template:\n    spec: { ${PODS(BAD)} }\n`), 6] as const,
  ),
  [
    'cron.yml',
    OBJECT('CronJob', `spec:\n  jobTemplate:\n    spec:\n      template:\n        spec: { ${PODS(BAD)} }\n`),
    8,
  ],
  ['template.yml', OBJECT('PodTemplate', `template:\n  spec: { ${PODS(BAD)} }\n`), 5],
  ['custom.yml', OBJECT('Rollout', `spec:\n  strategy: {}\n  template:\n    spec: { ${PODS(BAD)} }\n`), 7],
  [
    'list.yml',
    `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    spec: { ${PODS(BAD)} }\n`,
    6,
  ],
  [
    'parts.yml',
    OBJECT(
      'Pod',
      `spec:\n  initContainers: [{ name: a, image: ${BAD} }]\n  ephemeralContainers: [{ name: b, image: ${BAD} }]\n  volumes: [{ name: v, image: { reference: ${BAD} } }]\n`,
    ),
    ...[5, 6, 7],
  ],
  ['data.yml', OBJECT('ConfigMap', `data:\n  compose.yml: |\n    services:\n      a:\n        image: ${BAD}\n`)],
  ['comment.yml', `services:\n  a:\n    # image: ${BAD}\n    image: ${GOOD} # ${BAD}\n`],
  ['many.yml', `${OBJECT('Pod', `spec: { ${PODS(GOOD)} }\n`)}---\n${OBJECT('Pod', `spec: { ${PODS(BAD)} }\n`)}`, 9],
  ['kustomization.yaml', `images:\n  - name: a.io/x\n    newTag: 1.0.0\n`, 2],
  ['kustomization.yaml', `images:\n  - name: a.io/x\n    digest: ${D.slice(1)}\n`],
  ['values.yaml', HELM(`    repository: a.io/x\n    tag: 1.0.0\n`), 3],
  ['values.yaml', HELM(`    registry: a.io\n    repository: x\n    tag: 1.0.0\n    digest: ${D.slice(1)}\n`)],
  ['values.yaml', `image: ${BAD}\n`, 1],
  ['Dockerfile', `FROM ${BAD} AS build\nFROM build AS test\nCOPY --from=${BAD} /a /b\nCOPY --from=build /a /b\n`, 1, 3],
  ['block.yml', `services:\n  a:\n    image: >-\n      ${BAD}\n`, 3],
];

let room: CheckRoom;
beforeAll(async () => {
  room = await openCheckRoom();
});
afterAll(() => room.remove());

describe('an image without a digest', () => {
  it.each(FILES.map(([name, text, ...lines], i) => ({ name, text, lines, i })))(
    'is found where it stands: $name',
    async ({ name, text, lines, i }) => {
      const folder = `case-${i}`;
      await room.write({ [`${folder}/${name}`]: text });
      const outcome = await room.check({ files: folder });
      expect(placesOf(outcome)).toEqual(lines.map((line) => `${folder}/${name}:${line} no-digest`));
    },
  );
});

describe('what is no text', () => {
  it('is told as it is written', async () => {
    await room.write({ 'helm/values.yaml': `image:\n  repository: a.io/x\n  tag: 1.10\n` });
    const { findings } = await room.check({ files: 'helm' });
    expect(findings.map(({ rule, image }) => [rule, image])).toEqual([
      ['no-digest', 'a.io/x:1.10'],
      ['floating-tag', 'a.io/x:1.10'],
    ]);
  });

  it.each(['""', 'null', '12', '[a]'])('is no reference: %s', async (value) => {
    await room.write({ 'odd/compose.yml': `services:\n  a:\n    image: ${value}\n` });
    expect(placesOf(await room.check({ files: 'odd' }))).toEqual(['odd/compose.yml:3 invalid-reference']);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a key that stands twice', `services:\n  a:\n    image: ${GOOD}\n    image: ${GOOD}\n`, 4],
    ['a tab', `services:\n  a:\n\timage: ${GOOD}\n`, 3],
    ['a list without its end', `services:\n  a:\n    image: [${GOOD}\n`, undefined],
  ])('is a finding at its line: %s', async (_what, text, line) => {
    await room.write({ 'flaw/compose.yml': text, 'flaw/other.yml': `services:\n  a:\n    image: ${BAD}\n` });
    const places = placesOf(await room.check({ files: 'flaw' }));
    expect(places).toContain('flaw/other.yml:3 no-digest');
    const flaws = places.filter((place) => place.endsWith(' unreadable-file'));
    expect(flaws).toEqual([line === undefined ? expect.anything() : `flaw/compose.yml:${line} unreadable-file`]);
  });

  it('is bounded in size and in depth', async () => {
    const deep = `services:\n  a:\n    image: ${'['.repeat(20_000)}\n`;
    await room.write({ 'bounds/deep.yml': deep, 'bounds/long.yml': `# ${'x'.repeat(10 * 1024 * 1024)}\n` });
    const places = placesOf(await room.check({ files: 'bounds' }));
    expect(places).toEqual([
      expect.stringMatching(/^bounds\/deep\.yml:\d+ unreadable-file$/),
      'bounds/long.yml:1 unreadable-file',
    ]);
  });
});
