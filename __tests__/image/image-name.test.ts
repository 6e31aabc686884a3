import { describe, expect, it } from '@jest/globals';
import { addRegistry, parseImageName } from '../../src/image/image-name.ts';

const D = `@sha256:${'4f'.repeat(32)}`;

describe('an image as a workload file names it', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx', true],
    ['nginx:1.25', 'docker.io/library/nginx', true],
    [`team/web:1${D}`, 'docker.io/team/web', true],
    ['foo.bar:1', 'docker.io/library/foo.bar', true],
    ['docker.io/nginx:1', 'docker.io/library/nginx', false],
    ['localhost/x:1', 'localhost/x', false],
    ['Registry.Test:5000/x', 'registry.test:5000/x', false],
    ['[::1]:5000/x:1', '[::1]:5000/x', false],
  ])('%s comes from %s', (text, repository, isImplicit) => {
    expect(parseImageName(text)).toMatchObject({ repository, isImplicit });
  });

  it('may leave out tag and digest, or have either', () => {
    expect(parseImageName('a.io/x').reference).toBeUndefined();
    expect(parseImageName('a.io:5000/x').reference).toBeUndefined();
    expect(parseImageName('a.io/x:1').reference).toMatchObject({ kind: 'tag', tag: '1' });
    expect(parseImageName(`a.io/x:1${D}`).reference).toMatchObject({ kind: 'digest', tag: '1' });
  });

  it.each(['', ' nginx', 'nginx ', 'Nginx', 'a.io/', 'a.io//x', 'a.io/x:', 'a.io/x@', `nginx${D}${D}`, 'a.io/x:1:2'])(
    'is refused in the words of the file: %j',
    (text) => {
      expect(() => parseImageName(text)).toThrow(`${JSON.stringify(text)} is not an image reference`);
    },
  );

  it('gets no registry where it has one', () => {
    expect(addRegistry('registry.test/x')).toBe('registry.test/x');
    expect(addRegistry('registry.test.evil/x:1')).toBe('registry.test.evil/x:1');
  });
});
