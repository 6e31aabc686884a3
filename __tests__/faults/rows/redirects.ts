import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { LOGIN, WITH_TOKENS, type World } from '../world.ts';

const AREA = 'Redirects and addresses';
const BLOB = /^\/v2\/dev\/web\/blobs\//;
const both = { source: WITH_TOKENS, elsewhere: {} } as const;

/** What must not have happened: a request to the other host that carries credentials. */
const findLeak = ({ elsewhere }: World): readonly string[] =>
  (elsewhere?.log.entries ?? []).flatMap(({ method, path, authorizationScheme }) =>
    authorizationScheme === undefined ? [] : [`${method} ${path} took ${authorizationScheme} credentials elsewhere`],
  );

const findVisit = (world: World): readonly string[] => [
  ...findLeak(world),
  ...((world.elsewhere?.log.entries.length ?? 0) === 0 ? [] : ['the other host was visited']),
];

const wasVisited = (world: World): readonly string[] => [
  ...findLeak(world),
  ...((world.elsewhere?.log.entries.length ?? 0) === 0 ? ['the other host was never visited'] : []),
];

/** Sends every request of this kind to the same path at the other host. */
const toElsewhere =
  (fault: Fault, path: string) =>
  ({ elsewhere }: World): readonly Fault[] => [
    { status: 307, headers: { Location: `${elsewhere?.url}${path}` }, ...fault },
  ];

const LOOPBACK_ONLY: readonly FaultRow[] = [
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/',
  'http://metadata.google.internal/',
].map((address, i) => ({
  ...{ id: `redirect-metadata-${i}`, area: AREA, says: `the source redirects a layer to ${address}` },
  ...{ guard: 'redirect-stays-out', side: 'source', ends: { failed: 'REDIRECT_REFUSED' } },
  faults: [{ method: 'GET', path: BLOB, status: 307, headers: { Location: address } }],
}));

const stoppedAtOnce: FaultRow['findWrong'] = (_world, { outcome }) =>
  String(outcome.error).includes(' to POST ') ? [] : ['bytes were sent to nowhere'];

export const REDIRECT_ROWS: readonly FaultRow[] = [
  {
    id: 'cdn',
    area: AREA,
    says: 'the source keeps its layers at another host: they are read there, without our token',
    guard: 'redirect-without-secrets',
    world: both,
    side: 'source',
    faults: ({ elsewhere, image }) =>
      [...image.contents.keys()]
        .map(
          (digest): Fault => ({
            method: 'GET',
            path: new RegExp(`/dev/web/blobs/${digest}`),
            status: 307,
            headers: { Location: `${elsewhere?.url}/v2/dev/web/blobs/${digest}` },
          }),
        )
        .filter(({ path }) =>
          [...image.contents].some(([digest, { kind }]) => kind === 'blob' && path?.source.includes(digest)),
        ),
    ends: 'promoted',
    findWrong: wasVisited,
  },
  {
    id: 'cdn-gone',
    area: AREA,
    says: 'the other host has lost a layer: named by where it was looked for',
    guard: 'blob-status',
    world: both,
    side: 'source',
    faults: toElsewhere({ method: 'GET', path: BLOB }, '/v2/dev/web/blobs/sha256:00'),
    ends: { failed: 'PROTOCOL' },
    findWrong: wasVisited,
  },
  {
    id: 'upload-elsewhere',
    area: AREA,
    says: 'the target sends an upload to another host, where nobody knows of it: it starts over, and our token stays here',
    guard: 'authorises-own-origin',
    world: { target: WITH_TOKENS, elsewhere: {} },
    faults: ({ elsewhere }) => [
      {
        method: 'POST',
        path: /uploads\/$/,
        skip: 1,
        times: 1,
        status: 202,
        headers: { Location: `${elsewhere?.url}/v2/x/blobs/uploads/none` },
      },
    ],
    ends: 'promoted',
    findWrong: wasVisited,
  },
  {
    id: 'put-redirect-303',
    area: AREA,
    says: 'the target answers the write of a manifest with a redirect that would turn it into a read',
    guard: 'redirect-keeps-method',
    faults: [{ method: 'PUT', path: /manifests\/sha256/, status: 303, headers: { Location: '/v2/' } }],
    ends: { failed: 'REDIRECT_REFUSED' },
  },
  {
    id: 'tag-redirect-elsewhere',
    area: AREA,
    says: 'the target sends the write of the tag to another host: without our token it fails there',
    guard: 'redirect-without-secrets',
    world: { target: WITH_TOKENS, elsewhere: { auth: { kind: 'bearer', ...LOGIN } } },
    faults: toElsewhere({ method: 'PUT', path: /manifests\/1$/ }, '/v2/prod/web/manifests/1'),
    ends: { failed: 'UNAUTHORIZED' },
    findWrong: wasVisited,
  },
  {
    id: 'referrers-to-web-page',
    area: AREA,
    says: 'the source sends the question for referrers to a web page of another host (GHCR): it is not followed, and the fallback tag is asked',
    guard: 'referrers-stay',
    world: { ...both, source: { ...WITH_TOKENS, referrersApi: false } },
    side: 'source',
    faults: toElsewhere({ method: 'GET', path: /referrers/, status: 303 }, '/-/v2/dev/web/referrers/x'),
    ends: 'promoted',
    findWrong: findVisit,
  },
  {
    id: 'realm-metadata',
    area: AREA,
    says: 'the target names the address of the cloud metadata as its token service',
    guard: 'redirect-stays-out',
    world: { target: WITH_TOKENS },
    faults: [
      {
        method: 'GET',
        path: /^\/v2\/$/,
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer realm="http://169.254.169.254/token",service="x"' },
      },
    ],
    ends: { failed: 'REDIRECT_REFUSED' },
  },
  {
    id: 'realm-file',
    area: AREA,
    says: 'the target names a file as its token service',
    guard: 'redirect-stays-out',
    world: { target: WITH_TOKENS },
    faults: [
      {
        method: 'GET',
        path: /^\/v2\/$/,
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer realm="file:///etc/passwd",service="x"' },
      },
    ],
    ends: { failed: 'REDIRECT_REFUSED' },
  },
  {
    id: 'no-address',
    area: AREA,
    says: 'the target sends a Location that is no address',
    guard: 'address-parses',
    faults: [{ method: 'POST', path: /uploads\/$/, skip: 1, headers: { Location: 'http://[' } }],
    ends: { failed: 'PROTOCOL' },
    findWrong: (_world, { outcome }) =>
      String(outcome.error).includes('is not an address') ? [] : ['bytes were sent to nowhere'],
  },
  {
    id: 'no-location',
    area: AREA,
    says: 'the target opens an upload without saying where',
    guard: 'session-status',
    faults: [{ method: 'POST', path: /uploads\/$/, skip: 1, headers: { Location: undefined } }],
    ends: { failed: 'PROTOCOL' },
    findWrong: stoppedAtOnce,
  },
  ...LOOPBACK_ONLY,
];
