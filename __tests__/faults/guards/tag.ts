import type { Guard } from '../guards.ts';

/** What stands around the commit point. */
export const TAG_GUARDS = {
  'probe-first': {
    file: 'src/promote/fetch.ts',
    says: 'tries the right to push before anything is copied',
    find: 'for (const repository of repositories) await target.probePush(repository, { waits: false });',
    replace: 'for (const repository of repositories) target.transport.log.debug(repository);',
  },
  'root-is-read': {
    file: 'src/promote/refill.ts',
    says: 'reads the index that it has written',
    find: 'client.getManifest(repository, digest),',
    replace: 'Promise.resolve(),',
  },
  refill: {
    file: 'src/promote/refill.ts',
    says: 'looks for what was collected before the tag is written',
    find: '  return !found.includes(false);',
    replace: '  return found.length > 0;',
  },
  'blobs-are-there': {
    file: 'src/promote/refill.ts',
    says: 'looks for every blob before the tag is written',
    find: "() => target.hasBlob(repository, blob, 'push')),",
    replace: 'async () => blob.size >= 0),',
  },
  'tag-first-look': {
    file: 'src/promote/plan.ts',
    says: 'looks at the tag before anything is read',
    find: 'return judgeTargetTag({ target, found, wanted: facts.source.digest, existingTag, channels });',
    replace:
      'return judgeTargetTag({ target, found: found && undefined, wanted: facts.source.digest, existingTag, channels });',
  },
  'tag-check': {
    file: 'src/promote/tag-put.ts',
    says: 'looks once more before it writes the tag',
    find: "  if (verdict.kind === 'refused') return verdict;\n  if (verdict.kind === 'unchanged') return { kind: 'unchanged' };\n",
    replace: '',
  },
  'tag-repeats': {
    file: 'src/promote/tag-put.ts',
    says: 'writes the tag again after a fault that passes',
    find: 'const mayRepeat = attempt < retry.attempts && isInTime && isRetryable(failure);',
    replace: 'const mayRepeat = attempt < 0 && isInTime;',
  },
  'tag-looks-after': {
    file: 'src/promote/tag-put.ts',
    says: 'looks at the tag when its write was not confirmed',
    find: "if (look.found === wanted) return { kind: 'written', slowest };",
    replace: '',
  },
  'tag-sees-theirs': {
    file: 'src/promote/tag-put.ts',
    says: 'sees who took the tag when its write was not confirmed',
    find: "if (taken.kind === 'refused') return taken;",
    replace: '',
  },
  'tag-is-stored': {
    file: 'src/promote/tag.ts',
    says: 'takes a tag that is not there for not written',
    find: 'if (found === undefined || found === context.channel?.from) throw tellNotStored(target, found);',
    replace: "if (found === undefined || found === context.channel?.from) return { kind: 'written' };",
  },
  'tag-read-back': {
    file: 'src/promote/tag.ts',
    says: 'reads a tag back that it has written',
    find: '  if (found === root.digest) {',
    replace: '  if (found !== undefined) {',
  },
  'tag-content-decides': {
    file: 'src/promote/tag-look.ts',
    says: 'reads the content of a tag before it calls it somebody else’s',
    find: '    told === undefined || told === root.digest ? told : await readTagged(target, root, told, context.client);',
    replace: '    told;',
  },
  'fills-again': {
    file: 'src/promote/copy.ts',
    says: 'pushes again what was collected while it was pushed',
    find: 'if (!isRefused || round === MAX_ROUNDS || ports.signal.aborted) throw error;',
    replace: 'if (isRefused || !isRefused) throw error;',
  },
  'tag-is-proven': {
    file: 'src/promote/apply.ts',
    says: 'looks for the evidence once more under the tag',
    find: 'const proven = { ...context, prove: () => refillFor(target) };',
    replace: 'const proven = { ...context };',
  },
  'evidence-is-listed': {
    file: 'src/promote/refill.ts',
    says: 'looks whether the registry lists our evidence',
    find: '() => isListed(repository, evidence, root, target),',
    replace: 'async () => isListed !== undefined,',
  },
  'lists-again': {
    file: 'src/promote/refill.ts',
    says: 'looks at the fallback tag once more before the tag is written',
    find: 'const isWritten = await listUnlisted(filled.unlisted, ports.target, repository, ports.log);',
    replace: 'const isWritten = filled.unlisted.length < 0;',
  },
  'reads-all-pages': {
    file: 'src/registry/referrers-api.ts',
    says: 'follows the pages of a list',
    find: 'const next = nextPage(response);',
    replace: 'const next = undefined as ReturnType<typeof nextPage>;',
  },
  'pages-end': {
    file: 'src/registry/referrers-api.ts',
    says: 'sees that pages do not end',
    find: 'if (visited.has(next.href) || ',
    replace: 'if (',
  },
  'strange-entries': {
    file: 'src/registry/referrers-page.ts',
    says: 'leaves out what cannot be a referrer, and takes the others',
    find: 'if (!(error instanceof ImageError)) throw error;',
    replace: 'throw error;',
  },
  'referrer-has-subject': {
    file: 'src/transfer/listed-referrer.ts',
    says: 'looks whether what is listed as a referrer is one',
    find: "if (!isReferrerOf(content.manifest, subject)) return 'none';",
    replace: '',
  },
  'legacy-tags': {
    file: 'src/transfer/referrers.ts',
    says: 'looks for the older tags',
    find: 'findLegacyTags(subjects, client, repository, findTagged),',
    replace: 'findLegacyTags([], client, repository, findTagged),',
  },
  'referrers-no-api': {
    file: 'src/registry/referrers-api.ts',
    says: 'takes a strange answer for a registry without the referrers API',
    find: "  return { kind: 'no-api' };",
    replace: "  throw new RegistryError('PROTOCOL', 'no list');",
  },
  'referrers-undecided': {
    file: 'src/registry/referrers-api.ts',
    says: 'keeps "cannot say" apart from "there are none"',
    find: "return { kind: 'undecided', error: await refuseResponse(request, response) };",
    replace: "return { kind: 'no-api' };",
  },
  'referrers-401': {
    file: 'src/registry/referrers-api.ts',
    says: 'takes a refused login for no answer',
    find: 'if (status === 401) throw await refuseResponse(request, response);',
    replace: '',
  },
  'referrers-stay': {
    file: 'src/registry/referrers-api.ts',
    says: 'stays at the registry with its question for referrers',
    find: "    redirects: 'same-origin',",
    replace: "    redirects: 'follow',",
  },
  'referrers-page': {
    file: 'src/registry/referrers-page.ts',
    says: 'takes only an index for a page of referrers',
    find: 'if (json === undefined || ',
    replace: 'if (json === undefined) return { descriptors: [], strange: [] };\n  if (',
  },
} as const satisfies Readonly<Record<string, Guard>>;
