import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pickPackage } from '../../lab/database/advisories.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage, type ImageOptions } from '../../lab/image/image.ts';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';
import type { ScannedPlatform } from '../../src/image/finding.ts';
import type { PlatformScan } from '../../src/scanner/scan.ts';
import { scanSboms } from '../../src/scanner/scan-sbom.ts';
import { createScanView } from '../../src/scanner/scan-view.ts';
import type { Trivy } from '../../src/scanner/trivy.ts';
import { DEBIAN_12, listDebian, makeCycloneDx, makeSpdx, NPM } from './sample-sboms.ts';
import { openScanRoom, type ScanRoom } from './scan-room.ts';

const JAR = { group: 'org.example', artifact: 'libcritical', version: '1.2.3' };
const LEFT = { files: { 'app/node_modules/left/package.json': '{"name":"left","version":"1.0.0"}' } };
const BUILT_FROM_OTHER = { name: 'child', source: 'libhigh' };

let scanning: ScanRoom;
let trivy: Trivy;
beforeAll(async () => {
  scanning = await openScanRoom([JAR]);
  trivy = await scanning.openTrivy();
}, 60_000);
afterAll(() => scanning.close());

let serial = 0;
async function scanDocument(document: object | string, image = buildImage()): Promise<PlatformScan> {
  const graph = await scanning.room.load('app', image);
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const sboms = new Map(graph.images.map(({ content }) => [content.digest, Buffer.from(text)]));
  const folder = join(scanning.room.directory, `sboms-${serial++}`);
  const [only] = await scanSboms(graph.images, sboms, trivy, folder);
  if (only === undefined) throw new TypeError('nothing was scanned');
  return only;
}
const judge = async (document: object | string): Promise<ScannedPlatform> => (await scanDocument(document)).scanned;
const listFound = ({ findings }: ScannedPlatform) =>
  findings.map((finding) => [finding.id, finding.package, finding.installedVersion, finding.severity]).sort();

/** The SBOM that Trivy itself makes of an image, offline. */
async function makeSbom(image: BuiltImage, format: 'cyclonedx' | 'spdx-json'): Promise<string> {
  const graph = await scanning.room.load('app', image);
  const { layout } = await scanning.room.fetch(graph, 'app');
  const folder = join(scanning.room.directory, `made-${serial++}`);
  await mkdir(folder);
  const view = await createScanView(graph.root, layout, join(folder, 'view'));
  const file = join(folder, 'sbom.json');
  const cache = scanning.databases.directory;
  await run(
    findTool('trivy'),
    [
      ...['image', '--input', view.input, '--format', format, '--output', file, '--cache-dir', cache],
      ...['--skip-db-update', '--skip-java-db-update', '--offline-scan', '--skip-version-check', '--disable-telemetry'],
    ],
    { cwd: folder, env: { HOME: folder } },
  );
  return readFile(file, 'utf8');
}

describe('the SBOM that Trivy makes of an image', () => {
  const images: readonly (readonly [string, ImageOptions])[] = [
    [
      'debian 12',
      {
        packages: [
          pickPackage('libcritical', 'debian 12'),
          pickPackage('libmany', 'debian 12'),
          { ...BUILT_FROM_OTHER, version: '1.2.3-1' },
        ],
        layers: [LEFT],
        jars: [JAR],
      },
    ],
    [
      'alpine 3.23',
      {
        distribution: 'alpine 3.23',
        packages: [pickPackage('libcritical', 'alpine 3.23'), { ...BUILT_FROM_OTHER, version: '1.2.3-r0' }],
        layers: [LEFT],
      },
    ],
    ['ubuntu 24.04', { distribution: 'ubuntu 24.04', packages: [pickPackage('libmany', 'ubuntu 24.04')] }],
    ['debian 8', { distribution: 'debian 8', packages: [pickPackage('libcritical', 'debian 8')] }],
  ];

  it.each(images)(
    'has the same findings as the layers of %s, in both formats',
    async (_, options) => {
      const image = buildImage(options);
      const [wanted] = await scanning.scan(image, trivy);
      expect(wanted?.scanned.findings.length).toBeGreaterThan(0);
      for (const format of ['cyclonedx', 'spdx-json'] as const) {
        const { scanned } = await scanDocument(await makeSbom(image, format), image);
        expect(listFound(scanned)).toEqual(wanted === undefined ? [] : listFound(wanted.scanned));
        expect(scanned).toMatchObject({ complete: true, digest: image.root.digest });
        expect('endOfLife' in scanned).toBe(wanted?.scanned.complete === true && 'endOfLife' in wanted.scanned);
      }
    },
    60_000,
  );

  it('is scanned without a layer, in its report under the digest of the image', async () => {
    const image = buildImage({ packages: [pickPackage('libcritical', 'debian 12')] });
    const { report } = await scanDocument(await makeSbom(image, 'cyclonedx'), image);
    expect(report).toMatchObject({
      ArtifactName: image.root.digest,
      ArtifactType: 'cyclonedx',
      Results: [{ Target: expect.stringContaining(image.root.digest) }],
    });
    expect(JSON.stringify(report)).not.toContain(scanning.room.directory);
  }, 60_000);
});

describe('the SBOM of another tool', () => {
  const packages = [listDebian('libcritical', '1.2.3-1'), listDebian('child', '1.2.3-1', 'libhigh'), NPM];
  const found = [
    ['CVE-2099-0001', 'libcritical', '1.2.3-1', 'CRITICAL'],
    ['CVE-2099-0003', 'child', '1.2.3-1', 'HIGH'],
  ];

  it.each([
    ['CycloneDX', makeCycloneDx(packages)],
    ['CycloneDX that names no system', makeCycloneDx(packages, [])],
    ['SPDX, as BuildKit attaches it', makeSpdx(packages)],
  ])(
    'is read with the system and source packages of its package URLs: %s',
    async (_, document) => {
      const scanned = await judge(document);
      expect(scanned).toMatchObject({ complete: true });
      expect(listFound(scanned).sort()).toEqual(found.sort());
    },
    60_000,
  );

  it.each([
    ['CycloneDX', makeCycloneDx],
    ['SPDX', makeSpdx],
  ])(
    'is judged by the version of the source package: %s',
    async (_, make) => {
      const idsOf = async (version: string, upstream: string) =>
        (await judge(make([listDebian('child', version, upstream)]))).findings.map(({ id }) => id);
      expect(await idsOf('9.9-5', 'libhigh@1.2.3-1')).toEqual(['CVE-2099-0003']);
      expect(await idsOf('1.2.3-1', 'libhigh@9.9-5')).toEqual([]);
      expect(await idsOf('1:9.9-5', 'libhigh@1:1.2.3-1')).toEqual([]);
    },
    60_000,
  );

  it('is read with components that lie in others', async () => {
    const inner = { 'bom-ref': 'inner', type: 'library', ...listDebian('libcritical', '1.2.3-1') };
    const outer = { 'bom-ref': 'outer', type: 'application', name: 'outer', components: [inner] };
    expect((await judge(makeCycloneDx([], [DEBIAN_12, outer]))).findings).toMatchObject([{ id: 'CVE-2099-0001' }]);
  });

  it('cannot hide its components behind a key that Go takes for theirs', async () => {
    const { ...document } = makeCycloneDx([listDebian('libcritical', '1.2.3-1')]);
    expect((await judge({ ...document, Components: [] })).findings).toMatchObject([{ id: 'CVE-2099-0001' }]);
  });

  it('finds nothing of a package that it leaves out: so much weaker it is than the layers', async () => {
    const image = buildImage({
      packages: [pickPackage('libcritical', 'debian 12'), { name: 'harmless', version: '1' }],
    });
    const { scanned } = await scanDocument(makeCycloneDx([listDebian('harmless', '1')]), image);
    expect(scanned).toMatchObject({ complete: true, findings: [] });
  });
});

describe('an SBOM that cannot vouch for an image is an incomplete scan', () => {
  const harmless = listDebian('harmless', '1');
  it.each<[string, object | string, string]>([
    ['is not JSON', 'SPDXVersion: SPDX-2.3', 'not JSON'],
    ['is null', 'null', 'not an object'],
    ['is a list', '[]', 'not an object'],
    ['is anything else', {}, 'neither CycloneDX nor SPDX'],
    ['is SPDX 3', { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': [] }, 'SPDX 3'],
    ['is of both formats', { ...makeSpdx([harmless]), ...makeCycloneDx([harmless]) }, 'CycloneDX and that it is SPDX'],
    ['is of a version nobody knows', { ...makeCycloneDx([harmless]), specVersion: '9.9' }, 'invalid specification'],
    ['has components that are no list', { bomFormat: 'CycloneDX', components: {} }, 'components is not a list'],
    ['has a component that is none', { bomFormat: 'CycloneDX', components: [1] }, 'not an object'],
    ['lists nothing', makeCycloneDx([], []), 'no package was recognised'],
    ['lists a system without packages', makeCycloneDx([]), 'none of its packages'],
    ['lists a system without its packages', makeCycloneDx([NPM]), 'were not judged'],
    ['lists applications only', makeSpdx([NPM]), 'names no operating system'],
    ['has packages without package URLs', makeSpdx([{ name: 'libcritical', version: '1.2.3-1' }, NPM]), 'no operating'],
    [
      'has packages of two systems',
      makeSpdx([harmless, { ...NPM, purl: 'pkg:apk/alpine/a@1?distro=alpine-3.23.0' }]),
      '',
    ],
    [
      'has packages of a system nobody names',
      makeSpdx([{ name: 'a', version: '1', purl: 'pkg:deb/debian/a@1' }, NPM]),
      'does not recognise which',
    ],
    [
      'has packages of a system that Trivy does not know',
      makeCycloneDx([{ name: 'a', version: '1', purl: 'pkg:alpm/arch/a@1?distro=arch-1' }, NPM]),
      '',
    ],
    [
      'names another system than its packages',
      makeCycloneDx([harmless], [{ ...DEBIAN_12, name: 'alpine', version: '3.23' }]),
      'alpine',
    ],
    [
      'names two systems',
      makeCycloneDx([harmless], [DEBIAN_12, { ...DEBIAN_12, 'bom-ref': 'b', name: 'alpine', version: '3.23' }]),
      // Which of the two Trivy takes is chance.
      '',
    ],
    [
      'has a package without a version',
      makeCycloneDx([harmless, { name: 'b', version: '', purl: 'pkg:deb/debian/b?distro=debian-12' }]),
      'without a version',
    ],
    [
      'has a package that Trivy passes over',
      makeCycloneDx([harmless, { name: 'a', version: '1', purl: 'pkg:alpm/arch/a@1' }]),
      'takes in 1 of the 2',
    ],
  ])('when it %s', async (_, document, reason) => {
    const scanned = await judge(document);
    expect(scanned).toMatchObject({ complete: false, reason: expect.stringContaining('attested SBOM') });
    expect(scanned.complete ? '' : scanned.reason).toContain(reason);
  });

  it('when it nests as deep as a text of its size can', async () => {
    const open = '{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":';
    const depth = 200_000;
    const scanned = await judge(`${open}${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`);
    expect(scanned).toMatchObject({ complete: false, reason: expect.stringContaining('nested too deeply') });
  });

  it('when there is none', async () => {
    const graph = await scanning.room.load('app', buildImage());
    const [only] = await scanSboms(graph.images, new Map(), trivy, join(scanning.room.directory, 'none'));
    expect(only?.scanned).toMatchObject({ complete: false, reason: 'it has no attested SBOM' });
  });
});
