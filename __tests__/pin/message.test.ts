import { describe, expect, it } from '@jest/globals';
import type { PinChange } from '../../src/pin/change.ts';
import { formatCommitMessage, formatSubject } from '../../src/pin/message.ts';

const change = (from: string, to: string, line = 1): PinChange => ({
  ...{ file: 'a.yml', line, column: 1, where: 'image', from, to },
});
const PUBLISHING = { kind: 'commit', push: true, message: '', ticket: undefined, skipCi: false } as const;

describe('the message of a commit', () => {
  it('has a line for each image, however many places have it', () => {
    const changes = [
      change('a.io/x:1', 'a.io/x:1@sha256:11'),
      change('a.io/x:1', 'a.io/x:1@sha256:11', 2),
      change('a.io/y', 'a.io/y@sha256:22'),
      change('old.io/z:1', 'new.io/z:1@sha256:33'),
    ];
    expect(formatCommitMessage(changes, PUBLISHING)).toBe(
      [
        ...['Pin 3 images', '', 'a.io/x: 1 -> 1@sha256:11', 'a.io/y: (no tag) -> sha256:22'],
        ...['old.io/z:1 -> new.io/z:1@sha256:33', '', 'Promote-Image: pin', ''],
      ].join('\n'),
    );
  });

  it('keeps to what people read and git takes', () => {
    const changes = Array.from({ length: 500 }, (_, i) => change(`a.io/x${i}:1`, `a.io/x${i}:1@sha256:11`));
    const lines = formatCommitMessage(changes, PUBLISHING).split('\n');
    expect(lines.slice(201, 204)).toEqual(['a.io/x199: 1 -> 1@sha256:11', 'and 300 more', '']);
  });

  it('has the subject of the user, without what is only for the commit in the title', () => {
    const publishing = { ...PUBLISHING, message: 'Roll out\nto all', skipCi: true };
    const changes = [change('a.io/x:1', 'a.io/x:1@sha256:11')];
    expect(formatCommitMessage(changes, publishing)).toMatch(/^Roll out \[skip ci\]\n\nto all\n\na\.io/);
    expect(formatSubject(changes, publishing)).toBe('Roll out');
  });
});
