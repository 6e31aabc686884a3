import type { Guard } from '../guards.ts';

const GRAPH = 'src/transfer/graph.ts';
const DATABASE = 'src/scanner/database.ts';

/** What holds the image and its scan to what they should be. */
export const CONTENT_GUARDS = {
  'no-database-no-scan': {
    file: DATABASE,
    says: 'stops when no mirror has a database',
    find: "  throw new ScannerError('DATABASE_UNAVAILABLE',",
    replace:
      "  if (failures.length > 0) return { source: '', digest: 'sha256:0' as Digest, schema: 2, updatedAt: new Date() };\n  throw new ScannerError('DATABASE_UNAVAILABLE',",
  },
  'next-mirror': {
    file: DATABASE,
    says: 'asks the next mirror',
    find: '      failures.push(',
    replace: '      if (error !== undefined) throw error;\n      failures.push(',
  },
  'database-age': {
    file: 'src/steps/scan-gates.ts',
    says: 'looks at the age of the database',
    find: 'const stale = judgeDatabase(scanner.database, scan.maxDatabaseAge, scannedAt);',
    replace: 'const stale = undefined as ReturnType<typeof judgeDatabase>;',
  },
  'database-schema': {
    file: DATABASE,
    says: 'compares the schema of the database',
    find: 'if (json.Version !== kind.schema)',
    replace: 'if (json.Version === undefined)',
  },
  'database-layer': {
    file: DATABASE,
    says: 'looks for the layer with the database',
    find: 'manifest.layers.find((l) => l.mediaType === kind.layerType)',
    replace: 'manifest.layers[0]',
  },
  'database-is-one': {
    file: DATABASE,
    says: 'looks into the database before it is relied upon',
    find: '  if (reason === undefined) return;',
    replace: '  if (reason !== null) return;',
  },
  'docker-list-type': {
    file: 'src/image/media-type.ts',
    says: "knows the media type of Docker's lists",
    find: 'return mediaType === OCI_INDEX || mediaType === DOCKER_LIST;',
    replace: 'return mediaType === OCI_INDEX;',
  },
  'plain-stays': {
    file: GRAPH,
    says: 'takes an image that stands alone for one',
    find: 'if (descriptors.length === 0) return [{ content, platform: undefined }];',
    replace: 'if (descriptors.length === 0) return [];',
  },
  'follows-children': {
    file: GRAPH,
    says: 'follows an index to its children',
    find: '    order.push(...level);',
    replace: '    order.push(...level);\n    level = [];',
  },
  'depth-limit': {
    file: GRAPH,
    says: 'stops where indexes nest too deep',
    find: 'if (depth > MAX_DEPTH)',
    replace: 'if (depth > 100)',
  },
  'blobs-once': {
    file: GRAPH,
    says: 'reads a blob once',
    find: '  return [...blobs.values()];',
    replace:
      "  return manifests.flatMap(({ manifest }) => (manifest.kind === 'index' ? [] : [manifest.config, ...manifest.layers]));",
  },
  'attestation-is-no-image': {
    file: GRAPH,
    says: 'takes an attestation for what it is',
    find: 'descriptors.filter((descriptor) => !isAttestationManifest(descriptor, manifest))',
    replace: 'descriptors.filter((descriptor) => descriptor !== undefined && manifest !== undefined)',
  },
  'view-keeps-types': {
    file: 'src/scanner/scan-view.ts',
    says: 'shows the scanner how layers are packed',
    find: '    layers: manifest.layers.map(pick),',
    replace:
      "    layers: manifest.layers.map(({ digest, size }) => ({ digest, size, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' })),",
  },
  'scan-gate': {
    file: 'src/policy/scan-gate.ts',
    says: 'refuses what the policy names',
    find: '!severity.includes(finding.severity)) return false;',
    replace: 'severity.includes(finding.severity)) return false;',
  },
  'scans-all': {
    file: 'src/scanner/scan.ts',
    says: 'scans every platform',
    find: 'return mapConcurrently(images, CONCURRENT_SCANS,',
    replace: 'return mapConcurrently(images.slice(0, 1), CONCURRENT_SCANS,',
  },
  'artifact-is-incomplete': {
    file: 'src/steps/scanner.ts',
    says: 'tells of what no scanner can judge',
    find: 'return [...scans, ...graph.artifacts.map(describeArtifact)];',
    replace: 'return [...scans, ...graph.artifacts.slice(0, 0).map(describeArtifact)];',
  },
  'unreadable-is-incomplete': {
    file: 'src/policy/scan-gate.ts',
    says: 'takes a scan that was not complete for no pass',
    find: "...gaps.flatMap((gap) => (gap.kind === 'refused' ? [gap.refusal] : [])),",
    replace: "...gaps.flatMap((gap) => (gap.kind === 'refused' ? [] : [])),",
  },
  'size-is-sane': {
    file: 'src/image/manifest.ts',
    says: 'refuses a size that cannot be',
    find: '!Number.isSafeInteger(size) || size < 0)',
    replace: 'size < 0)',
  },
  'look-alike-keys': {
    file: 'src/image/manifest.ts',
    says: 'refuses keys that a reader in Go would take for others',
    find: 'return key.toLowerCase().toUpperCase();',
    replace: 'return key;',
  },
  'listed-may-be-gone': {
    file: 'src/transfer/listed-referrer.ts',
    says: 'goes on without what is listed and gone',
    find: 'export function isSaidToBeAbsent(error: unknown): boolean {',
    replace: 'export function isSaidToBeAbsent(error: unknown): boolean {\n  if (error !== undefined) return false;',
  },
  'referrers-of-referrers': {
    file: 'src/transfer/referrers.ts',
    says: 'carries what refers to a referrer',
    find: 'for (let depth = 0; depth < MAX_DEPTH && subjects.length > 0; depth++) {\n    const lists',
    replace: 'for (let depth = 0; depth < 1 && subjects.length > 0; depth++) {\n    const lists',
  },
  'pin-source': {
    file: 'src/promote/promote.ts',
    says: 'goes on with the digest that was resolved first',
    find: 'graph = loadGraph(source, (digest)',
    replace:
      "const first = source.manifest.kind === 'index' ? source.manifest.children[0]?.digest : undefined;\n    const config = await ports.source.getManifest(repository, first ?? source.digest).then(({ manifest }) => (manifest.kind === 'manifest' ? manifest.config : undefined));\n    if (config !== undefined) await ports.source.openBlob(repository, config).then((stream) => stream.destroy());\n    graph = loadGraph(await ports.source.resolve(request.source), (digest)",
  },
} as const satisfies Readonly<Record<string, Guard>>;
