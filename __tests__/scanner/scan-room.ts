import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { buildJavaDatabase, pushJavaDatabase } from '../../lab/database/java-database.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import type { Jar } from '../../lab/image/filesystem.ts';
import { findTool } from '../../lab/tools.ts';
import type { ArchiveCache, Command, Exec } from '../../src/base/ports.ts';
import { runCommand } from '../../src/host/machine/exec.ts';
import {
  type DatabaseContext,
  fetchDatabase,
  JAVA_DATABASE,
  VULNERABILITY_DATABASE,
} from '../../src/scanner/database.ts';
import { type PlatformScan, scanImages } from '../../src/scanner/scan.ts';
import { createTrivy, type Trivy, type TrivyContext } from '../../src/scanner/trivy.ts';
import { openRoom, type TransferRoom } from '../transfer/transfer-room.ts';

/** Keeps nothing. */
export const NO_CACHE: ArchiveCache = { find: async () => undefined, keep: async () => undefined };

/** A transfer room with the lab's databases and real Trivy in it. */
export interface ScanRoom {
  readonly room: TransferRoom;
  readonly databases: DatabaseContext;
  /** Every child that was started, with its whole environment. */
  readonly commands: Command[];
  /** How often the Java database was asked for. */
  javaFetches(): number;
  openTrivy(more?: Partial<TrivyContext>): Promise<Trivy>;
  /** Pushes and fetches an image, as a promotion does, and scans it. */
  scan(image: BuiltImage, trivy: Trivy, options?: Parameters<TransferRoom['fetch']>[2]): Promise<PlatformScan[]>;
  close(): Promise<void>;
}

/** Opens such a room; the Java database knows these jars. */
export async function openScanRoom(jars: readonly Jar[] = []): Promise<ScanRoom> {
  const room = await openRoom();
  const { registry, client, directory } = room;
  await pushDatabase(registry.host, 'mirror/db', '2', buildDatabase());
  await pushJavaDatabase(registry.host, 'mirror/java-db', '1', buildJavaDatabase(jars));
  const cacheDirectory = join(directory, 'cache');
  await mkdir(cacheDirectory);
  const databases = { client, cache: NO_CACHE, directory: cacheDirectory, log: client.transport.log };
  await fetchDatabase(VULNERABILITY_DATABASE, [`${registry.host}/mirror/db:2`], databases);
  const commands: Command[] = [];
  const exec: Exec = (command, signal) => {
    commands.push(command);
    return runCommand(command, signal);
  };
  let serial = 0;
  let javaFetches = 0;
  return {
    ...{ room, databases, commands },
    javaFetches: () => javaFetches,
    async openTrivy(more = {}) {
      const own = join(directory, `trivy-${serial++}`);
      await mkdir(own);
      return createTrivy({
        path: findTool('trivy'),
        directory: own,
        cacheDirectory,
        vexFiles: [],
        exec,
        signal: new AbortController().signal,
        log: client.transport.log,
        provideJavaDatabase: async () => {
          javaFetches++;
          await fetchDatabase(JAVA_DATABASE, [`${registry.host}/mirror/java-db:1`], databases);
        },
        ...more,
      });
    },
    async scan(image, trivy, options) {
      const graph = await room.load('app', image);
      const store = await room.fetch(graph, 'app', options);
      return scanImages(graph.images, store, trivy, join(directory, `views-${serial++}`));
    },
    close: () => room.close(),
  };
}
