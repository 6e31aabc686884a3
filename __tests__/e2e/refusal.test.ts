import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pickPackage } from '../../lab/database/advisories.ts';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { type BuiltImage, ContentSet, INDEX_TYPE } from '../../lab/image/descriptor.ts';
import { buildImage, type ImageOptions, listDiffIds } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, type PromoteStep, refusalsOf, refused, type Scene, setScene, success } from './fixture.ts';
import { cutLayers, makeImage, makeIndex } from './fixture-images.ts';

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

let count = 0;

/** Promotes this image, and holds what every refusal must hold: exit code 3, a hint, nothing new at the target, no blob read twice. */
async function refuse(image: BuiltImage, codes: readonly string[], step: PromoteStep = {}): Promise<StepResult> {
  const repository = `app-${++count}`;
  await pushImage(staging.host, `dev/${repository}`, '1', image);
  return refuseTarget(`dev/${repository}:1`, `prod/${repository}:1`, codes, step);
}

async function refuseTarget(
  source: string,
  target: string,
  codes: readonly string[],
  step: PromoteStep = {},
): Promise<StepResult> {
  const repository = target.slice(0, target.lastIndexOf(':'));
  const tags = production.tags(repository);
  staging.log.clear();
  production.log.clear();
  const result = await scene.promote(`${staging.host}/${source}`, `${production.host}/${target}`, step);
  expect(endOf(result)).toEqual(refused(...codes));
  for (const { hint } of refusalsOf(result)) expect(hint).toMatch(/\w/);
  for (const { message } of errorsOf(result)) expect(message).toContain('\n');
  expect(production.log.uploads()).toEqual([]);
  expect(production.tags(repository)).toEqual(tags);
  expect(production.openUploads()).toBe(0);
  const reads = staging.log.blobReads().map(({ path }) => path);
  expect(reads).toEqual([...new Set(reads)]);
  expect(result.summary).toContain('Nothing was written to the target.');
  expect(result.outputs.image).toBe('');
  return result;
}

describe('an image is refused as VULNERABLE', () => {
  it('when only one platform of an index has the finding', async () => {
    const step = await refuse(makeIndex('vulnerable', { attestations: true }), ['VULNERABLE']);
    expect(refusalsOf(step)[0]?.findings).toMatchObject([{ id: 'CVE-2099-0001', platforms: ['linux/arm64'] }]);
    expect(JSON.parse(step.outputs.vulnerabilities ?? '')).toMatchObject({ CRITICAL: 1 });
  }, 120_000);

  it('whatever the workspace and the environment say to Trivy', async () => {
    const ignore = 'CVE-2099-0001\n';
    await refuse(makeImage('vulnerable'), ['VULNERABLE'], {
      files: {
        'trivy.yaml':
          'severity: [LOW]\nignorefile: .trivyignore\nvulnerability: { ignore-unfixed: true }\nscan: { skip-dirs: ["/**"] }\n',
        '.trivyignore': ignore,
        '.trivyignore.yaml': 'vulnerabilities: [{ id: CVE-2099-0001 }]\n',
      },
      env: {
        ...{ TRIVY_SEVERITY: 'LOW', TRIVY_IGNOREFILE: '.trivyignore', TRIVY_CONFIG: 'trivy.yaml' },
        ...{ TRIVY_IGNORE_UNFIXED: 'true', TRIVY_SKIP_DIRS: '/**', TRIVY_PKG_TYPES: 'library', TRIVY_EXIT_CODE: '0' },
      },
    });
  }, 120_000);

  it('also after a hostile image that claimed its layers was scanned with the same temporary folder and tool cache', async () => {
    const victim: ImageOptions = { packages: [pickPackage('libcritical', 'debian 12')] };
    const hostile: ImageOptions = {
      packages: [pickPackage('libcritical', 'debian 12', 'fixed')],
      claimedDiffIds: listDiffIds(victim),
    };
    const directory = await scene.makeDirectory();
    const env = { RUNNER_TEMP: directory, RUNNER_TOOL_CACHE: `${directory}/tools` };
    await pushImage(staging.host, 'dev/hostile', '1', buildImage(hostile));
    const first = await scene.promote(`${staging.host}/dev/hostile:1`, `${production.host}/prod/hostile:1`, { env });
    expect(endOf(first)).toEqual(success('promoted'));
    await refuse(buildImage(victim), ['VULNERABLE'], { env });
  }, 120_000);

  it('by the severities the inputs add, and lets pass what none of them names', async () => {
    const image = buildImage({ packages: [pickPackage('libhigh', 'debian 12')] });
    await refuse(image, ['VULNERABLE'], { inputs: { severity: 'CRITICAL,HIGH' } });
    await pushImage(staging.host, 'dev/high', '1', image);
    const step = await scene.promote(`${staging.host}/dev/high:1`, `${production.host}/prod/high:1`);
    expect(endOf(step)).toEqual(success('promoted'));
  }, 120_000);
});

describe('an image is refused as SCAN_INCOMPLETE', () => {
  const arch = {
    osRelease: 'ID=arch\nNAME="Arch Linux"\nPRETTY_NAME="Arch Linux"\n',
    packageDatabase: 'dpkg',
  } as const;
  const packages = [pickPackage('libcritical', 'debian 12', 'fixed')];

  it.each([
    {
      why: 'no package was found',
      image: () => buildImage({ distribution: 'none', layers: [{ files: { app: 'static' } }] }),
    },
    { why: 'its operating system is not supported', image: () => buildImage({ distribution: arch, packages }) },
    {
      why: 'its operating system is past its end of life',
      image: () =>
        buildImage({ distribution: 'debian 8', packages: [pickPackage('libcritical', 'debian 8', 'fixed')] }),
    },
    {
      why: 'its package database is missing',
      image: () => buildImage({ layers: [{ files: { 'etc/hostname': 'x' } }] }),
    },
    { why: 'a layer cannot be read', image: () => cutLayers(makeImage('fixed')) },
  ])(
    'when $why',
    async ({ image }) => {
      await refuse(image(), ['SCAN_INCOMPLETE']);
    },
    120_000,
  );

  it('when one platform of an index cannot be read, beside the findings of the other', async () => {
    const amd64 = makeImage('vulnerable');
    const arm64 = cutLayers(makeImage('fixed', { platform: { os: 'linux', architecture: 'arm64' } }));
    const step = await refuse(buildIndex([amd64, arm64]), ['SCAN_INCOMPLETE', 'VULNERABLE']);
    expect(refusalsOf(step)[0]).toMatchObject({ platform: 'linux/arm64' });
  }, 120_000);
});

describe('a runnable image that poses as an attestation', () => {
  it('is scanned all the same', async () => {
    const hidden = makeImage('vulnerable', { platform: { os: 'linux', architecture: 'arm64' } });
    const shown = makeImage('fixed');
    const set = new ContentSet();
    for (const child of [shown, hidden]) set.addAll(child);
    const root = set.addManifest({
      schemaVersion: 2,
      mediaType: INDEX_TYPE.oci,
      manifests: [
        shown.root,
        {
          ...hidden.root,
          annotations: {
            'vnd.docker.reference.digest': shown.root.digest,
            'vnd.docker.reference.type': 'attestation-manifest',
          },
          platform: { os: 'unknown', architecture: 'unknown' },
        },
      ],
    });
    await refuse({ root, contents: set.contents }, ['VULNERABLE']);
  }, 120_000);
});

describe('a stale database', () => {
  it('refuses as SCAN_DB_STALE, whatever was found', async () => {
    const updatedAt = new Date(Date.now() - 49 * 3_600_000);
    await pushDatabase(scene.databases.host, 'mirror/stale', '2', buildDatabase({ updatedAt }));
    const policy = { scan: { databases: [`${scene.databases.host}/mirror/stale:2`] } };
    await refuse(makeImage('fixed'), ['SCAN_DB_STALE'], { policy });
  }, 120_000);

  it('is within the limit that the policy sets', async () => {
    const updatedAt = new Date(Date.now() - 2 * 3_600_000);
    await pushDatabase(scene.databases.host, 'mirror/two-hours', '2', buildDatabase({ updatedAt }));
    const scan = { databases: [`${scene.databases.host}/mirror/two-hours:2`] };
    await refuse(makeImage('fixed'), ['SCAN_DB_STALE'], { policy: { scan: { ...scan, maxDatabaseAge: '1h' } } });
  }, 120_000);
});

describe('a target tag that exists', () => {
  it.each([
    { what: 'with another digest', found: makeImage('vulnerable') },
    { what: 'with the same digest', found: makeImage('fixed') },
    {
      what: 'with another digest, also where the same would be accepted',
      found: makeImage('vulnerable'),
      accept: true,
    },
  ])(
    'refuses as TAG_EXISTS $what, before any byte is read',
    async ({ found, accept }) => {
      const repository = `taken-${++count}`;
      await pushImage(staging.host, `dev/${repository}`, '1', makeImage('fixed'));
      const digest = await pushImage(production.host, `prod/${repository}`, '1', found);
      const inputs = accept === true ? { 'existing-tag': 'accept-same-digest' } : {};
      const step = await refuseTarget(`dev/${repository}:1`, `prod/${repository}:1`, ['TAG_EXISTS'], { inputs });
      expect(production.digestOf(`prod/${repository}`, '1')).toBe(digest);
      expect(staging.log.blobReads()).toEqual([]);
      expect(errorsOf(step)[0]?.message).toContain(digest);
    },
    120_000,
  );

  it('of several refuses all of them', async () => {
    await pushImage(staging.host, 'dev/half', '1', makeImage('fixed'));
    await pushImage(production.host, 'prod/half', 'taken', makeImage('fixed'));
    const target = `${production.host}/prod/half:free\n${production.host}/prod/half:taken`;
    const step = await scene.promote(`${staging.host}/dev/half:1`, target);
    expect(endOf(step)).toEqual(refused('TAG_EXISTS'));
    expect(production.tags('prod/half')).toEqual(['taken']);
  }, 120_000);
});

describe('what the policy does not allow', () => {
  it('is refused together, before any byte is read', async () => {
    const policy = {
      sources: { allow: ['registry.example/*'] },
      targets: { forbidTags: ['latest'] },
      environments: { production: { targets: ['prod.example/*'] } },
    };
    await pushImage(staging.host, 'dev/all', '1', makeImage('fixed'));
    const inputs = { environment: 'production' };
    const codes = ['REGISTRY_NOT_ALLOWED', 'ENVIRONMENT_MISMATCH', 'TAG_NOT_ALLOWED'];
    const step = await refuseTarget('dev/all:1', 'prod/all:latest', codes, { policy, inputs });
    expect(staging.log.blobReads()).toEqual([]);
    for (const code of codes) expect(step.summary).toContain(code);
  }, 120_000);

  it('is a target of an environment that was not chosen', async () => {
    const policy = { environments: { production: { targets: [`${production.host}/*`] } } };
    await pushImage(staging.host, 'dev/claimed', '1', makeImage('fixed'));
    await refuseTarget('dev/claimed:1', 'prod/claimed:1', ['ENVIRONMENT_MISMATCH'], { policy });
  }, 120_000);

  it.each(['latest', 'MAIN', 'nightly'])(
    'is the floating tag %s, by default',
    async (tag) => {
      await pushImage(staging.host, 'dev/floating', '1', makeImage('fixed'));
      await refuseTarget('dev/floating:1', `prod/floating:${tag}`, ['TAG_NOT_ALLOWED']);
    },
    120_000,
  );
});
