import { buildDatabase, buildDatabaseArtifact, packDatabase } from '../../../lab/database/database.ts';
import { buildArtifact } from '../../../lab/image/artifact.ts';
import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';

const AREA = "The scanner's database";
const READ: Fault = { method: 'GET', path: /manifests\/2$/ };
const MET: readonly Fault[] = [{ ...READ, before: () => undefined }];
const HOUR = 3_600_000;
const row = { area: AREA, side: 'databases', world: { scans: true }, rerunEnds: 'none' } as const;
const unavailable = { ...row, ends: { failed: 'DATABASE_UNAVAILABLE' } } as const;

const makeLayer = (layerType: string, layer: string | Uint8Array) =>
  buildArtifact({ configType: 'application/vnd.aquasec.trivy.config.v1+json', layerType, layer });

export const DATABASE_ROWS: readonly FaultRow[] = [
  {
    id: 'mirror-down',
    ...row,
    says: 'the first mirror is down: the second is asked',
    guard: 'next-mirror',
    world: { scans: true, mirrors: ['mirror/other:2', 'mirror/trivy-db:2'] },
    faults: [{ method: 'GET', path: /mirror\/other/, status: 500 }],
    ends: 'promoted',
  },
  {
    id: 'mirror-empty',
    ...row,
    says: 'the first mirror has no database: the second is asked',
    guard: 'next-mirror',
    world: { scans: true, mirrors: ['mirror/other:2', 'mirror/trivy-db:2'] },
    faults: MET,
    ends: 'promoted',
  },
  {
    id: 'mirrors-gone',
    ...unavailable,
    says: 'no mirror has a database: not known is not clean',
    guard: 'no-database-no-scan',
    world: { scans: true, mirrors: ['mirror/one:2', 'mirror/two:2'] },
    faults: [{ method: 'GET', path: /mirror\/two/, before: () => undefined }],
  },
  {
    id: 'database-old',
    ...row,
    says: 'the database is older than the policy allows',
    guard: 'database-age',
    world: { scans: true, database: buildDatabaseArtifact({ updatedAt: new Date(Date.now() - 100 * HOUR) }) },
    faults: MET,
    ends: { refused: 'SCAN_DB_STALE' },
  },
  {
    id: 'database-from-tomorrow',
    ...row,
    says: 'the database says that it was made tomorrow',
    guard: 'database-age',
    world: { scans: true, database: buildDatabaseArtifact({ updatedAt: new Date(Date.now() + 30 * HOUR) }) },
    faults: MET,
    ends: { refused: 'SCAN_DB_STALE' },
  },
  {
    id: 'database-other-schema',
    ...unavailable,
    says: 'the database has a schema that this scanner does not read',
    guard: 'database-schema',
    world: { scans: true, database: buildDatabaseArtifact({ schema: 9 }) },
    faults: MET,
  },
  {
    id: 'database-no-layer',
    ...unavailable,
    says: 'the mirror serves a database under a media type that is none of a database',
    guard: 'database-layer',
    world: { scans: true, database: makeLayer('text/plain', buildDatabase()) },
    faults: MET,
  },
  {
    id: 'database-empty',
    ...unavailable,
    says: 'the mirror serves a database without a byte in it',
    guard: 'database-is-one',
    world: {
      scans: true,
      database: makeLayer(
        'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip',
        packDatabase('trivy.db', Buffer.alloc(0), { schema: 2 }),
      ),
    },
    faults: MET,
  },
];
