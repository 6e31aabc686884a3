/** What an image reference of a workload file can break; public names, in the output `findings` of check. The worst come first. */
export const IMAGE_RULES = [
  'not-promoted',
  'unsigned',
  'digest-not-found',
  'vulnerable',
  'registry-not-allowed',
  'no-digest',
  'no-tag',
  'floating-tag',
  'implicit-registry',
  'invalid-reference',
  'unresolved-variable',
] as const;

export type ImageRule = (typeof IMAGE_RULES)[number];

/** What an image must have at its registry, from nothing to all of it. */
export const IMAGE_VERIFICATIONS = ['off', 'exists', 'signed', 'promoted'] as const;
