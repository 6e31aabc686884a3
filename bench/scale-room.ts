import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDatabase, pushDatabase } from '../lab/database/database.ts';
import { type ExternalRegistry, startDistribution, startOlareg } from '../lab/external-registry.ts';
import { type RemoteLink, startLinkProcess } from '../lab/link-process.ts';
import { makeSigningKey, type SigningKey } from '../lab/signing-key.ts';
import type { ScaleCase } from './scale-cases.ts';
import { pushBase, pushOver } from './scale-images.ts';

/** The registries of a case behind their links, its images, and what a command needs. */
export interface ScaleRoom {
  readonly source: ExternalRegistry;
  readonly target: ExternalRegistry;
  readonly sourceLink: RemoteLink;
  readonly targetLink: RemoteLink;
  readonly key: SigningKey;
  /** Holds `promotions-N.json`, a file for each round with targets of its own, `policy.json` and `cosign.pub`. */
  readonly directory: string;
  readonly imageBytes: number;
  close(): Promise<void>;
}

/** Starts it all and pushes the images past the links. The registries lie on this machine and share its processors: what is measured is slower than it need be, never faster. */
export async function openScaleRoom(one: ScaleCase, roundTrip: number): Promise<ScaleRoom> {
  const start = one.registry === 'olareg' ? startOlareg : startDistribution;
  const [source, target, links, key, directory] = await Promise.all([
    startDistribution(),
    start(),
    startLinkProcess(),
    makeSigningKey(),
    mkdtemp(join(tmpdir(), 'promote-image-scale-')),
  ]);
  const close = async (): Promise<void> => {
    await Promise.all([source.stop(), target.stop(), links.close(), rm(directory, { recursive: true, force: true })]);
  };
  try {
    const [sourceLink, targetLink] = await Promise.all(
      [source, target].map(({ host }) => links.open({ to: host, roundTrip })),
    );
    if (sourceLink === undefined || targetLink === undefined) throw new TypeError('a link is missing');
    await pushDatabase(source.host, 'mirror/trivy-db', '2', buildDatabase());
    const base = await pushBase(source.host);
    let imageBytes = 0;
    for (let i = 1; i <= one.images; i++) {
      imageBytes = await pushOver(base, source.host, `dev/${nameOf(i)}`, '1', one.ownBytes, i);
    }
    for (let round = 1; round <= one.rounds; round++) {
      const promotions = Array.from({ length: one.images }, (_, i) => ({
        source: `${sourceLink.host}/dev/${nameOf(i + 1)}:1`,
        target: `${targetLink.host}/round-${round}/${nameOf(i + 1)}:1`,
      }));
      await writeFile(join(directory, `promotions-${round}.json`), JSON.stringify({ version: 1, promotions }));
    }
    const policy = {
      ...{ version: 1, signature: { transparencyLog: false } },
      scan: { databases: [`${sourceLink.host}/mirror/trivy-db:2`] },
      registries: { insecure: [sourceLink.host, targetLink.host] },
    };
    await writeFile(join(directory, 'policy.json'), JSON.stringify(policy));
    await writeFile(join(directory, 'cosign.pub'), key.publicKey);
    return { ...{ source, target, sourceLink, targetLink, key, directory, imageBytes }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function nameOf(i: number): string {
  return `app-${String(i).padStart(4, '0')}`;
}
