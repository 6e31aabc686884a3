import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { UsageError } from '../../src/base/error.ts';
import { asksRegistries } from '../../src/check/asks-registries.ts';
import { type CheckRoom, openCheckRoom } from './check-room.ts';

let room: CheckRoom;
beforeEach(async () => {
  room = await openCheckRoom({ 'compose.yml': 'services: {}\n' });
});
afterEach(() => room.remove());

const tell = async (inputs: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  try {
    await room.read(inputs);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.problems.map(({ where, message }) => `${where} ${message}`);
  }
};

describe('what is to be checked', () => {
  it('is everything, by the defaults, where nothing is said', async () => {
    const request = await room.read();
    expect(request.things).toEqual({ kind: 'files', files: ['compose.yml'], excluded: [] });
    expect(request.policy.images).toMatchObject({ requireDigest: true, verify: 'off', scan: 'off', allow: [] });
    expect(asksRegistries(request.policy)).toBe(false);
  });

  it('is held against the policy of the environment', async () => {
    await room.write({
      '.github/promote-image.yml':
        'version: 1\nimages: { requireDigest: false }\nenvironments: { production: { images: { requireDigest: true, verify: exists } } }\n',
    });
    expect((await room.read()).policy.images).toMatchObject({ requireDigest: false, verify: 'off' });
    const { policy } = await room.read({ environment: 'production' });
    expect(policy.images).toMatchObject({ requireDigest: true, verify: 'exists' });
    expect(asksRegistries(policy)).toBe(true);
    expect(await tell({ environment: 'prod' })).toEqual([expect.stringContaining('does not define')]);
    expect(await tell({ environment: 'production', 'require-digest': 'false', verify: 'off' })).toHaveLength(2);
  });

  it('is scanned by the rules of the scan, whatever that is for promotions', async () => {
    const policy = 'version: 1\nscan: { mode: off, severity: [CRITICAL, HIGH], from: sbom }\n';
    const { scan } = (await room.read({ policy, scan: 'enforce' })).policy;
    expect(scan).toMatchObject({ mode: 'enforce', severity: ['CRITICAL', 'HIGH'], from: 'image' });
    expect(await tell({ policy, scan: 'enforce', severity: 'CRITICAL' })).toEqual([
      expect.stringContaining('leaves out HIGH'),
    ]);
  });
});

describe('wrong use', () => {
  it.each<[Readonly<Record<string, string>>, string]>([
    [{ environment: 'production' }, 'and there is no policy'],
    [{ files: 'gone/*.yml' }, 'matches no file'],
    [{ 'allow-registries': '*' }, 'input allow-registries names "*"'],
    [{ 'forbid-tags': 'a b' }, 'input forbid-tags names "a b"'],
    [{ verify: 'yes' }, 'input verify must be one of off, exists, signed, promoted'],
    [{ scan: 'on' }, 'input scan must be one of'],
    [{ verify: 'promoted' }, 'nothing else says whom verify: promoted is to trust'],
    [{ verify: 'signed' }, 'nothing else says whom verify: signed is to trust'],
    [{ 'require-digets': 'true' }, 'is not an input of this action'],
    [{ policy: 'version: 1\nimages: { requireDigest: yes please }' }, 'input policy:2:26'],
    [{ policy: 'version: 1\nimages: { verify: signd }' }, 'input policy:2:19'],
    [{ timeout: 'soon' }, 'input timeout'],
  ])('is told before anything is looked at: %j', async (inputs, told) => {
    expect(await tell(inputs)).toEqual([expect.stringContaining(told)]);
  });

  it('is a signer that nothing is verified by', async () => {
    const { publicKey } = await makeKeyPair();
    expect(await tell({ key: publicKey })).toEqual([expect.stringContaining('with verify: off no signature')]);
    expect(await tell({ key: publicKey, verify: 'signed' })).toEqual([]);
  });

  it('is not a policy that names signers of the role', async () => {
    const { publicKey } = await makeKeyPair();
    await room.write({ 'a.pub': publicKey });
    const policy = (role: string): string => `version: 1\nsigners: [{ role: ${role}, key: a.pub }]\n`;
    expect(await tell({ verify: 'signed', policy: policy('source') })).toEqual([]);
    expect(await tell({ verify: 'promoted', policy: policy('source') })).toHaveLength(1);
    expect(await tell({ verify: 'promoted', policy: policy('promotion') })).toEqual([]);
  });

  it('is told all at once', async () => {
    expect(await tell({ files: 'gone', verify: 'yes', timeout: 'soon' })).toHaveLength(3);
  });
});
