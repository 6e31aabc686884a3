import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExternalRegistry, startDistribution, startOlareg } from '../../lab/external-registry.ts';
import { buildArtifact, buildReferrer } from '../../lab/image/artifact.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import { makeSigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import { recordSchema } from '../../src/chain/record-schema.ts';
import { planSchema } from '../../src/plan/plan-schema.ts';
import { jsonOutputsSchema } from '../../src/promote/json-outputs.ts';
import { endOf, JAR, recordsOf, refusalsOf, refused, type Scene, setScene, success } from './fixture.ts';
import { makeImage, makeIndex } from './fixture-images.ts';
import * as target from './fixture-target.ts';

const EVIDENCE = [...target.EVIDENCE_TYPES].sort();
const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';

let scene: Scene;
let olareg: ExternalRegistry;
let distribution: ExternalRegistry;

beforeAll(async () => {
  [scene, olareg, distribution] = await Promise.all([setScene(), startOlareg(), startDistribution()]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), olareg?.stop(), distribution?.stop()]);
});

const registryOf = (name: 'olareg' | 'distribution'): ExternalRegistry => (name === 'olareg' ? olareg : distribution);

describe('a promotion between registries of others', () => {
  const kinds: Readonly<Record<string, () => BuiltImage>> = {
    'plain OCI image': () => makeImage('fixed'),
    'multi-arch OCI index with BuildKit attestations': () => makeIndex('fixed', { attestations: true }),
    'Docker image': () => makeImage('fixed', { format: 'docker' }),
    'Docker manifest list': () => makeIndex('fixed', { format: 'docker' }),
  };
  const names = ['olareg', 'distribution'] as const;
  /** Every kind from and to either, and every way between the two; each kind on two of the four ways. */
  const routes = Object.keys(kinds).flatMap((kind, i) =>
    names.map((from, j) => ({
      ...{ from, to: names[(i + j) % 2] ?? from, kind },
      tag: `${kind.toLowerCase().replace(/\W+/g, '-')}-${from}`,
    })),
  );

  it.each(routes)(
    'brings a $kind from $from to $to: same digest, every byte, verified by stock cosign',
    async (route) => {
      const image = kinds[route.kind]?.() ?? makeImage('fixed');
      const [from, to] = [registryOf(route.from).host, registryOf(route.to).host];
      const digest = await pushImage(from, 'dev/web', route.tag, image);
      const name = `${to}/prod/web-${route.tag}`;

      const step = await scene.promote(`${from}/dev/web:${route.tag}`, `${name}:1.4.2`);

      expect(endOf(step)).toEqual(success('promoted'));
      expect(step.outputs).toMatchObject({ digest, image: `${name}:1.4.2@${digest}`, refusals: '[]' });
      expect(JSON.parse(step.outputs.images ?? '')).toEqual([{ target: `${name}:1.4.2`, digest, result: 'promoted' }]);
      const [before, after, signature, attestation] = await Promise.all([
        target.readDigest(`${from}/dev/web:${route.tag}`),
        target.readDigest(`${name}:1.4.2`),
        target.verifySignature(`${name}:1.4.2`, scene.key.publicKey, { target: `${name}:1.4.2` }),
        target.verifyAttestation(`${name}:1.4.2`, scene.key.publicKey),
      ]);
      expect([before, after]).toEqual([digest, digest]);
      expect(signature).toMatchObject({ code: 0, stdout: expect.stringContaining(digest) });
      expect(attestation).toMatchObject({ code: 0 });
      expect(await target.findMissing(to, `prod/web-${route.tag}`, image)).toEqual([]);
      expect(await target.listEvidence(to, `prod/web-${route.tag}`, digest)).toEqual(EVIDENCE);
      for (const text of ['```mermaid', digest, `${name}:1.4.2`, 'cosign verify']) expect(step.summary).toContain(text);
    },
    120_000,
  );

  it('leaves an image that crane validates and pulls', async () => {
    await pushImage(olareg.host, 'dev/pulled', '1', makeIndex('fixed'));
    const name = `${distribution.host}/prod/pulled:1`;
    expect(endOf(await scene.promote(`${olareg.host}/dev/pulled:1`, name))).toEqual(success('promoted'));
    expect(await run(findTool('crane'), ['validate', '--remote', name])).toMatchObject({ code: 0 });
    const pulled = await run(findTool('crane'), ['pull', '--platform=linux/arm64', name, '/dev/null']);
    expect(pulled).toMatchObject({ code: 0 });
  }, 120_000);
});

describe('the outputs of a promotion', () => {
  it('follow the published schemas: JSON outputs, plan and record', async () => {
    await pushImage(olareg.host, 'dev/schemas', '1', makeIndex('fixed', { attestations: true }));
    const step = await scene.promote(`${olareg.host}/dev/schemas:1`, `${olareg.host}/prod/schemas:1`);
    const json = Object.fromEntries(
      ['images', 'matrix', 'refusals', 'vulnerabilities'].map((name) => [name, JSON.parse(step.outputs[name] ?? '')]),
    );
    expect(jsonOutputsSchema.parse(json)).toEqual(json);
    const plan = await readFile(step.outputs.plan ?? '', 'utf8');
    expect(planSchema.parse(JSON.parse(plan))).toEqual(JSON.parse(plan));
    expect(step.outputs['plan-digest']).toBe(digestOf(plan));
    const [record] = await recordsOf(step);
    expect(recordSchema.parse(record?.predicate)).toEqual(record?.predicate);
    const sarif = JSON.parse(await readFile(step.outputs.sarif ?? '', 'utf8'));
    expect(sarif).toMatchObject({ version: '2.1.0' });
    const report = JSON.parse(await readFile(step.outputs['scan-report'] ?? '', 'utf8'));
    expect(report).toMatchObject({ digest: step.outputs.digest, platforms: [{ complete: true }, { complete: true }] });
  }, 120_000);
});

describe('what is no container image', () => {
  const helm = buildArtifact({
    configType: 'application/vnd.cncf.helm.config.v1+json',
    config: '{"name":"shop","version":"1.0.0"}',
    layerType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    layer: 'a chart',
  });
  const wasm = buildArtifact({
    artifactType: 'application/vnd.wasm.config.v0+json',
    configType: 'application/vnd.wasm.config.v0+json',
    layerType: 'application/wasm',
    layer: 'a module',
  });

  it.each([
    { name: 'Helm chart', image: helm },
    { name: 'WASM module', image: wasm },
  ])(
    'a $name is promoted with scan: off, and refused without',
    async ({ name, image }) => {
      const repository = name.toLowerCase().replace(' ', '-');
      const digest = await pushImage(olareg.host, `dev/${repository}`, '1', image);
      const [from, to] = [`${olareg.host}/dev/${repository}:1`, `${distribution.host}/prod/${repository}:1`];
      const scanned = await scene.promote(from, to);
      expect(endOf(scanned)).toEqual(refused('SCAN_INCOMPLETE'));
      expect(refusalsOf(scanned)[0]?.hint).toMatch(/scan: off/);

      expect(endOf(await scene.promote(from, to, { inputs: { scan: 'off' } }))).toEqual(success('promoted'));
      expect(await target.readDigest(to)).toBe(digest);
      expect(await target.findMissing(distribution.host, `prod/${repository}`, image)).toEqual([]);
      expect(await target.verifySignature(to, scene.key.publicKey)).toMatchObject({ code: 0 });
    },
    120_000,
  );
});

describe('an image with Java archives', () => {
  it('is judged with the Java database, which is fetched only then and told in the record', async () => {
    const withJar = (version: string): BuiltImage => makeImage('fixed', { jars: [{ ...JAR, version }] });
    await pushImage(olareg.host, 'dev/java', 'bad', withJar('1.2.3'));
    await pushImage(olareg.host, 'dev/java', 'good', withJar('1.2.4'));
    await pushImage(olareg.host, 'dev/java', 'none', makeImage('fixed'));
    const promote = (tag: string) => scene.promote(`${olareg.host}/dev/java:${tag}`, `${olareg.host}/prod/java:${tag}`);

    expect(endOf(await promote('bad'))).toEqual(refused('VULNERABLE'));
    const good = await promote('good');
    expect(endOf(good)).toEqual(success('promoted'));
    const source = `${scene.databases.host}/mirror/trivy-java-db:1`;
    expect((await recordsOf(good))[0]?.predicate.scanner?.javaDatabase).toMatchObject({ source });
    scene.databases.log.clear();
    const none = await promote('none');
    expect((await recordsOf(none))[0]?.predicate.scanner?.javaDatabase).toBeUndefined();
    expect(scene.databases.log.find('GET', /trivy-java-db/)).toEqual([]);
  }, 120_000);
});

describe('what others attached to the source', () => {
  it.each(['olareg', 'distribution'] as const)(
    'goes along to %s: SBOMs of root and child, a foreign signature',
    async (to) => {
      const { host } = registryOf(to);
      const image = makeIndex('fixed');
      const repository = `dev/attached-to-${to}`;
      const digest = await pushImage(olareg.host, repository, '1', image);
      const child = JSON.parse(image.contents.get(digest)?.bytes.toString() ?? '').manifests[0];
      const sbom = (subject: typeof child) =>
        buildReferrer(subject, { artifactType: 'application/spdx+json', bytes: digest + subject.digest });
      for (const subject of [image.root, child]) await pushImage(olareg.host, repository, undefined, sbom(subject));
      const theirs = await makeSigningKey();
      const sign = ['sign', '-y', '--key', 'cosign.key', '--use-signing-config=false', '--tlog-upload=false'];
      const signed = await target.runCosign([...sign, `${olareg.host}/${repository}@${digest}`], theirs);
      expect(signed).toMatchObject({ code: 0 });

      const step = await scene.promote(`${olareg.host}/${repository}:1`, `${host}/prod/attached:1`);

      expect(endOf(step)).toEqual(success('promoted'));
      for (const subject of [image.root, child]) {
        const listed = await target.listReferrers(host, 'prod/attached', subject.digest);
        expect(listed).toContainEqual(
          expect.objectContaining({ artifactType: 'application/spdx+json', digest: sbom(subject).root.digest }),
        );
        expect(await target.findMissing(host, 'prod/attached', sbom(subject))).toEqual([]);
      }
      expect(await target.verifySignature(`${host}/prod/attached:1`, theirs.publicKey)).toMatchObject({ code: 0 });
      expect(await target.verifySignature(`${host}/prod/attached:1`, scene.key.publicKey)).toMatchObject({ code: 0 });
    },
    120_000,
  );

  it('stays behind with referrers: ignore', async () => {
    const image = makeImage('fixed');
    const digest = await pushImage(olareg.host, 'dev/ignored', '1', image);
    const sbom = buildReferrer(image.root, { artifactType: 'application/spdx+json', bytes: '{}' });
    await pushImage(olareg.host, 'dev/ignored', undefined, sbom);
    const inputs = { referrers: 'ignore' };
    await scene.promote(`${olareg.host}/dev/ignored:1`, `${olareg.host}/prod/ignored:1`, { inputs });
    const listed = await target.listReferrers(olareg.host, 'prod/ignored', digest);
    expect(listed.map(({ artifactType }) => artifactType)).not.toContain('application/spdx+json');
    expect(listed).toHaveLength(EVIDENCE.length);
  }, 120_000);

  it('is the former record, from stage to stage: it travels inside the new one', async () => {
    const digest = await pushImage(olareg.host, 'stage/dev', '1', makeIndex('fixed'));
    const stages = [olareg.host, distribution.host, olareg.host].map(
      (host, i) => `${host}/stage/${['dev', 'qa', 'prod'][i]}`,
    );
    const [dev = '', qa = '', prod = ''] = stages;
    await scene.promote(`${dev}:1`, `${qa}:1`);
    await scene.promote(`${qa}:1`, `${prod}:1`);
    const last = await scene.promote(`${prod}:1`, `${distribution.host}/stage/spare:1`);

    expect(endOf(last)).toEqual(success('promoted'));
    const names: (string | undefined)[] = [];
    let inputs = (await recordsOf(last))[0]?.predicate.inputAttestations ?? [];
    while (inputs[0] !== undefined) {
      // The record first; verification summary and scan of the same stage beside it.
      expect(inputs).toHaveLength(3);
      const former = target.readStatement(Buffer.from(inputs[0].content ?? '', 'base64').toString());
      names.push(former.subject[0]?.name);
      inputs = recordSchema.parse(former.predicate).inputAttestations;
    }
    expect(names).toEqual([prod, qa]);
    const attached = await target.listEvidence(distribution.host, 'stage/spare', digest);
    // The signatures of both stages come along: they name the digest, and what they were for.
    expect(attached).toEqual([...EVIDENCE, SIGNATURE_TYPE, SIGNATURE_TYPE].sort());
  }, 120_000);
});
