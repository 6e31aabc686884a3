import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pickPackage } from '../../lab/database/advisories.ts';
import { buildArtifact } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { type BuiltImage, CONFIG_TYPE, ContentSet, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { buildImage, type ImageOptions, listDiffIds } from '../../lab/image/image.ts';
import { buildLayer } from '../../lab/image/layer.ts';
import { describeArtifact } from '../../src/scanner/scan.ts';
import type { Trivy } from '../../src/scanner/trivy.ts';
import { contentOf } from '../transfer/transfer-room.ts';
import { openScanRoom, type ScanRoom } from './scan-room.ts';

const CRITICAL = pickPackage('libcritical', 'debian 12');
const PYTHON = {
  files: { 'usr/lib/python3/site-packages/a-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: a\nVersion: 1\n' },
};
const LAYER = 'application/vnd.oci.image.layer.v1.tar';

let scanning: ScanRoom;
let trivy: Trivy;
beforeAll(async () => {
  scanning = await openScanRoom();
  trivy = await scanning.openTrivy();
});
afterAll(() => scanning.close());

/** What the scan of an image with one platform says. */
const scan = async (image: BuiltImage | ImageOptions) => {
  const built = 'root' in image ? image : buildImage(image);
  const [only] = await scanning.scan(built, trivy);
  if (only === undefined) throw new TypeError('nothing was scanned');
  return only.scanned;
};
const idsOf = async (image: BuiltImage | ImageOptions) => (await scan(image)).findings.map(({ id }) => id);

/** An image of these layers and this config, sound or not. */
const assemble = (
  layers: readonly { readonly bytes: Uint8Array; readonly mediaType: string }[],
  config: object,
): BuiltImage => {
  const set = new ContentSet();
  const descriptors = layers.map(({ bytes, mediaType }) => set.addBlob(bytes, mediaType));
  const described = set.addBlob(JSON.stringify({ os: 'linux', architecture: 'amd64', ...config }), CONFIG_TYPE.oci);
  const manifest = { schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config: described, layers: descriptors };
  return { root: set.addManifest(manifest), contents: set.contents };
};

describe('a scan', () => {
  it('finds what the database knows of the packages', async () => {
    expect(await scan({ packages: [CRITICAL, pickPackage('libunfixed', 'debian 12')] })).toMatchObject({
      complete: true,
      platform: 'linux/amd64',
      findings: [
        {
          id: 'CVE-2099-0001',
          package: 'libcritical',
          installedVersion: '1.2.3-1',
          fixedVersion: '1.2.4-1',
          severity: 'CRITICAL',
        },
        { id: 'CVE-2099-0002', package: 'libunfixed', severity: 'CRITICAL' },
      ],
    });
  });

  it('finds nothing in fixed versions', async () => {
    expect(await scan({ packages: [pickPackage('libcritical', 'debian 12', 'fixed')] })).toMatchObject({
      complete: true,
      findings: [],
    });
  });

  it.each(['gzip', 'none', 'zstd'] as const)('reads layers that are compressed with %s', async (compression) => {
    expect(await idsOf({ packages: [CRITICAL], compression })).toEqual(['CVE-2099-0001']);
  });

  it('reads Docker’s format', async () => {
    expect(await idsOf({ packages: [CRITICAL], format: 'docker' })).toEqual(['CVE-2099-0001']);
  });

  it('looks at every platform of an index', async () => {
    const images = [
      buildImage({ packages: [CRITICAL] }),
      buildImage({
        distribution: 'alpine 3.23',
        packages: [pickPackage('libhigh', 'alpine 3.23')],
        platform: { os: 'linux', architecture: 'arm64' },
      }),
    ];
    const scans = await scanning.scan(buildIndex(images, { attestations: true }), trivy);
    expect(
      scans.map(({ scanned }) => [scanned.platform, scanned.digest, scanned.findings.map(({ id }) => id)]),
    ).toEqual([
      ['linux/amd64', images[0]?.root.digest, ['CVE-2099-0001']],
      ['linux/arm64', images[1]?.root.digest, ['CVE-2099-0003']],
    ]);
  });

  it('looks at an image that hides behind unknown/unknown', async () => {
    const hidden = buildImage({ packages: [CRITICAL], platform: { os: 'unknown', architecture: 'unknown' } });
    const scans = await scanning.scan(buildIndex([hidden]), trivy);
    expect(scans.flatMap(({ scanned }) => scanned.findings)).toMatchObject([{ id: 'CVE-2099-0001' }]);
  });

  it('hands on Trivy’s own report with the names and ids of the image, not of the view', async () => {
    const options = { packages: [CRITICAL] };
    const image = buildImage(options);
    const [only] = await scanning.scan(image, trivy);
    const { manifest } = contentOf(image);
    expect(only?.report).toMatchObject({
      ArtifactName: image.root.digest,
      Metadata: {
        ImageID: manifest.kind === 'manifest' && manifest.config.digest,
        DiffIDs: listDiffIds(options),
        RepoDigests: [image.root.digest],
      },
      Results: [{ Target: expect.stringContaining(image.root.digest) }],
    });
    expect(JSON.stringify(only?.report)).not.toContain(scanning.room.directory);
  });

  it('leaves no view behind, whose links would fill a small disk', async () => {
    await scan({ packages: [CRITICAL] });
    const views = readdirSync(scanning.room.directory).filter((name) => name.startsWith('views-'));
    expect(views.flatMap((name) => readdirSync(join(scanning.room.directory, name)))).toEqual([]);
  });

  it('works one platform at a time where the disk is too small for all', async () => {
    const layers = [{ randomBytes: 1024 * 1024 }];
    const images = [
      buildImage({ packages: [CRITICAL], layers }),
      buildImage({
        packages: [CRITICAL],
        layers: [{ ...layers[0], seed: 1 }],
        platform: { os: 'linux', architecture: 'arm64' },
      }),
    ];
    const freeSpace = async () => 64 * 1024 * 1024 + 1.5 * 1024 * 1024;
    const scans = await scanning.scan(buildIndex(images), trivy, { freeSpace });
    expect(scans.map(({ scanned }) => scanned.findings.length)).toEqual([1, 1]);
  });
});

describe('a hostile image', () => {
  const victim: ImageOptions = { packages: [CRITICAL] };

  it('cannot blind the scan of another by claiming its diff_ids', async () => {
    const harmless = { packages: [{ name: 'harmless', version: '1' }], claimedDiffIds: listDiffIds(victim) };
    expect(await idsOf(harmless)).toEqual([]);
    expect(await idsOf(victim)).toEqual(['CVE-2099-0001']);
  });

  it('cannot pass for another by claiming its diff_ids', async () => {
    const clean: ImageOptions = { packages: [{ name: 'harmless', version: '1' }] };
    expect(await idsOf(clean)).toEqual([]);
    expect(await idsOf({ ...victim, claimedDiffIds: listDiffIds(clean) })).toEqual(['CVE-2099-0001']);
  });

  it.each(['rootfs', 'ROOTFS', 'rootfſ'])(
    'cannot blind its own scan by claiming one diff_id for all layers in %s',
    async (key) => {
      const system = (packages: string) => ({
        'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
        'etc/debian_version': '12.5\n',
        'var/lib/dpkg/status': packages,
      });
      const status = (name: string) =>
        `Package: ${name}\nStatus: install ok installed\nVersion: 1.2.3-1\nArchitecture: amd64\nMaintainer: x <x@x.test>\nDescription: x\n\n`;
      const layers = ['harmless', 'libcritical'].map((name) =>
        buildLayer({ files: system(status(name)) }, 'oci', 'gzip'),
      );
      const truth = { type: 'layers', diff_ids: [] };
      const lie = { type: 'layers', diff_ids: layers.map(() => `sha256:${'a'.repeat(64)}`) };
      expect(await idsOf(assemble(layers, { rootfs: truth, [key]: lie }))).toEqual(['CVE-2099-0001']);
    },
  );
});

describe('what the scanner cannot judge is incomplete', () => {
  const incomplete = async (image: BuiltImage | ImageOptions, reason: string) =>
    expect(await scan(image)).toMatchObject({ complete: false, reason: expect.stringContaining(reason) });

  it('an image in which nothing is recognised', async () => {
    await incomplete({ distribution: 'none', layers: [{ files: { 'app/server': 'binary' } }] }, 'no operating system');
  });

  it('a system without packages', async () => {
    await incomplete({ packages: [] }, 'debian 12.5');
  });

  it('a system whose package database was deleted, even with application packages on top', async () => {
    const whiteout = { files: { 'var/lib/dpkg/.wh.status': '' } };
    await incomplete({ packages: [CRITICAL], layers: [whiteout, PYTHON] }, 'not judged');
  });

  it('a package database without the system’s name', async () => {
    const osRelease = 'ID=arch\n';
    await incomplete(
      { distribution: { osRelease, packageDatabase: 'dpkg' }, packages: [CRITICAL] },
      'does not recognise which',
    );
  });

  it('a system Trivy does not support, which it passes over in silence when there are application packages', async () => {
    const pacman = {
      files: {
        'etc/os-release': 'NAME="Arch Linux"\nID=arch\n',
        'var/lib/pacman/local/glibc-2/desc': '%NAME%\nglibc\n',
      },
    };
    await incomplete({ distribution: 'none', layers: [pacman, PYTHON] }, 'etc/os-release');
    const noName = { files: { 'var/lib/pacman/local/glibc-2/desc': '%NAME%\nglibc\n' } };
    await incomplete({ distribution: 'none', layers: [noName, PYTHON] }, 'var/lib/pacman/local/glibc-2/desc');
  });

  it('a version of a system that nobody knows', async () => {
    const future = { files: { 'etc/debian_version': '99.1\n' } };
    await incomplete({ packages: [CRITICAL], layers: [future] }, 'not on the EOL list');
  });

  it.each([
    ['is not an archive', { bytes: Buffer.from('this is not a tar'), mediaType: `${LAYER}+gzip` }],
    [
      'breaks off',
      { bytes: buildLayer({ randomBytes: 9_000 }, 'oci', 'gzip').bytes.subarray(0, 5_000), mediaType: `${LAYER}+gzip` },
    ],
    ['is encrypted', { bytes: Buffer.alloc(2_000, 7), mediaType: `${LAYER}+gzip+encrypted` }],
  ])('a layer that %s, and no crash', async (_, layer) => {
    await incomplete(assemble([layer], {}), 'failed analysis');
  });

  it('a config that is none', async () => {
    const set = new ContentSet();
    const config = set.addBlob('[]', CONFIG_TYPE.oci);
    const root = set.addManifest({ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config, layers: [] });
    await incomplete({ root, contents: set.contents }, 'is not a JSON object');
  });

  it('an artifact that is no image', () => {
    const chart = buildArtifact({
      configType: 'application/vnd.cncf.helm.config.v1+json',
      layerType: 'a/tgz',
      layer: 'x',
    });
    expect(describeArtifact({ content: contentOf(chart), platform: undefined })).toMatchObject({
      scanned: {
        complete: false,
        platform: 'unknown',
        digest: chart.root.digest,
        reason: expect.stringContaining('helm'),
      },
      report: undefined,
    });
  });
});

describe('what the scanner can judge', () => {
  it('is complete for an application without a system', async () => {
    expect(await scan({ distribution: 'none', layers: [PYTHON] })).toMatchObject({ complete: true });
  });

  it('is complete for a system past its end of life, and says so', async () => {
    expect(await scan({ distribution: 'debian 8', packages: [pickPackage('libcritical', 'debian 8')] })).toMatchObject({
      complete: true,
      endOfLife: 'debian 8.11',
      findings: [{ id: 'CVE-2099-0001' }],
    });
  });

  it('is told with what a VEX document says of it', async () => {
    const file = join(scanning.room.directory, 'app.openvex.json');
    const purl = 'pkg:deb/debian/libcritical@1.2.3-1?arch=amd64&distro=debian-12.5';
    const statement = { status: 'not_affected', justification: 'vulnerable_code_not_present' };
    await writeFile(
      file,
      JSON.stringify({
        '@context': 'https://openvex.dev/ns/v0.2.0',
        ...{ '@id': 'https://example.test/vex/1', author: 'lab', timestamp: '2026-01-01T00:00:00Z', version: 1 },
        statements: [{ vulnerability: { name: 'CVE-2099-0001' }, products: [{ '@id': purl }], ...statement }],
      }),
    );
    const withVex = await scanning.openTrivy({ vexFiles: [file] });
    const [only] = await scanning.scan(buildImage({ packages: [CRITICAL] }), withVex);
    expect(only?.scanned).toMatchObject({
      complete: true,
      findings: [{ id: 'CVE-2099-0001', suppressedBy: 'vulnerable_code_not_present' }],
    });
  });

  it('fails on a VEX document that is none, which says nothing of the image', async () => {
    const file = join(scanning.room.directory, 'broken.openvex.json');
    await writeFile(file, '{"statements":');
    const broken = await scanning.openTrivy({ vexFiles: [file] });
    await expect(scanning.scan(buildImage({ packages: [CRITICAL] }), broken)).rejects.toMatchObject({
      code: 'SCANNER_FAILED',
    });
    expect(existsSync(file)).toBe(true);
  });
});
