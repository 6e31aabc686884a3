import { type HostileManifest, madeUpDigest, spoilText } from './hostile-image.ts';

const twice = (key: string) => ({ code: 'PROTOCOL', message: new RegExp(`the key "${key}" stands in it twice`) });
const notJson = { code: 'PROTOCOL', message: /the manifest is not JSON/ };

/** What two readers of JSON would not read alike, or not at all. */
export const MANIFESTS_OF_TEXTS: readonly HostileManifest[] = [
  {
    name: 'layers twice',
    says: 'the key layers twice: parsers differ in which they believe',
    make: () => spoilText((text) => text.replace('"layers":', '"layers":[],"layers":')),
    ends: twice('layers'),
  },
  {
    name: 'layers twice, one of them escaped',
    says: 'the second spelled \\u006cayers',
    make: () => spoilText((text) => text.replace('"layers":', '"\\u006cayers" : [],"layers":')),
    ends: twice('layers'),
  },
  {
    name: 'digest twice',
    says: 'a descriptor with two digests',
    make: () => spoilText((text) => text.replace('"size":1024', `"size":1024,"digest":"${madeUpDigest(4)}"`)),
    ends: twice('digest'),
  },
  {
    name: 'Layers',
    says: 'a second list of layers, which Go believes and JavaScript does not see',
    make: () => spoilText((text) => text.replace('{', '{"Layers":[],')),
    ends: { code: 'PROTOCOL', message: /has the key "Layers"/ },
  },
  {
    name: 'layerſ',
    says: 'the same with a long s, which Go folds too',
    make: () => spoilText((text) => text.replace('{', '{"layerſ":[],')),
    ends: { code: 'PROTOCOL', message: /has the key "layerſ"/ },
  },
  {
    name: '__proto__',
    says: 'keys by which JavaScript could be made to find layers where there are none',
    make: () =>
      spoilText((text) =>
        text.replace('{', '{"__proto__":{"manifests":[]},"annotations":{"__proto__":"x","constructor":"y"},'),
      ),
    ends: { blobs: 2, platforms: ['linux/amd64'] },
  },
  {
    name: 'byte order mark',
    says: 'a manifest that begins with U+FEFF, which JSON forbids and Go refuses',
    make: () => spoilText((text) => `\ufeff${text}`),
    ends: notJson,
  },
  {
    name: 'invalid UTF-8',
    says: 'an annotation of bytes that are no text',
    make: () =>
      spoilText((text) =>
        Buffer.concat([
          Buffer.from(`${text.slice(0, -1)},"annotations":{"a":"`),
          Buffer.from([0xc3, 0x28, 0xff]),
          Buffer.from('"}}'),
        ]),
      ),
    ends: notJson,
  },
  {
    name: 'NUL after the end',
    says: 'a manifest that ends for C before it ends for others',
    make: () => spoilText((text) => `${text}\0`),
    ends: notJson,
  },
  {
    name: 'UTF-16',
    says: 'a manifest in another encoding',
    make: () => spoilText((text) => Buffer.from(text, 'utf16le')),
    ends: notJson,
  },
  {
    name: 'two documents',
    says: 'one manifest after the other',
    make: () => spoilText((text) => text + text),
    ends: notJson,
  },
  { name: 'nothing', says: 'an empty body', make: () => ({ root: '' }), ends: notJson },
  {
    name: 'a text',
    says: 'JSON, but no object',
    make: () => ({ root: '"manifest"' }),
    ends: { code: 'PROTOCOL', message: /the manifest is not an object/ },
  },
];
