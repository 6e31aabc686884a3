import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRegistryHost, parseRepository } from '../../src/image/reference.ts';
import { credentialKeys, normalizeKey } from '../../src/registry/credential-key.ts';
import { parseDockerConfig } from '../../src/registry/docker-config.ts';
import { RegistryError } from '../../src/registry/error.ts';
import { allow, hold, holdLong, mutate } from '../property-runs.ts';

const hosts = fc.stringMatching(/^[a-z]{1,3}\.[a-z]{2,3}(:[1-9][0-9]{1,3})?$/).filter(isRegistryHost);
const paths = fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3}){0,3}$/);
const names = fc.stringMatching(/^[^:\0]{1,8}$/u).filter((name) => name.isWellFormed());
const secrets = fc.string({ unit: 'grapheme' }).filter((text) => !text.endsWith('\0') && text.isWellFormed());
const decorate = fc.constantFrom<(key: string) => string>(
  (key) => key,
  (key) => `https://${key}`,
  (key) => `http://${key}/`,
  (key) => `HTTPS://${key}//`,
);
const parse = (value: unknown) => parseDockerConfig(JSON.stringify(value), 'config.json');

describe('any entry of a Docker config', () => {
  it('comes back from base64 as it was given', () => {
    hold(fc.tuple(hosts, names, secrets), ([host, username, password]) => {
      const auth = Buffer.from(`${username}:${password}`).toString('base64');
      expect(parse({ auths: { [host]: { auth } } }).auths.get(host)).toEqual({ username, password, identityToken: '' });
    });
  });

  it('is found by its own repository, however its key is written', () => {
    hold(fc.tuple(hosts, paths, decorate), ([host, path, write]) => {
      const { credHelpers } = parse({ credHelpers: { [write(host)]: 'h', [write(`${host}/${path}`)]: 'p' } });
      const keys = credentialKeys(parseRepository(`${host}/${path}`));
      expect(keys.map((key) => credHelpers.get(key)).filter(Boolean)).toEqual(['p', 'h']);
    });
  });

  it('is never found by a host or path that only begins, ends or goes on like its own', () => {
    const near = fc.constantFrom<(key: string) => string>(
      (key) => `x${key}`,
      (key) => `${key}x`,
      (key) => `${key}:1`,
      (key) => `x.${key}`,
      (key) => `${key}.x`,
      (key) => key.slice(1),
      (key) => key.slice(0, -1),
      (key) => `e.x/${key.replace(':', '-')}`,
      (key) => `u@${key}`,
    );
    hold(fc.tuple(hosts, paths, near, decorate), ([host, path, spoil, write]) => {
      const keys = credentialKeys(parseRepository(`${host}/${path}`));
      for (const key of [spoil(host), spoil(`${host}/${path}`)]) {
        const own = `${host}/${path}`;
        const isParent = `${own}/`.startsWith(`${key.replace(/\/$/, '')}/`);
        if (!isParent) expect(keys).not.toContain(normalizeKey(write(key)));
      }
    });
  });

  it('has a key in a normal form that stays', () => {
    const keys = fc.constantFrom(
      'https://index.docker.io/v1/',
      'r.example:5000/a/b',
      'HTTP://R.example/v2',
      'docker.io',
    );
    hold(mutate(keys), (key) => {
      const normal = normalizeKey(key);
      // A key may itself begin with another scheme; once it is bare, it stays so.
      const bare = normalizeKey(normalizeKey(normal));
      expect(normalizeKey(bare)).toBe(bare);
    });
  });
});

describe('any Docker config', () => {
  const config = JSON.stringify({
    auths: {
      'https://index.docker.io/v1/': { auth: 'dXNlcjpwYXNz' },
      'r.example': { identitytoken: 'hunter2hunter2' },
    },
    credHelpers: { 'gcr.io': 'gcloud' },
    credsStore: 'desktop',
  });

  it('is read or refused, and never quoted where it is refused', () => {
    hold(mutate(fc.constant(config)), (text) => {
      try {
        parseDockerConfig(text, 'config.json');
      } catch (error) {
        expect(error).toBeInstanceOf(RegistryError);
        expect((error as RegistryError).code).toBe('CREDENTIALS');
        expect(String((error as RegistryError).message)).not.toMatch(/dXNlcjpwYXNz|hunter2/);
      }
    });
  });

  it('is read or refused, whatever its values are', () => {
    const shapes = fc.record({
      auths: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())),
      credHelpers: fc.jsonValue(),
    });
    hold(shapes, (value) => {
      allow([RegistryError], () => parse(value));
    });
  });

  it('is read quickly, however long', () => {
    holdLong(['https://', 'a/', 'r.io/v1', ' '], (key) => {
      allow([RegistryError], () => parse({ auths: { [key]: { auth: key } }, credHelpers: { [key]: 'x' } }));
    });
  });
});
