import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { type ExistingTag, judgeTargetTag } from '../../src/policy/tag-state.ts';
import { tagReference } from './sample-policy.ts';

const target = tagReference('prod.io/app:1.0');
const wanted = parseDigest(`sha256:${'a'.repeat(64)}`);
const other = parseDigest(`sha256:${'b'.repeat(64)}`);
const modes: readonly ExistingTag[] = ['refuse', 'accept-same-digest'];

describe('judgeTargetTag', () => {
  it.each(modes)('writes a free tag (%s)', (existingTag) => {
    expect(judgeTargetTag({ target, found: undefined, wanted, existingTag })).toEqual({ kind: 'write' });
  });

  it('leaves the same digest alone where that is accepted', () => {
    expect(judgeTargetTag({ target, found: wanted, wanted, existingTag: 'accept-same-digest' })).toEqual({
      kind: 'unchanged',
    });
  });

  it('refuses the same digest by default, and says which input accepts it', () => {
    expect(judgeTargetTag({ target, found: wanted, wanted, existingTag: 'refuse' })).toEqual({
      kind: 'refused',
      refusal: {
        code: 'TAG_EXISTS',
        message: `prod.io/app:1.0 exists as ${wanted}, which is the image to promote, ${wanted}.`,
        hint: 'Set existing-tag: accept-same-digest to accept it, or promote to a new tag.',
        target: 'prod.io/app:1.0',
      },
    });
  });

  it.each(modes)('refuses another digest, names both, and never suggests an input (%s)', (existingTag) => {
    const verdict = judgeTargetTag({ target, found: other, wanted, existingTag });
    expect(verdict).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS', target: 'prod.io/app:1.0' } });
    const { message, hint } = verdict.kind === 'refused' ? verdict.refusal : { message: '', hint: '' };
    expect(message).toContain(wanted);
    expect(message).toContain(other);
    expect(hint).toContain('Promote to a new tag');
    expect(hint).not.toContain('existing-tag');
  });
});
