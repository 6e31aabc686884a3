import type { Severity } from '../image/finding.ts';
import type { ScanMode } from './effective.ts';

/** Tags that move: what they name today says nothing about tomorrow. */
export const DEFAULT_FORBIDDEN_TAGS: readonly string[] = ['latest', 'stable', 'main', 'master', 'edge', 'nightly'];

/** What holds for the scan where no policy says anything. */
export const SCAN_DEFAULTS = {
  mode: 'enforce' as ScanMode,
  severity: ['CRITICAL'] as readonly Severity[],
  ignoreUnfixed: false,
  databases: ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'] as readonly string[],
  javaDatabases: ['mirror.gcr.io/aquasec/trivy-java-db:1', 'ghcr.io/aquasecurity/trivy-java-db:1'] as readonly string[],
  maxDatabaseAge: 48 * 3_600_000,
  from: 'image' as 'image' | 'sbom',
};
