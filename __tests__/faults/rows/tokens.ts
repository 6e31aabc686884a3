import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { LOGIN, WITH_TOKENS, type World } from '../world.ts';

const AREA = 'Logins and tokens';
const PATCH: Fault = { method: 'PATCH', path: /uploads/, times: 1 };
const TAG_PUT: Fault = { method: 'PUT', path: /manifests\/1$/, times: 1 };
const LAYER: Fault = { method: 'GET', path: /\/blobs\//, skip: 1, times: 1 };
const withChallenge = (error: string, scope: string): Fault['headers'] => ({
  'WWW-Authenticate': `Bearer realm="http://REALM/token",service="lab",scope="${scope}",error="${error}"`,
});
const basic = { auth: { kind: 'basic', ...LOGIN } } as const;

/** A token that goes bad at this request, as when a registry restarts with another key. */
const revokedAt =
  (fault: Fault) =>
  (world: World): readonly Fault[] => [
    {
      ...fault,
      before: () => {
        for (const each of [world.source, world.target]) each.revokeTokens();
      },
    },
  ];

/** A challenge that names the registry's own token service. */
const challenged =
  (fault: Fault, error: string, scope: string) =>
  (world: World): readonly Fault[] => [
    {
      ...fault,
      headers: {
        'WWW-Authenticate': withChallenge(error, scope)?.['WWW-Authenticate']?.replace('REALM', world.target.host),
      },
    },
  ];

/** Tokens asked for while the row ran: more than a handful is a loop. */
const hasFewTokens = (world: World): readonly string[] => {
  const count = [world.source, world.target].reduce((sum, { log }) => sum + log.find('GET', /^\/token/).length, 0);
  return count > 24 ? [`${count} tokens were asked for`] : [];
};

export const TOKEN_ROWS: readonly FaultRow[] = [
  {
    id: 'token-revoked-upload',
    area: AREA,
    says: 'the target forgets its tokens in the middle of an upload: the upload starts over with a new one',
    guard: 'renew-token',
    world: { target: WITH_TOKENS },
    faults: revokedAt(PATCH),
    ends: 'promoted',
  },
  {
    id: 'token-revoked-tag',
    area: AREA,
    says: 'the target forgets its tokens just before the tag is written',
    guard: 'renew-token',
    world: { target: WITH_TOKENS },
    faults: revokedAt(TAG_PUT),
    ends: 'promoted',
  },
  {
    id: 'token-revoked-layer',
    area: AREA,
    says: 'the source forgets its tokens between two layers',
    guard: 'renew-token',
    world: { source: WITH_TOKENS },
    side: 'source',
    faults: revokedAt(LAYER),
    ends: 'promoted',
  },
  {
    id: 'token-never-good',
    area: AREA,
    says: 'the token service hands out tokens that the registry does not take: it is asked twice, not for ever',
    guard: 'renew-once',
    world: { target: WITH_TOKENS },
    faults: challenged(
      { method: 'POST', path: /uploads/, status: 401 },
      'invalid_token',
      'repository:prod/web:pull,push',
    ),
    ends: { failed: 'UNAUTHORIZED' },
    findWrong: hasFewTokens,
  },
  {
    id: 'insufficient-scope-401',
    area: AREA,
    says: 'the registry finds that the scope of a token is not enough, with 401, and says what is',
    guard: 'renew-token',
    world: { target: WITH_TOKENS },
    faults: challenged({ ...PATCH, status: 401 }, 'insufficient_scope', 'repository:prod/web:pull,push,delete'),
    ends: 'promoted',
  },
  {
    id: 'insufficient-scope-403',
    area: AREA,
    says: 'the registry finds that the scope of a token is not enough, with 403, and says what is',
    guard: 'renew-403',
    world: { target: WITH_TOKENS },
    faults: challenged({ ...PATCH, status: 403 }, 'insufficient_scope', 'repository:prod/web:pull,push,delete'),
    ends: 'promoted',
  },
  {
    id: 'may-only-pull',
    area: AREA,
    says: 'the account may only pull at the target: told before a byte is copied',
    guard: 'probe-first',
    world: { scans: true, target: { auth: { kind: 'bearer', ...LOGIN, push: 'denied' } } },
    faults: [{ method: 'POST', path: /uploads/, before: () => undefined }],
    ends: { failed: 'UNAUTHORIZED' },
    rerunEnds: 'none',
    findWrong: (_world, { outcome }) => (outcome.scan === undefined ? [] : ['the image was scanned first']),
  },
  {
    id: 'basic',
    area: AREA,
    says: 'registries that want a name and a password with each request',
    guard: 'answer-basic',
    world: { source: basic, target: basic },
    faults: [{ method: 'PUT', path: /manifests\/1$/, before: () => undefined }],
    ends: 'promoted',
  },
  {
    id: 'wrong-password',
    area: AREA,
    says: 'a wrong password for the target: told before anything is read',
    guard: 'refuse-401',
    world: { target: { auth: { kind: 'bearer', ...LOGIN } }, inputs: { 'target-password': 'wrong' } },
    faults: [{ method: 'GET', path: /^\/token/, before: () => undefined }],
    ends: { failed: 'UNAUTHORIZED' },
    rerun: { 'target-password': LOGIN.password },
  },
  {
    id: 'token-without-token',
    area: AREA,
    says: 'the token service answers 200 without a token',
    guard: 'token-is-there',
    world: { target: WITH_TOKENS },
    faults: [{ method: 'GET', path: /^\/token/, body: '{"expires_in":300}' }],
    ends: { failed: 'PROTOCOL' },
  },
  {
    id: 'token-with-line-break',
    area: AREA,
    says: 'the token service sends a token that would break out of its header',
    guard: 'token-is-there',
    world: { target: WITH_TOKENS },
    faults: [{ method: 'GET', path: /^\/token/, body: '{"token":"a\\r\\nX-Evil: 1"}' }],
    ends: { failed: 'PROTOCOL' },
  },
];
