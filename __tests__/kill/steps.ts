import { IMAGE, SBOM } from './sample.ts';

/** Where the promotion is killed: when a request arrives at a registry, or when it starts a tool for the n-th time with arguments like these. */
export type KillPoint =
  | {
      readonly kind: 'request';
      readonly side: 'source' | 'target' | 'databases';
      readonly method: string;
      readonly path: RegExp;
      /** Requests like it that are left alone first. */
      readonly skip?: number;
      /** Only such requests count that come after one like this. */
      readonly after?: { readonly method: string; readonly path: RegExp };
      /** Whether the request that the dead process sent does what it should. */
      readonly takesEffect: boolean;
    }
  | { readonly kind: 'tool'; readonly tool: 'trivy' | 'cosign'; readonly argument: string; readonly time: number };

/** One moment of a promotion at which its process gets a SIGKILL. */
export interface KillStep {
  readonly id: string;
  /** The moment, as the end of "killed …". */
  readonly says: string;
  readonly at: KillPoint;
  /** False: the target has no referrers API. */
  readonly referrersApi: boolean;
  /** What the rerun finds: only a request that took effect as the very last write leaves the tag; a channel stays what it was before. */
  readonly tag: 'absent' | 'former' | 'written';
  /** True: the image is scanned, as it always is in earnest; elsewhere that is left out. */
  readonly scans?: true;
  /** True: it is the real tool that starts, and stock cosign is asked in the end; elsewhere the tools are stood in for. */
  readonly hasRealTool?: true;
  /** True: the tag is a channel, which a promotion before this one wrote. */
  readonly isChannel?: true;
}

type Place = Omit<Extract<KillPoint, { kind: 'request' }>, 'kind' | 'takesEffect'>;

const step = { referrersApi: true, tag: 'absent' } as const;

function onRequest(id: string, says: string, place: Place): KillStep {
  return { ...step, id, says: `when ${says} arrives`, at: { kind: 'request', takesEffect: false, ...place } };
}

/** A write: killed before it took effect, and after. */
function onWrite(id: string, says: string, place: Omit<Place, 'side'>, changes: Partial<KillStep> = {}): KillStep[] {
  const at = { kind: 'request', side: 'target', ...place } as const;
  const common = { ...step, ...changes };
  return [
    {
      ...common,
      tag: common.isChannel ? 'former' : 'absent',
      id: `${id}-before`,
      says: `before ${says} takes effect`,
      at: { ...at, takesEffect: false },
    },
    {
      ...common,
      id: `${id}-after`,
      says: `after ${says} took effect, before its answer`,
      at: { ...at, takesEffect: true },
    },
  ];
}

function onTool(id: string, says: string, tool: 'trivy' | 'cosign', argument: string, time = 1): KillStep {
  return { ...step, id, says: `when ${says} starts`, at: { kind: 'tool', tool, argument, time } };
}

const digests = [...IMAGE.contents].flatMap(([digest, { kind }]) => (kind === 'manifest' ? [digest] : []));
const [child = ''] = digests;
const root = IMAGE.root.digest;
const known = [...digests, SBOM.root.digest].map((digest) => digest.slice('sha256:'.length)).join('|');
const manifest = (reference: string): RegExp => new RegExp(`/manifests/${reference}$`);
const EVIDENCE = manifest(`sha256:(?!${known})[a-f0-9]+`);
const UPLOADS = /\/blobs\/uploads\//;
const TAG = manifest('1');
const SCANS = { scans: true } as const;
const WITHOUT_API = { referrersApi: false } as const;
const CHANNEL = { isChannel: true } as const;

/** Every step of a promotion, in order; docs/reliability.md lists them. */
export const KILL_STEPS: readonly KillStep[] = [
  onTool('public-key', 'cosign public-key', 'cosign', 'public-key'),
  onRequest('ping-source', 'the first request to the source', { side: 'source', method: 'GET', path: /^\/v2\/$/ }),
  onRequest('resolve', 'the GET that resolves the source', { side: 'source', method: 'GET', path: TAG }),
  onRequest('ping-target', 'the first request to the target', { side: 'target', method: 'GET', path: /^\/v2\/$/ }),
  onRequest('look', 'the first look at the target tag', { side: 'target', method: 'HEAD', path: TAG }),
  onRequest('child', 'the GET of a child manifest', { side: 'source', method: 'GET', path: manifest(child) }),
  onRequest('blob', 'the GET of a blob', { side: 'source', method: 'GET', path: /\/blobs\// }),
  onRequest('source-referrers', 'the GET of the referrers at the source', {
    side: 'source',
    method: 'GET',
    path: /\/referrers\//,
  }),
  {
    ...onRequest('database', 'the GET of the vulnerability database', {
      side: 'databases',
      method: 'GET',
      path: /trivy-db\/blobs\//,
    }),
    ...SCANS,
  },
  ...onWrite('probe', 'the POST that tries the right to push', { method: 'POST', path: UPLOADS }),
  onRequest('probe-end', 'the DELETE of that try', { side: 'target', method: 'DELETE', path: UPLOADS }),
  { ...onTool('scan', 'Trivy, for the first platform,', 'trivy', '--input'), ...SCANS },
  { ...onTool('scan-next', 'Trivy, for the second platform,', 'trivy', '--input', 2), ...SCANS, hasRealTool: true },
  onRequest('blob-look', 'the look for a blob at the target', { side: 'target', method: 'HEAD', path: /\/blobs\// }),
  ...onWrite('upload', 'the POST of an upload', { method: 'POST', path: UPLOADS, skip: 1 }),
  ...onWrite('upload-bytes', 'the PATCH of an upload', { method: 'PATCH', path: UPLOADS }),
  ...onWrite('upload-end', 'the PUT of an upload', { method: 'PUT', path: UPLOADS }),
  ...onWrite('child-put', 'the PUT of a child manifest', { method: 'PUT', path: manifest(child) }),
  ...onWrite('root-put', 'the PUT of the index by digest', { method: 'PUT', path: manifest(root) }),
  ...onWrite('referrer-put', 'the PUT of a referrer of the source', {
    method: 'PUT',
    path: manifest(SBOM.root.digest),
  }),
  onTool('sign', 'cosign attest-blob, for the signature,', 'cosign', 'attest-blob'),
  onTool('attest', 'cosign attest-blob, for the record,', 'cosign', 'attest-blob', 2),
  ...onWrite('signature-put', 'the PUT of the signature', { method: 'PUT', path: EVIDENCE }),
  ...onWrite('record-put', 'the PUT of the record', { method: 'PUT', path: EVIDENCE, skip: 1 }),
  ...onWrite('summary-put', 'the PUT of the verification summary', { method: 'PUT', path: EVIDENCE, skip: 2 }),
  ...onWrite('scan-put', 'the PUT of the scan', { method: 'PUT', path: EVIDENCE, skip: 3 }, SCANS),
  onRequest('root-get', 'the GET of the index at the target', {
    side: 'target',
    method: 'GET',
    path: manifest(root),
    skip: 1,
  }),
  onTool('verify', 'cosign verify', 'cosign', 'verify'),
  onRequest('view', 'a read of the referrers for cosign', {
    side: 'target',
    method: 'GET',
    path: /\/referrers\//,
    skip: 1,
  }),
  { ...onTool('verify-record', 'cosign verify-attestation', 'cosign', 'verify-attestation'), hasRealTool: true },
  onRequest('refill', 'the look for what was collected', {
    side: 'target',
    method: 'HEAD',
    path: manifest(root),
    skip: 1,
  }),
  onRequest('commit-look', 'the last look at the target tag', { side: 'target', method: 'HEAD', path: TAG, skip: 1 }),
  ...onWrite('tag', 'the PUT of the tag', { method: 'PUT', path: TAG }, { ...SCANS, tag: 'written' }),
  {
    ...onRequest('read-back', 'the read-back of the tag', {
      side: 'target',
      method: 'HEAD',
      path: TAG,
      after: { method: 'PUT', path: TAG },
    }),
    tag: 'written',
  },
  ...onWrite(
    'fallback',
    'the PUT of the fallback index',
    { method: 'PUT', path: manifest('sha256-[a-f0-9]+') },
    WITHOUT_API,
  ),
  ...onWrite(
    'unlisted-tag',
    'the PUT of the tag, without a referrers API,',
    { method: 'PUT', path: TAG },
    { ...WITHOUT_API, tag: 'written' },
  ),
  {
    ...onRequest('move-look', 'the last look at a channel', { side: 'target', method: 'HEAD', path: TAG, skip: 1 }),
    ...CHANNEL,
    tag: 'former',
  },
  ...onWrite('move', 'the PUT of a channel', { method: 'PUT', path: TAG }, { ...CHANNEL, tag: 'written' }),
  {
    ...onRequest('move-read-back', 'the read-back of a channel', {
      side: 'target',
      method: 'HEAD',
      path: TAG,
      after: { method: 'PUT', path: TAG },
    }),
    ...CHANNEL,
    tag: 'written',
  },
];
