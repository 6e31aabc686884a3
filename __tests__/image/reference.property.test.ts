import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Digest, digestAlgorithm, digestHex, isDigest, parseDigest } from '../../src/image/digest.ts';
import { ImageError } from '../../src/image/error.ts';
import {
  formatReference,
  isRegistryHost,
  parseReference,
  parseRepository,
  pathOf,
  pinReference,
  registryOf,
} from '../../src/image/reference.ts';
import { allow, hold, holdLong, mutate } from '../property-runs.ts';

/** The grammar of https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests, as it is written there. */
const NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const DIGEST = /^(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;

const hosts = fc.stringMatching(/^([a-z0-9]{1,5}(\.[a-z0-9]{1,5}){1,2}(:[1-9][0-9]{0,3})?|localhost)$/);
const paths = fc.stringMatching(/^[a-z0-9]{1,4}((\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}(\/[a-z0-9]{1,4}){0,3}$/);
const tags = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
const digests = fc.stringMatching(DIGEST) as fc.Arbitrary<Digest>;
const references = fc
  .tuple(hosts, paths, fc.option(tags), fc.option(digests))
  .filter(([host, , tag, digest]) => isRegistryHost(host) && (tag ?? digest) !== null)
  .map(([host, path, tag, digest]) => ({ host, path, tag, digest }));
const write = ({
  host,
  path,
  tag,
  digest,
}: {
  host: string;
  path: string;
  tag: string | null;
  digest: string | null;
}) => `${host}/${path}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;

describe('any reference', () => {
  it('comes back as it was written', () => {
    hold(references, (parts) => {
      expect(formatReference(parseReference(write(parts)))).toBe(write(parts));
    });
  });

  it('is taken apart into what it was made of', () => {
    hold(references, (parts) => {
      const { repository, ...rest } = parseReference(write(parts));
      expect([registryOf(repository), pathOf(repository)]).toEqual([parts.host, parts.path]);
      expect(rest.tag ?? null).toBe(parts.tag);
      expect(rest.kind).toBe(parts.digest === null ? 'tag' : 'digest');
    });
  });

  it('stays the same when it is pinned to the digest it has', () => {
    hold(fc.tuple(references, digests), ([parts, digest]) => {
      const pinned = pinReference(parseReference(write(parts)), digest);
      expect(parseReference(formatReference(pinned))).toEqual(pinned);
    });
  });

  it('is valid only by the grammar of the specification, and has a normal form that stays', () => {
    hold(mutate(references.map(write)), (text) => {
      const reference = allow([ImageError], () => parseReference(text));
      if (reference === undefined) return;
      const normal = formatReference(reference);
      expect(pathOf(reference.repository)).toMatch(NAME);
      if (reference.tag !== undefined) expect(reference.tag).toMatch(TAG);
      if (reference.kind === 'digest') expect(reference.digest).toMatch(DIGEST);
      expect(parseReference(normal)).toEqual(reference);
      expect(normal.toLowerCase().replace('docker.io/library/', 'docker.io/')).toBe(
        text.toLowerCase().replace('docker.io/library/', 'docker.io/'),
      );
    });
  });

  it('has a path that is valid wherever the specification says so', () => {
    hold(mutate(paths, ['a', '-', '_', '.', '/', 'A', ':', '']), (path) => {
      const isValid = NAME.test(path) && path.length <= 255;
      expect(allow([ImageError], () => parseRepository(`r.example/${path}`)) !== undefined).toBe(isValid);
    });
  });

  it('has a tag that is valid wherever the specification says so', () => {
    hold(mutate(tags), (tag) => {
      const reference = allow([ImageError], () => parseReference(`r.example/app:${tag}`));
      expect(reference?.kind === 'tag').toBe(TAG.test(tag));
    });
  });

  it('has a registry that can be asked', () => {
    hold(
      mutate(hosts, ['.', '-', ':', '[', ']', '0x', '256.', ':99999', '', '_', '%', '@', '\\', '#', '\t']),
      (host) => {
        if (!isRegistryHost(host)) return;
        const { username, pathname, search, hash } = new URL(`https://${host}/v2/`);
        expect([username, pathname, search, hash]).toEqual(['', '/v2/', '', '']);
      },
    );
  });

  it('is parsed or refused quickly, however long', () => {
    holdLong(['r.io/', 'r.io/a', 'r.io/a:', 'r.io/a@sha256:', '['], (text) => {
      expect(allow([ImageError], () => parseReference(text))).toBeUndefined();
    });
  });
});

describe('any digest', () => {
  it('is one exactly by the grammar of the registered algorithms', () => {
    hold(mutate(digests, ['A', 'a', 'g', ':', '', '\n', 'sha256:', 'sha384:', '__proto__:', ' ']), (text) => {
      expect(isDigest(text)).toBe(DIGEST.test(text) && !text.endsWith('\n'));
    });
  });

  it('comes back from its parts', () => {
    hold(digests, (text) => {
      const digest = parseDigest(text);
      expect(`${digestAlgorithm(digest)}:${digestHex(digest)}`).toBe(text);
    });
  });
});
