import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from '../../src/image/digest.ts';
import { ImageError } from '../../src/image/error.ts';
import { isContainerImage, type Manifest, parseManifest } from '../../src/image/manifest.ts';
import {
  DOCKER_LIST,
  isIndexType,
  isLayerType,
  MANIFEST_TYPES,
  OCI_INDEX,
  OCI_MANIFEST,
} from '../../src/image/media-type.ts';
import { formatPlatform } from '../../src/image/platform.ts';
import { parseStrictJson } from '../../src/image/strict-json.ts';
import { allow, hold, holdLong, mutate, NASTY } from '../property-runs.ts';

const types = fc.constantFrom(...MANIFEST_TYPES, 'application/vnd.oci.image.layer.v1.tar+gzip', 'text/html');
const platforms = fc.record(
  { os: fc.string(), architecture: fc.string(), variant: fc.string(), 'os.version': fc.string() },
  { requiredKeys: [] },
);
const descriptors = fc.record(
  {
    mediaType: types,
    digest: fc.string().map(digestOf),
    size: fc.maxSafeNat(),
    annotations: fc.dictionary(fc.string(), fc.string()),
    platform: platforms,
  },
  { requiredKeys: ['mediaType', 'digest', 'size'] },
);
const common = { schemaVersion: fc.constant(2), annotations: fc.dictionary(fc.string(), fc.string()) };
const indexes = fc.record({
  ...common,
  mediaType: fc.constantFrom(OCI_INDEX, DOCKER_LIST),
  manifests: fc.array(descriptors),
});
const images = fc.record({
  ...common,
  mediaType: fc.constant(OCI_MANIFEST),
  config: descriptors,
  layers: fc.array(descriptors),
});
const manifests = fc.oneof(indexes, images);
const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const blobsOf = (manifest: Manifest) =>
  manifest.kind === 'index' ? manifest.children : [manifest.config, ...manifest.layers];

/** Valid manifests in which one value, anywhere, became any other. */
const poisoned = fc
  .tuple(manifests, fc.nat(), fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(-1, 0.5, 2 ** 53, '', [], {}, null)))
  .map(([manifest, choice, poison]) => {
    let count = 0;
    const places = JSON.stringify(manifest).match(/[^:,[{]+(?=[,}\]])/g)?.length ?? 1;
    return JSON.stringify(manifest, (_, value: unknown) => (count++ === choice % (places + 1) ? poison : value));
  });

describe('any manifest', () => {
  it('says what was written', () => {
    hold(manifests, (json) => {
      const parsed = parseManifest(encode(json), json.mediaType);
      const written = 'manifests' in json ? json.manifests : [json.config, ...json.layers];
      expect(blobsOf(parsed).map(({ digest, size }) => ({ digest, size }))).toEqual(
        written.map(({ digest, size }) => ({ digest, size })),
      );
      expect(parsed.annotations).toEqual(json.annotations);
    });
  });

  it('is read or refused, whatever one of its values becomes', () => {
    hold(poisoned, (text) => {
      const parsed = allow([ImageError], () => parseManifest(Buffer.from(text), undefined));
      for (const { size, digest } of parsed === undefined ? [] : blobsOf(parsed)) {
        expect([Number.isSafeInteger(size), size >= 0, digest]).toEqual([true, true, expect.stringMatching(/^sha/)]);
      }
    });
  });

  it('is read or refused, whatever happens to its text', () => {
    hold(mutate(manifests.map((json) => JSON.stringify(json))), (text) => {
      allow([ImageError], () => parseManifest(Buffer.from(text), undefined));
    });
  });

  it('is read or refused, whatever happens to its bytes', () => {
    hold(fc.tuple(manifests, fc.nat(), fc.uint8Array({ maxLength: 4 })), ([json, at, poison]) => {
      const bytes = Buffer.from(encode(json));
      bytes.set(poison, Math.max(0, (at % bytes.length) - poison.length));
      allow([ImageError], () => parseManifest(bytes, undefined));
    });
  });

  it('names its platforms on one line that shows what it says', () => {
    hold(fc.tuple(mutate(fc.constant('linux')), mutate(fc.constant('amd64')), indexes, descriptors), (parts) => {
      const [os, architecture, index, child] = parts;
      const json = { ...index, manifests: [{ ...child, platform: { os, architecture } }] };
      const parsed = parseManifest(encode(json), undefined);
      for (const { platform } of blobsOf(parsed)) {
        expect(platform === undefined ? '' : formatPlatform(platform)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }
    });
  });

  it('is refused with a short message, however long what is wrong in it', () => {
    const places = ['digest', 'mediaType', 'size', 'schemaVersion', 'data'];
    holdLong(
      ['b.', 'a://', 'https://u:p@'],
      (text) => {
        for (const place of places) {
          const child = { mediaType: OCI_MANIFEST, digest: digestOf(''), size: 0, [place]: text };
          const json = {
            schemaVersion: 2,
            mediaType: OCI_INDEX,
            manifests: [child],
            ...(place === 'schemaVersion' && { [place]: text }),
          };
          const error = catchError(() => parseManifest(encode(json), undefined));
          if (place !== 'mediaType') expect(error.message.length).toBeLessThan(300);
        }
      },
      NASTY.filter((text) => text.isWellFormed()),
    );
  });
});

describe('any JSON', () => {
  it('means to a strict reader what it means to every other', () => {
    hold(fc.jsonValue({ depthSize: 'medium', maxDepth: 20 }), (value) => {
      const text = JSON.stringify(value);
      expect(parseStrictJson(Buffer.from(text))).toEqual(JSON.parse(text));
      expect(parseStrictJson(Buffer.from(JSON.stringify(value, null, 2)))).toEqual(JSON.parse(text));
    });
  });

  it('is refused when a key stands twice in one object, in whatever spelling', () => {
    const spell = (key: string) =>
      key.replace(/./su, (c) =>
        [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
      );
    hold(
      fc.tuple(
        fc.string({ minLength: 1 }).map((key) => JSON.stringify(key).slice(1, -1)),
        fc.jsonValue(),
      ),
      ([key, value]) => {
        const other = key.startsWith('\\') ? key : spell(key);
        const text = `{"a":[{"${key}":${JSON.stringify(value)} ,"b":1, "${other}"\n: 2}]}`;
        expect(allow([ImageError], () => parseStrictJson(Buffer.from(text)))).toBeUndefined();
      },
    );
  });
});

describe('any media type', () => {
  it('is one kind of thing at most', () => {
    hold(mutate(types), (type) => {
      expect([isIndexType(type), isLayerType(type)].filter(Boolean).length).toBeLessThan(2);
      const config = { mediaType: type, digest: digestOf(''), size: 0, annotations: {} };
      const manifest = { kind: 'manifest' as const, mediaType: OCI_MANIFEST, config, layers: [], annotations: {} };
      expect(isContainerImage(manifest)).toBe(type === 'application/vnd.oci.image.config.v1+json');
    });
  });
});

function catchError(task: () => unknown): Error {
  try {
    task();
  } catch (error) {
    if (error instanceof ImageError) return error;
    throw error;
  }
  return new Error('');
}
