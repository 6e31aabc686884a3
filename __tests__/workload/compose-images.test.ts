// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of the files.
import { describe, expect, it } from '@jest/globals';
import { find, list } from './found.ts';

describe('a Compose file', () => {
  it('names images at services, by the name of the file or by what is in it', () => {
    const lines = ['services:', '  web:', '    image: reg.io/a:1 # pinned', "  db: { image: 'reg.io/b:1' }"];
    const wanted = ['3:12 services.web.image reg.io/a:1', '4:17 services.db.image reg.io/b:1'];
    expect(list('compose.prod.yml', ...lines)).toEqual(wanted);
    expect(list('deploy/stack.yaml', ...lines)).toEqual(wanted);
    expect(find('x/docker-compose.yml', ...lines).uses[0]?.format).toBe('compose');
  });

  it('is told once of an anchored image, where it is written, with the places that use it', () => {
    const { uses } = find(
      'compose.yaml',
      ...[
        'x-base: &base',
        '  image: reg.io/a:1',
        'x-unused: {image: reg.io/no:1}',
        'x-img: &img "reg.io/b:1"',
        'services:',
      ],
      ...['  one: {<<: *base}', '  two:', '    <<: [*base]', '    image: *img', '  three: &three', '    <<: *base'],
      ...['    image: reg.io/own:1', '  four: *three'],
    );
    expect(
      uses.map(({ where, text, usedAt }) => [
        where,
        text,
        usedAt.map((site) => `${site.line}:${site.column} ${site.where}`),
      ]),
    ).toEqual([
      ['x-base.image', 'reg.io/a:1', ['6:13 services.one.image']],
      ['x-img', 'reg.io/b:1', ['9:12 services.two.image']],
      ['services.three.image', 'reg.io/own:1', ['13:9 services.four.image']],
    ]);
  });

  it('is told of a service that is built and names no image, at build', () => {
    const lines = [
      'services:',
      '  a:',
      '    build: .',
      '  b: {build: ., image: reg.io/b:1}',
      '  c: {extends: {file: c.yml, service: c}}',
    ];
    expect(list('compose.yaml', ...lines)).toEqual([
      '3:5 services.a.build build-only',
      '4:24 services.b.image reg.io/b:1',
    ]);
  });

  it('links the files that it takes services from', () => {
    const lines = ['include: [a.yml, {path: [b.yml]}]', 'services:', '  c: {extends: {file: ../c.yml, service: c}}'];
    expect(find('compose.yaml', ...lines).links.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '1 a.yml',
      '1 b.yml',
      '3 ../c.yml',
    ]);
  });

  it('is told of variables, with the reference that their defaults make', () => {
    const lines = [
      'services:',
      '  a: {image: "${IMAGE}"}',
      '  b:',
      '    image: reg.io/x:${TAG:-1.0}',
      '  c:',
      '    image: ${A:-${B-reg.io/c:1}}',
      '  d:',
      '    image: ${D:?no}',
    ];
    expect(list('compose.yaml', ...lines)).toEqual([
      '2:15 services.a.image ${IMAGE} unresolved',
      '4:12 services.b.image reg.io/x:${TAG:-1.0} unresolved or reg.io/x:1.0',
      '6:12 services.c.image ${A:-${B-reg.io/c:1}} unresolved or reg.io/c:1',
      '8:12 services.d.image ${D:?no} unresolved',
    ]);
  });

  it('is told of what is no text, at its place', () => {
    const lines = [
      'services:',
      '  a: {image: ""}',
      '  b: {image: null}',
      '  c:',
      '    image:',
      '  d: {image: 1.10}',
      '  e: {image: [x]}',
      '  f: {image: !reset null}',
      '  g: {image: !!str 1.10}',
    ];
    expect(list('compose.yaml', ...lines)).toEqual([
      '2:15 services.a.image not-text',
      '3:14 services.b.image null not-text',
      '5:11 services.c.image not-text',
      '6:14 services.d.image 1.10 not-text',
      '7:14 services.e.image [x]} not-text',
      '9:20 services.g.image 1.10',
    ]);
  });

  it('is read through folds and escapes, which cannot be edited', () => {
    const lines = [
      'services:',
      '  a:',
      '    image: >-',
      '      reg.io/a:1',
      '  b:',
      '    image: "reg.io/\\x62:1"',
      '  c:',
      '    image: "reg.io/c\\',
      '      :1"',
    ];
    const { uses } = find('compose.yaml', ...lines);
    expect(uses.map(({ text, uneditable, parts }) => [text, uneditable, parts])).toEqual(
      ['reg.io/a:1', 'reg.io/b:1', 'reg.io/c:1'].map((text) => [
        text,
        'it is written over several lines or with escapes',
        [],
      ]),
    );
  });

  it('names images of volumes, of build contexts, and of a Dockerfile in it', () => {
    const lines = [
      ...[
        'services:',
        '  a:',
        '    image: reg.io/a:1',
        '    volumes: [data:/x, {type: image, source: reg.io/v:1}]',
        '    build:',
      ],
      ...[
        '      additional_contexts: {base: docker-image://reg.io/c:1}',
        '      dockerfile_inline: |',
        '        FROM reg.io/f:1',
      ],
      ...['        RUN <<EOF', '        FROM reg.io/no:1', '        EOF', '        FROM reg.io/g:1'],
    ];
    expect(list('compose.yaml', ...lines)).toEqual([
      '3:12 services.a.image reg.io/a:1',
      '4:46 services.a.volumes[1].source reg.io/v:1',
      '6:50 services.a.build.additional_contexts.base reg.io/c:1',
      '8:14 services.a.build.dockerfile_inline: stages[0].FROM reg.io/f:1',
      '12:14 services.a.build.dockerfile_inline: stages[1].FROM reg.io/g:1',
    ]);
  });
});
