import type { Guard } from '../guards.ts';

/** What holds the source to its signatures, a run to its plan, and the target to our own evidence. */
export const TRUST_GUARDS = {
  'bundle-is-verified': {
    file: 'src/chain/bundle-verdicts.ts',
    says: 'counts only what cosign verified under a key that is trusted',
    find: 'if (verdict.valid) return',
    replace: 'if (verdict.valid || !verdict.valid) return',
  },
  'evidence-by-type': {
    file: 'src/chain/evidence-reader.ts',
    says: 'tells a signature from an attestation',
    find: 'const wanted = bundles.filter(({ predicateType }) => predicateType === type);',
    replace: 'const wanted = bundles.filter(() => type.length > 0);',
  },
  'flaw-is-told': {
    file: 'src/chain/attachment-flaw.ts',
    says: 'lets what one attachment has wrong take nothing from the others',
    find: '  if (CONTENT_CODES.includes(error.code)) return error.message;\n',
    replace: '',
  },
  'every-platform': {
    file: 'src/promote/required-attestations.ts',
    says: 'asks for the attestation of each platform',
    find: 'if (found.length === children.length) {',
    replace: 'if (found.length > 0) {',
  },
  'attestation-age': {
    file: 'src/policy/attestation-rule.ts',
    says: 'looks how old an attestation is',
    find: "const isStale = maxAge !== undefined && made.kind === 'known' && !(age <= maxAge);",
    replace: 'const isStale = age === Number.NEGATIVE_INFINITY;',
  },
  'attestation-not-ahead': {
    file: 'src/policy/attestation-rule.ts',
    says: 'disbelieves an attestation that is ahead of the clock',
    find: '!(age >= -MAX_SKEW))',
    replace: '!(age >= Number.NEGATIVE_INFINITY))',
  },
  'former-stays-behind': {
    file: 'src/promote/former-evidence.ts',
    says: 'keeps what a former stage signed apart from what this one signs',
    find: 'referrers: referrers.filter((_, i) => formerReferrers[i] === undefined),',
    replace: 'referrers,',
  },
  'plan-names-source': {
    file: 'src/promote/plan-changes.ts',
    says: 'holds the source to the digest that was approved',
    find: "    ...compare('the source has the digest', approved.source.digest, now.source.digest),\n",
    replace: '',
  },
  'plan-names-evidence': {
    file: 'src/promote/plan-changes.ts',
    says: 'holds the source to the evidence that was approved',
    find: '    ...compareEvidence(approved, now),\n',
    replace: '',
  },
  'plan-names-tags': {
    file: 'src/promote/plan-changes.ts',
    says: 'holds target tags to what they were when the plan was approved',
    find: 'if (found !== planned.found && found !== wanted) {',
    replace: "if (found === 'no digest' && found !== wanted) {",
  },
  'approved-comes-first': {
    file: 'src/promote/source-signature.ts',
    says: 'prefers the signature that was approved',
    find: 'listed.find((each) => wasApproved(request, relyOnSignature(each))) ?? listed[0];',
    replace: 'listed.find((each) => !wasApproved(request, relyOnSignature(each))) ?? listed[0];',
  },
  'channel-from-plan': {
    file: 'src/promote/tag-verdict.ts',
    says: 'moves a channel only away from what the plan saw',
    find: "if (found === undefined || found === channel.from) return { kind: 'write' };",
    replace: "if (found !== wanted) return { kind: 'write' };",
  },
  'older-is-held': {
    file: 'src/promote/refill.ts',
    says: 'looks whether our signature in the older form is still there',
    find: '    ...legacy.map((signature) => () => holdsLegacy(repository, signature, target)),\n',
    replace: '',
  },
  'older-are-joined': {
    file: 'src/transfer/push-legacy.ts',
    says: 'adds to the signatures in the older form that are there',
    find: 'const present = found === undefined ? [] : legacyLayers(found);',
    replace: 'const present = found === undefined ? [] : legacyLayers(found).slice(0, 0);',
  },
  'older-is-stored': {
    file: 'src/promote/legacy-evidence.ts',
    says: 'looks whether our signature in the older form was taken',
    find: 'if (!(await holdsLegacy(repository, signature, client))) throw notStored(repository, signature);',
    replace: 'if (signatures.length === 0) throw notStored(repository, signature);',
  },
  'orphans-count': {
    file: 'src/promote/fill.ts',
    says: 'looks for evidence where the image was not',
    find: 'return descriptors.some(({ digest }) => !own.has(digest));',
    replace: 'return descriptors.length === -1 && own.size === -1;',
  },
} as const satisfies Readonly<Record<string, Guard>>;
