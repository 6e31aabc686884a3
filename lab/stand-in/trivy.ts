import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { ADVISORIES, ADVISORY_PLATFORMS } from '../database/advisories.ts';
import { readTar } from '../image/read-tar.ts';
import { hasDigest } from '../registry/digest.ts';
import { type Call, CallError, type CallResult, endCall, readFlag } from './call.ts';

interface Descriptor {
  readonly digest: string;
  readonly mediaType: string;
}

/**
 * Stands in for Trivy where a test is about registries: it reads the layout it is given as Trivy does, holds every blob
 * to its digest, unpacks the layers, and judges Debian packages by the lab's advisories. The database must be there.
 */
export function runTrivy({ args }: Call): Promise<CallResult> {
  return endCall(async () => {
    if (args[0] === '--version' || args[0] === 'version') return JSON.stringify({ Version: '0.74.0' });
    const [layout = '', root = ''] = readFlag(args, '--input').split('@');
    await stat(join(readFlag(args, '--cache-dir'), 'db', 'trivy.db')).catch(() => {
      throw new CallError(
        'FATAL\tFatal error\tinit error: DB error: --skip-db-update cannot be specified on the first run',
      );
    });
    const manifest = JSON.parse((await readBlob(layout, root)).toString()) as {
      config: Descriptor;
      layers: Descriptor[];
    };
    await readBlob(layout, manifest.config.digest);
    const files = new Map<string, Buffer>();
    for (const layer of manifest.layers) {
      for (const { path, bytes } of readTar(await unpack(layer, await readBlob(layout, layer.digest))))
        files.set(path, bytes);
    }
    await writeFile(readFlag(args, '--output'), JSON.stringify(report(layout, files)));
    return '';
  });
}

async function readBlob(layout: string, digest: string): Promise<Buffer> {
  const bytes = await readFile(join(layout, 'blobs', ...digest.split(':'))).catch(() => {
    throw new CallError(`FATAL\tFatal error\trun error: image scan error: unable to open ${digest}`);
  });
  if (!hasDigest(bytes, digest)) throw new CallError(`FATAL\tFatal error\t${digest} was changed on disk`);
  return bytes;
}

async function unpack({ mediaType }: Descriptor, bytes: Buffer): Promise<Buffer> {
  try {
    if (mediaType.endsWith('gzip')) return await promisify(gunzip)(bytes);
    return mediaType.endsWith('zstd') ? await promisify(zstdDecompress)(bytes) : bytes;
  } catch (cause) {
    throw new CallError(`FATAL\tFatal error\tscan error: scan failed: failed analysis: ${String(cause)}`);
  }
}

function report(layout: string, files: ReadonlyMap<string, Buffer>): object {
  const version = files.get('etc/debian_version')?.toString().split('.')[0]?.trim();
  const stanzas = (files.get('var/lib/dpkg/status')?.toString() ?? '')
    .split('\n\n')
    .filter((text) => text.trim() !== '');
  const packages = stanzas.map((text) => ({ Name: readField(text, 'Package'), Version: readField(text, 'Version') }));
  return {
    SchemaVersion: 2,
    ArtifactName: layout,
    Metadata: version === undefined ? {} : { OS: { Family: 'debian', Name: version } },
    Results: [
      {
        ...{ Target: `${layout} (debian ${version})`, Class: 'os-pkgs', Type: 'debian', Packages: packages },
        Vulnerabilities: packages.flatMap((found) => judge(found, `debian ${version}`)),
      },
    ],
  };
}

function judge({ Name, Version }: { Name: string; Version: string }, system: string): object[] {
  const versions = ADVISORY_PLATFORMS.find(({ name }) => name === system)?.versions;
  if (versions === undefined || Version !== versions.vulnerable) return [];
  return ADVISORIES.filter(({ packages }) => packages.includes(Name)).map(({ id, severity, status }) => ({
    ...{ VulnerabilityID: id, PkgName: Name, InstalledVersion: Version, Severity: severity },
    ...(status === 'fixed' ? { FixedVersion: versions.fixed } : {}),
  }));
}

function readField(stanza: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
}
