/** The races that are run in-process, each as a sentence of what happens and how it ends; docs/reliability.md lists them. */
export const RACES = [
  {
    id: 'two-digests',
    says: 'Two promotions of different digests to one tag, on a registry whose tags move: one succeeds, the other reports TAG_EXISTS or TAG_MOVED, and the tag is what the one that succeeded says.',
  },
  {
    id: 'two-digests-409',
    says: 'Two promotions of different digests to one tag, on a registry with immutable tags (409): exactly one succeeds, the other is refused.',
  },
  {
    id: 'two-digests-400',
    says: 'Two promotions of different digests to one tag, on a registry with immutable tags (400): exactly one succeeds, the other is refused.',
  },
  {
    id: 'two-digests-412',
    says: 'Two promotions of different digests to one tag, on a registry with immutable tags (412): exactly one succeeds, the other is refused.',
  },
  { id: 'one-digest', says: 'Two promotions of the same digest to one tag that accept it: both end well.' },
  {
    id: 'one-digest-immutable',
    says: 'Two promotions of the same digest to one immutable tag that accept it: both end well.',
  },
  {
    id: 'retried-put',
    says: 'The PUT of a tag is answered 503 without effect, and another writer finishes before it is tried again: TAG_EXISTS, and theirs is untouched.',
  },
  {
    id: 'retried-put-late',
    says: 'The same, when the other writer comes between the new look and the new PUT, where tags are immutable: TAG_EXISTS, and theirs is untouched.',
  },
  {
    id: 'lost-answer-400',
    says: 'The answer to the PUT of an immutable tag is lost, and so is the tag behind a cache: the PUT that follows is refused with 400, and the promotion ends well.',
  },
  { id: 'lost-answer-405', says: 'The same, refused with 405.' },
  { id: 'lost-answer-409', says: 'The same, refused with 409.' },
  { id: 'lost-answer-412', says: 'The same, refused with 412.' },
  {
    id: 'collected-while-signing',
    says: 'The registry collects untagged content while cosign signs: it is pushed again.',
  },
  {
    id: 'collected-before-verification',
    says: 'The registry collects untagged content between the referrers and their verification: all of it is pushed again.',
  },
  {
    id: 'collected-after-verification',
    says: 'The registry collects untagged content between the verification and the commit point: all of it is pushed again.',
  },
  {
    id: 'collected-before-put',
    says: 'The registry collects untagged content between the last look at the tag and its PUT: all of it is pushed again, and the tag is written after that.',
  },
  {
    id: 'collected-everywhere',
    says: 'The registry collects untagged content both before the verification and before the PUT of the tag, without a referrers API: all of it is pushed again each time.',
  },
  {
    id: 'taken-of-several',
    says: 'One of several target tags is taken while the image is copied: TAG_EXISTS before any of them is written.',
  },
  {
    id: 'moved-by-two',
    says: 'Two promotions of different digests move one channel away from the same digest: one succeeds, the other reports TAG_MOVED, and the channel is what the one that succeeded says.',
  },
  {
    id: 'moved-while-copying',
    says: 'A channel is moved by somebody else while the image is copied: TAG_MOVED, and theirs is untouched.',
  },
  {
    id: 'moved-retried-put',
    says: 'The PUT of a channel is answered 503 without effect, and another writer moves it before it is tried again: TAG_MOVED, and theirs is untouched.',
  },
  {
    id: 'moved-lost-answer',
    says: 'The answer to the PUT of a channel is lost, and a cache still shows what it was: it is written again, and the promotion ends well.',
  },
  {
    id: 'moved-lost-answer-refused',
    says: 'The same, and the PUT that follows is refused with 409: the cache is waited for, and the promotion ends well.',
  },
] as const satisfies readonly Race[];

/** One race. */
export interface Race {
  readonly id: string;
  readonly says: string;
}

export type RaceId = (typeof RACES)[number]['id'];
