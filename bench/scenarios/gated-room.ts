import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { type ExternalRegistry, startDistribution } from '../../lab/external-registry.ts';
import { run } from '../../lab/process.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import { NoisePusher, type PushedImage, splitNoise } from '../noise-image.ts';

/** What gated promotions of one image share: keys, a source with and without an attested SBOM, the scanner's database. */
export interface GatedRoom {
  /** Holds cosign.key, scan.pub, services.json and root.json: where the commands run. */
  readonly directory: string;
  readonly source: ExternalRegistry;
  readonly image: PushedImage;
  readonly key: SigningKey;
  /** `HOST/mirror/trivy-db:2`, on loopback. */
  readonly database: string;
  /** The folder of Trivy, cosign and crane. */
  readonly tools: string;
  close(): Promise<void>;
}

/** Nothing is asked for on the internet: no log, no time stamps. */
const SIGNING_CONFIG =
  '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';
const TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

/** Sets the room up: 336 MB at `dev/app:1`, and the same at `dev/attested:1` with an SBOM that was signed with the scan key. */
export async function setGatedRoom(): Promise<GatedRoom> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-gated-'));
  const [source, key, scan] = await Promise.all([startDistribution(), makeSigningKey(), makeSigningKey()]);
  const pusher = new NoisePusher(source.host);
  const platforms = { 'linux/amd64': splitNoise(336_000_000, 8) };
  const image = await pusher.push('dev/app', '1', platforms);
  await pusher.push('dev/attested', '1', platforms);
  await pushDatabase(source.host, 'mirror/trivy-db', '2', buildDatabase());
  const files = {
    ...{ 'cosign.key': key.privateKey, 'scan.key': scan.privateKey, 'scan.pub': scan.publicKey },
    ...{ 'services.json': SIGNING_CONFIG, 'root.json': TRUSTED_ROOT, 'sbom.json': JSON.stringify(makeSbom()) },
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  const attested = `${source.host}/dev/attested@${image.digest}`;
  await attestSbom(directory, scan, attested);
  return {
    ...{ directory, source, image, key, database: `${source.host}/mirror/trivy-db:2` },
    tools: dirname(findTool('crane')),
    async close() {
      await source.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function attestSbom(directory: string, scan: SigningKey, reference: string): Promise<void> {
  const flags = ['--key', 'scan.key', '--signing-config', 'services.json', '--trusted-root', 'root.json'];
  const what = ['--type', 'cyclonedx', '--predicate', 'sbom.json'];
  const env = { HOME: directory, PATH: process.env.PATH, COSIGN_PASSWORD: scan.password };
  const { code, stderr } = await run(findTool('cosign'), ['attest', '-y', ...flags, ...what, reference], {
    cwd: directory,
    env,
  });
  if (code !== 0) throw new Error(`cosign attest ended with ${code}: ${stderr}`);
}

/** CycloneDX as Syft would write it for the image: Debian 12 with its one package; https://cyclonedx.org/docs/1.6/json/ */
function makeSbom(): object {
  const purl = 'pkg:deb/debian/base-files@12.4?arch=amd64&distro=debian-12';
  return {
    ...{ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6' },
    metadata: { timestamp: new Date().toISOString(), component: { 'bom-ref': 'app', type: 'container', name: 'app' } },
    components: [
      { 'bom-ref': 'base-files', type: 'library', name: 'base-files', version: '12.4', purl },
      { 'bom-ref': 'os:debian@12', type: 'operating-system', name: 'debian', version: '12' },
    ],
  };
}
