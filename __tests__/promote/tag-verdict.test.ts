import { describe, expect, it } from '@jest/globals';
import { type Digest, digestOf } from '../../src/image/digest.ts';
import type { TagReference } from '../../src/image/reference.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import type { ExistingTag } from '../../src/policy/tag-state.ts';
import { finishingTag, judgeTagNow, readIntent, type TagIntent } from '../../src/promote/tag-verdict.ts';
import { makeRequest } from './fake-step.ts';

const [WANTED, FROM, OTHER] = [digestOf('wanted'), digestOf('from'), digestOf('other')];
const NAME = 'prod.test/app:prod';
type Action = Plan['targets'][number]['action'];

/** What may be done to `prod.test/app:prod`, a channel unless the policy names another. */
async function intend(
  existingTag: ExistingTag,
  action: Action,
  found?: Digest,
  channel = 'prod',
): Promise<{ readonly intent: TagIntent; readonly target: TagReference }> {
  const files = { '.github/promote-image.yml': `version: 1\ntargets: { channels: [${channel}] }\n` };
  const inputs = { source: 'dev.test/app:1', target: NAME, 'existing-tag': existingTag };
  const request = await makeRequest(inputs, { files });
  const [target] = request.targets;
  if (target === undefined) throw new TypeError('no target');
  const plan = { targets: [{ reference: NAME, action, ...(found === undefined ? {} : { found }) }] } as unknown as Plan;
  return { intent: readIntent(target, plan, request), target };
}

describe('what the plan allows at the commit point', () => {
  it.each<[ExistingTag, Action, string, TagIntent]>([
    ['refuse', 'write', 'prod', { existingTag: 'refuse' }],
    ['refuse', 'keep', 'prod', { existingTag: 'accept-same-digest' }],
    ['accept-same-digest', 'write', 'prod', { existingTag: 'accept-same-digest' }],
    ['move', 'move', 'prod', { existingTag: 'accept-same-digest', channel: { from: FROM } }],
    ['move', 'write', 'qa', { existingTag: 'accept-same-digest' }],
    ['move', 'write', 'PROD', { existingTag: 'accept-same-digest' }],
  ])(
    'with existing-tag %s, for a tag to %s, where %s is the channel',
    async (existingTag, action, channel, expected) => {
      expect((await intend(existingTag, action, FROM, channel)).intent).toEqual(expected);
    },
  );

  it('is finished by a run that accepts, or moves, the same way', async () => {
    expect(finishingTag((await intend('refuse', 'write')).intent)).toBe('accept-same-digest');
    expect(finishingTag((await intend('move', 'write')).intent)).toBe('move');
  });
});

describe('a channel, right before it is written,', () => {
  it.each<[string, Digest | undefined, Digest | undefined, string]>([
    ['is written over what the plan saw', FROM, FROM, 'write'],
    ['is written where it is absent', FROM, undefined, 'write'],
    ['is written where it always was absent', undefined, undefined, 'write'],
    ['is done where it is what is wanted', FROM, WANTED, 'unchanged'],
    ['is TAG_MOVED where it is anything else', FROM, OTHER, 'TAG_MOVED'],
    ['is TAG_MOVED where it was free', undefined, OTHER, 'TAG_MOVED'],
    ['is TAG_MOVED where it was done already and is something else now', WANTED, OTHER, 'TAG_MOVED'],
  ])('%s', async (_, from, found, expected) => {
    const { intent, target } = await intend('move', 'move', from);
    const verdict = judgeTagNow(target, found, WANTED, intent);
    expect(verdict.kind === 'refused' ? verdict.refusal.code : verdict.kind).toBe(expected);
  });
});

describe('any other tag, right before it is written,', () => {
  it.each<[ExistingTag, Digest | undefined, string]>([
    ['refuse', undefined, 'write'],
    ['refuse', WANTED, 'TAG_EXISTS'],
    ['accept-same-digest', WANTED, 'unchanged'],
    ['accept-same-digest', OTHER, 'TAG_EXISTS'],
    ['move', WANTED, 'unchanged'],
    ['move', FROM, 'TAG_EXISTS'],
  ])('with existing-tag %s, found as %s: %s', async (existingTag, found, expected) => {
    const { intent, target } = await intend(existingTag, 'write', FROM, 'qa');
    const verdict = judgeTagNow(target, found, WANTED, intent);
    expect(verdict.kind === 'refused' ? verdict.refusal.code : verdict.kind).toBe(expected);
  });
});
