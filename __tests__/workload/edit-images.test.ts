// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of the files.
import { describe, expect, it } from '@jest/globals';
import { parseReference } from '../../src/image/reference.ts';
import { editImages, type NewImage } from '../../src/workload/edit-images.ts';
import { findImages } from '../../src/workload/find-images.ts';
import { encode } from './found.ts';

const D = `sha256:${'a'.repeat(64)}`;

/** The text of a file after its images were set, in their order. */
function edit(name: string, text: string, ...images: readonly (NewImage | undefined)[]): string {
  const bytes = encode(text);
  const changes = findImages(name, bytes).uses.flatMap((use, i) => {
    const to = images[i];
    return to === undefined ? [] : [{ use, to }];
  });
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(editImages(bytes, changes));
}

describe('an edit', () => {
  it('puts a whole reference in the quotes of the old one', () => {
    const text = '\ufeffservices:\r\n  é: {image: "reg.io/a:1"} # x\r\n  b:\r\n    image:   \'reg.io/b:1\'\r\n';
    const to = parseReference(`reg.io/c:2@${D}`);
    expect(edit('compose.yaml', text, to, to)).toBe(
      text.replace('reg.io/a:1', `reg.io/c:2@${D}`).replace('reg.io/b:1', `reg.io/c:2@${D}`),
    );
  });

  it('keeps a repository as it is written where it means the same', () => {
    const to = parseReference(`docker.io/library/nginx:1.25.3@${D}`);
    expect(edit('compose.yaml', 'services: {a: {image: nginx:1.25.2}}', to)).toBe(
      `services: {a: {image: nginx:1.25.3@${D}}}`,
    );
  });

  it('adds what a chart or kustomization has no line for, at its depth', () => {
    const values = 'image:\r\n  repository: reg.io/a # x\r\n  tag: "1.0" # y\r\n  pullPolicy: Always\r\n';
    expect(edit('values.yaml', values, { repository: 'reg.io/a', tag: '1.0', digest: D })).toBe(
      values.replace('# y\r\n', `# y\r\n  digest: ${D}\r\n`),
    );
    expect(edit('kustomization.yaml', 'images:\n- name: a', { repository: 'reg.io/a', tag: '1.10', digest: D })).toBe(
      `images:\n- name: a\n  newName: reg.io/a\n  newTag: "1.10"\n  digest: ${D}`,
    );
    expect(edit('kustomization.yaml', 'images: [{"name": "a"}]', { repository: 'a', tag: '2', digest: D })).toBe(
      `images: [{"name": "a", "newTag": "2", "digest": "${D}"}]`,
    );
  });

  it('fills a part that is there and empty', () => {
    const values = 'image:\n  registry: reg.io\n  repository: a\n  tag: # none\n  digest:\n';
    expect(edit('values.yaml', values, { repository: 'other.io/b/c', tag: 'v2', digest: D })).toBe(
      `image:\n  registry: other.io\n  repository: b/c\n  tag: v2 # none\n  digest: ${D}\n`,
    );
    expect(
      edit('values.yaml', 'image:\n  repository: reg.io/a\n  tag:\n', { repository: 'reg.io/a', tag: 'v2', digest: D }),
    ).toBe(`image:\n  repository: reg.io/a\n  tag: v2\n  digest: ${D}\n`);
  });

  it('leaves the digest in the tag where it is written there', () => {
    expect(
      edit('values.yaml', `image: {repository: reg.io/a, tag: "1@${D}"}`, {
        repository: 'reg.io/a',
        tag: '2',
        digest: D,
      }),
    ).toBe(`image: {repository: reg.io/a, tag: "2@${D}"}`);
  });

  it.each([
    ['1.10', '"1.10"'],
    ['1e3', '"1e3"'],
    ['on', '"on"'],
    ['1.2.3', '1.2.3'],
    ['v1', 'v1'],
    ['2024-01-01', '"2024-01-01"'],
  ])('quotes a tag that would be read as something else: %s', (tag, shown) => {
    expect(edit('values.yaml', 'image:\n  repository: a\n  tag: v0\n', { repository: 'a', tag })).toBe(
      `image:\n  repository: a\n  tag: ${shown}\n`,
    );
  });

  it('changes the default of a variable, of Compose or a Dockerfile', () => {
    const to = { repository: 'reg.io/b', tag: '2', digest: D };
    expect(edit('compose.yaml', 'services: {a: {image: "${I:-reg.io/a:1}"}}', to)).toBe(
      `services: {a: {image: "$\{I:-reg.io/b:2@${D}}"}}`,
    );
    expect(edit('Dockerfile', 'ARG B="reg.io/a:1"\nFROM $B\nFROM ${B}\n', to, to)).toBe(
      `ARG B="reg.io/b:2@${D}"\nFROM $B\nFROM $\{B}\n`,
    );
  });

  it('takes out what is not wanted any more', () => {
    expect(edit('compose.yaml', `services: {a: {image: reg.io/a:1@${D}}}`, { repository: 'reg.io/a', tag: '1' })).toBe(
      'services: {a: {image: reg.io/a:1}}',
    );
  });
});

describe('an edit that cannot be made changes nothing', () => {
  const to = { repository: 'reg.io/b', tag: '2' };

  it.each([
    ['folded', 'services:\n  a:\n    image: >-\n      reg.io/a:1\n', /several lines/],
    ['a variable', 'services:\n  a:\n    image: reg.io/a:${T}\n', /variable/],
    ['built', 'services:\n  a:\n    build: .\n', /no image is named/],
  ])('%s', (_, text, message) => {
    expect(() => edit('compose.yaml', text, to)).toThrow(
      expect.objectContaining({ code: 'NOT_EDITABLE', message: expect.stringMatching(message) }),
    );
  });

  it('where two changes want one place to be different', () => {
    expect(() => edit('Dockerfile', 'ARG B=reg.io/a:1\nFROM $B\nFROM $B\n', to, { ...to, tag: '3' })).toThrow(
      expect.objectContaining({ code: 'EDITS_MEET' }),
    );
  });

  it('where the file is another one by now', () => {
    const { uses } = findImages('compose.yaml', encode('services: {a: {image: reg.io/a:1}}'));
    const changes = uses.map((use) => ({ use, to }));
    expect(() => editImages(encode('services: {a: {image: reg.io/x:1}}'), changes)).toThrow(
      expect.objectContaining({ code: 'FILE_CHANGED' }),
    );
  });
});
