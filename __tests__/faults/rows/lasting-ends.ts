/** How a promotion ends under a lasting fault, by fault and end, at which points; `promoted` where nothing is said. */
export const LASTING_ENDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'fails-for-good': {
    'failed UNAVAILABLE':
      'present-look blob-look child child-write config evidence-write fallback-read fallback-write last-look layer probe referrer referrer-blob referrer-write root-check root-write source-fallback source-referrers source-tag source-token tag-check tag-look tag-write target-token upload upload-end upload-start verify-blob present-list verify-list verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed TAG_UNCERTAIN': 'tag-read',
  },
  denies: {
    'failed DENIED':
      'present-look blob-look child child-write config evidence-write fallback-read fallback-write last-look layer probe referrer referrer-blob referrer-write root-check root-write source-fallback source-referrers source-tag source-token tag-check tag-look tag-write target-token upload upload-end upload-start verify-blob present-list verify-list verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed TAG_UNCERTAIN': 'tag-read',
  },
  'asks-who': {
    'failed UNAUTHORIZED':
      'present-look blob-look child child-write config evidence-write fallback-read fallback-write last-look layer probe referrer referrer-blob referrer-write root-check root-write source-fallback source-referrers source-tag source-token tag-check tag-look tag-write target-token upload upload-end upload-start verify-blob present-list verify-list verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed TAG_UNCERTAIN': 'tag-read',
  },
  'lost-it': {
    'failed PROTOCOL': 'source-token target-token',
    'failed NOT_FOUND': 'child config layer probe root-check source-tag upload upload-end upload-start',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed VERIFICATION_FAILED': 'verify-blob present-list verify-list verify-manifest',
    'failed CONFLICT': 'child-write evidence-write fallback-read fallback-write referrer-write root-write tag-write',
  },
  'not-found-page': {
    'failed PROTOCOL': 'fallback-read source-fallback source-token target-token',
    'failed NOT_FOUND':
      'child child-write config evidence-write fallback-write layer probe referrer referrer-blob referrer-write root-check root-write source-tag tag-write upload upload-end upload-start',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed VERIFICATION_FAILED': 'verify-blob present-list verify-list verify-manifest',
  },
  'web-page': {
    'failed PROTOCOL':
      'fallback-read probe source-fallback source-tag source-token target-token upload upload-end upload-start',
    'failed DIGEST_MISMATCH': 'child referrer root-check verify-manifest',
    'failed SIZE_MISMATCH': 'config layer referrer-blob verify-blob',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed CONFLICT': 'child-write evidence-write fallback-write referrer-write',
    'failed NOT_FOUND': 'root-write',
    'failed VERIFICATION_FAILED': 'present-list verify-list',
    'failed TAG_NOT_STORED': 'tag-write',
  },
  'empty-answer': {
    'failed PROTOCOL':
      'present-look blob-look child config fallback-read last-look layer probe referrer referrer-blob root-check source-fallback source-tag source-token tag-check tag-look target-token upload upload-end upload-start verify-blob verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed CONFLICT': 'child-write evidence-write fallback-write referrer-write',
    'failed NOT_FOUND': 'root-write',
    'failed VERIFICATION_FAILED': 'present-list verify-list',
    'failed TAG_UNCERTAIN': 'tag-read',
    'failed TAG_NOT_STORED': 'tag-write',
  },
  loops: {
    'failed UNAVAILABLE': 'source-ping target-ping',
    'failed REDIRECT_REFUSED':
      'present-look blob-look child child-write config evidence-write fallback-read fallback-write last-look layer mount probe referrer referrer-blob referrer-write root-check root-write source-fallback source-referrers source-tag source-token tag-check tag-look tag-write target-token upload upload-end upload-start verify-blob present-list verify-list verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest database-ping',
    'failed TAG_UNCERTAIN': 'tag-read',
  },
  'wrong-digest-header': {
    'failed DIGEST_MISMATCH':
      'blob-look child child-write config evidence-write fallback-write layer referrer referrer-blob referrer-write root-check root-write source-tag upload-end verify-blob verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
    'failed TAG_UNCERTAIN': 'tag-write',
  },
  'other-bytes': {
    'failed PROTOCOL': 'fallback-read source-referrers source-token target-token present-list verify-list',
    'failed DIGEST_MISMATCH':
      'child config layer referrer referrer-blob root-check source-fallback source-tag verify-blob verify-manifest',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
  },
  'too-few-bytes': {
    'failed DIGEST_MISMATCH': 'child referrer root-check source-tag verify-manifest',
    'failed SIZE_MISMATCH': 'config layer referrer-blob verify-blob',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
  },
  'too-many-bytes': {
    'failed DIGEST_MISMATCH': 'child referrer root-check source-tag verify-manifest',
    'failed SIZE_MISMATCH': 'config layer referrer-blob verify-blob',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
  },
  'never-ends': {
    'failed PROTOCOL': 'fallback-read source-token target-token',
    'failed TOO_LARGE':
      'child referrer root-check source-fallback source-referrers source-tag present-list verify-list verify-manifest',
    'failed SIZE_MISMATCH': 'config layer referrer-blob verify-blob',
    'failed DATABASE_UNAVAILABLE': 'database database-manifest',
  },
  'stores-nothing': {
    'failed CONFLICT': 'child-write evidence-write fallback-write referrer-write upload-end',
    'failed NOT_FOUND': 'root-write',
    'failed TAG_NOT_STORED': 'tag-write',
  },
  'too-large': {
    'failed TOO_LARGE':
      'child-write evidence-write fallback-write probe referrer-write root-write tag-write upload upload-end upload-start',
  },
  conflicts: {
    'failed PROTOCOL': 'upload-end',
    'failed CONFLICT': 'child-write evidence-write fallback-write referrer-write root-write tag-write',
  },
};
