import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startVault, type Vault } from '../../lab/vault.ts';
import { endOf, errorsOf, type PromoteStep, refusalsOf, refused, success } from './fixture.ts';
import { RECORD_TYPE, verifyAttestation, verifySignature } from './fixture-target.ts';
import { pushSource, setTrustScene, type TrustScene } from './trust-fixture.ts';

let scene: TrustScene<'promoter'>;
let vault: Vault;

beforeAll(async () => {
  [scene, vault] = await Promise.all([setTrustScene(), startVault(['dev', 'release', 'stranger'])]);
}, 60_000);

afterAll(() => Promise.all([scene?.close(), vault?.close()]));

function demand(key: string): PromoteStep {
  return {
    inputs: { 'cosign-key': 'hashivault://release' },
    policy: { signers: [{ role: 'source', key }] },
    env: { ...vault.env, COSIGN_PRIVATE_KEY: '' },
  };
}

describe.each(['olareg', 'distribution'] as const)('a key in a Vault, with images at %s', (where) => {
  it('signs what is promoted, and says whether the source is signed by another', async () => {
    const { host } = scene.registries[where];
    const place = await pushSource(host, 'web');
    const stock = ['--signing-config', 'services.json', '--trusted-root', 'root.json'];
    await scene.cosignWith(vault.env, 'sign', '-y', '--key', 'hashivault://dev', ...stock, place);
    const before = vault.requests().length;
    const promoted = await scene.promote(`${host}/dev/web:1`, `${host}/prod/web:1`, demand('hashivault://dev'));
    expect(endOf(promoted)).toEqual(success('promoted'));
    expect(vault.requests().slice(before)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/ \/v1\/transit\/sign\/release\S* 200$/),
        expect.stringMatching(/ \/v1\/transit\/\S*dev\S* 200$/),
      ]),
    );
    const publicKey = vault.publicKeyOf('release');
    const annotations = { target: `${host}/prod/web:1` };
    expect(await verifySignature(`${host}/prod/web:1`, publicKey, annotations)).toMatchObject({ code: 0 });
    expect(await verifyAttestation(`${host}/prod/web:1`, publicKey, RECORD_TYPE)).toMatchObject({ code: 0 });
    const flags = ['--key', 'hashivault://release', '--insecure-ignore-tlog=true', '--trusted-root', 'root.json'];
    await scene.cosignWith(vault.env, 'verify', ...flags, `${host}/prod/web:1`);
    expect(promoted.log).not.toMatch(new RegExp(`^(?!::add-mask::).*${vault.env.VAULT_TOKEN}`, 'm'));

    const other = await scene.promote(`${host}/dev/web:1`, `${host}/prod/other:1`, demand('hashivault://stranger'));
    expect(endOf(other)).toEqual(refused('SOURCE_UNSIGNED'));
    expect(refusalsOf(other)[0]?.message).toMatch(/a signature by hashivault:\/\/stranger.*Found instead: One by/);
  }, 60_000);

  it('that cannot be asked decides nothing, and nothing is written', async () => {
    const { host } = scene.registries[where];
    const wrong = { ...demand('hashivault://dev'), env: { ...vault.env, VAULT_TOKEN: 'hvs.wrong' } };
    const step = await scene.promote(`${host}/dev/web:1`, `${host}/prod/undecided:1`, wrong);
    expect([step.code, step.outputs.result]).toEqual([1, 'failed']);
    expect(errorsOf(step).map(({ message }) => message)).toEqual([expect.stringMatching(/permission denied/)]);
    const log = await scene.registries[where].log();
    const written = log.filter(({ method, path }) => path.includes('/prod/undecided/') && !/GET|HEAD/.test(method));
    expect(written).toEqual([]);
  }, 60_000);
});
