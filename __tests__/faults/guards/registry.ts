import type { Guard } from '../guards.ts';

const R = 'src/registry';

/** What holds each answer of a registry to what it should be. */
export const REGISTRY_GUARDS = {
  'manifest-status': {
    file: `${R}/manifest.ts`,
    says: 'takes only a 200 for a manifest',
    find: '  if (response.status !== 200) throw await refuseResponse(request, response);\n  const bytes = response.whole;',
    replace: '  const bytes = response.whole;',
  },
  'manifest-limit': {
    file: `${R}/transport/body.ts`,
    says: 'stops reading what is too long',
    find: 'if (length > limit) return undefined;',
    replace: '',
  },
  'manifest-digest': {
    file: `${R}/manifest.ts`,
    says: 'holds a manifest to the digest it was asked for by',
    find: 'if (isDigest(reference) && !matchesDigest(bytes, reference)) failDigest(request, response, digestOf(bytes));',
    replace: '',
  },
  'digest-header': {
    file: `${R}/manifest.ts`,
    says: 'holds content to the digest that the registry names for it',
    find: 'if (isDigest(claimed) && matchesDigest(bytes, claimed)) return claimed;',
    replace: 'return digestOf(bytes);',
  },
  'manifest-parses': {
    file: `${R}/manifest.ts`,
    says: 'reads a manifest as strictly as it must',
    find: 'if (!(cause instanceof ImageError)) throw cause;',
    replace: 'throw cause;',
  },
  'absence-is-absence': {
    file: `${R}/manifest.ts`,
    says: 'takes the word of a registry that something is not there',
    find: 'if (await isAbsence(transport, request, body)) return undefined;',
    replace: '',
  },
  'absence-is-told': {
    file: `${R}/manifest.ts`,
    says: 'takes a tag for free only when the registry itself says so',
    find: 'return diagnostics.some(({ code }) => ABSENT_CODES.includes(code));',
    replace: 'return true;',
  },
  'expired-is-absent': {
    file: `${R}/manifest.ts`,
    says: 'takes a tag that expired for none',
    find: "'NOT_FOUND', 'TAG_EXPIRED'];",
    replace: "'NOT_FOUND'];",
  },
  'head-status': {
    file: `${R}/manifest-head.ts`,
    says: 'takes no answer but known ones for a look at a manifest',
    find: 'if (![200, 404, 405, 501].includes(response.status)) throw await refuseResponse(request, response);',
    replace: '',
  },
  'head-falls-back': {
    file: `${R}/manifest-head.ts`,
    says: 'reads the content where HEAD does not tell',
    find: 'const content = await (reading ?? findManifest(transport, repository, reference, access));',
    replace: 'const content = undefined as Awaited<ReturnType<typeof findManifest>>;',
  },
  'put-status': {
    file: `${R}/manifest-put.ts`,
    says: 'looks whether a manifest was taken',
    find: 'if (response.status < 200 || response.status > 299) {',
    replace: 'if (response.status === 299) {',
  },
  'put-digest': {
    file: `${R}/manifest-put.ts`,
    says: 'compares the digest that a registry says it has stored',
    find: '  checkDigestHeader(request, response, bytes);\n',
    replace: '',
  },
  'blob-status': {
    file: `${R}/blob-resume.ts`,
    says: 'takes only a 200 for a blob',
    find: 'if (response.status !== 200) throw await refuseResponse(request, response);',
    replace: '',
  },
  'blob-digest': {
    file: `${R}/blob-verify.ts`,
    says: 'hashes what it reads',
    find: 'if (found === digestHex(this.#descriptor.digest)) return;',
    replace: 'if (found !== "") return;',
  },
  'blob-size': {
    file: `${R}/blob-verify.ts`,
    says: 'counts what it reads',
    find: '#failSize(found: string): never {',
    replace: '#failSize(found: string): never {\n    if (found !== "") return undefined as never;',
  },
  'announced-size': {
    file: `${R}/blob-resume.ts`,
    says: 'compares the length that is announced before it reads',
    find: 'if (length === undefined || Number(length) === descriptor.size) return;',
    replace: 'if (length !== "none") return;',
  },
  'blob-digest-header': {
    file: `${R}/blob-verify.ts`,
    says: 'compares the digest that a registry names for a blob',
    find: 'if (!claimed || claimed === digest) return;',
    replace: 'if (claimed !== "none") return;',
  },
  'blob-resumes': {
    file: `${R}/blob-download.ts`,
    says: 'goes on with a blob that broke off',
    find: 'breaks >= transport.retry.attempts ||',
    replace: 'breaks >= 0 ||',
  },
  'blob-look-status': {
    file: `${R}/blob-head.ts`,
    says: 'takes no answer but known ones for a look at a blob',
    find: 'if (response.status !== 200) throw await refuseResponse(request, response);',
    replace: '',
  },
  'present-by-size': {
    file: `${R}/blob-head.ts`,
    says: 'compares the size of a blob that is there',
    find: "Number(length) === size ? 'present' : 'other-size';",
    replace: "Number(length) === size ? 'present' : 'present';",
  },
  'session-status': {
    file: `${R}/upload-session.ts`,
    says: 'looks whether an upload was opened',
    find: 'const session = response.status === 202 ? readSession(response) : undefined;',
    replace: 'const session = readSession(response) ?? { address: response.url, minChunk: 0 };',
  },
  'cancel-is-a-favour': {
    file: `${R}/upload-session.ts`,
    says: 'goes on when an upload cannot be cancelled',
    find: '    await discardBody(response);\n  } catch (fault) {\n',
    replace:
      "    await discardBody(response);\n    if (response.status > 299) throw new Error('not cancelled');\n  } catch (fault) {\n    if (fault instanceof Error) throw fault;\n",
  },
  'part-status': {
    file: `${R}/upload-parts.ts`,
    says: 'looks whether bytes were taken',
    find: 'if (TAKEN_STATUSES.includes(response.status)) return acceptPart(',
    replace: 'if (response.status !== 1) return acceptPart(',
  },
  'commit-status': {
    file: `${R}/blob-commit.ts`,
    says: 'looks whether a blob was stored',
    find: 'if (response.status !== 201) throw await refuseResponse(request, response);',
    replace: '',
  },
  'commit-vague': {
    file: `${R}/blob-commit.ts`,
    says: 'looks for the blob where an answer leaves open whether it was stored',
    find: "!== 'present') throw refusal;",
    replace: "=== 'other-size') throw refusal;",
  },
  'upload-starts-over': {
    file: `${R}/upload-wait.ts`,
    says: 'starts an upload over that broke or was lost',
    find: 'if (!(fault instanceof RegistryError)) return false;\n  const',
    replace: 'if (fault !== undefined) return false;\n  const',
  },
  'upload-looks-first': {
    file: `${R}/blob-upload.ts`,
    says: 'looks whether a blob was stored before it is sent again',
    find: "if (await hasBlob(transport, repository, descriptor, 'push')) return;",
    replace: '',
  },
  'commit-digest': {
    file: `${R}/blob-commit.ts`,
    says: 'compares the digest that was stored',
    find: '  await discardBody(response);\n  checkClaimedDigest(request, response, digest);',
    replace: '  await discardBody(response);',
  },
  'commit-digest-optional': {
    file: `${R}/blob-verify.ts`,
    says: 'does without a digest that the registry does not name',
    find: 'if (!claimed || claimed === digest) return;',
    replace: 'if (claimed === digest) return;',
  },
  'present-by-digest': {
    file: `${R}/blob-head.ts`,
    says: 'compares the digest of a blob that is there',
    find: '  checkClaimedDigest(request, response, digest);\n',
    replace: '',
  },
  mounts: {
    file: `${R}/blob-push.ts`,
    says: 'mounts what the registry has elsewhere',
    find: 'const isMountable = mountFrom !== undefined && mountFrom !== repository;',
    replace: 'const isMountable = false as boolean && mountFrom !== undefined;',
  },
  'mount-falls-back': {
    file: `${R}/blob-mount.ts`,
    says: 'uploads what could not be mounted',
    find: 'return response.status === 202 ? readSession(response) : undefined;',
    replace: "throw new RegistryError('PROTOCOL', 'no mount');",
  },
} as const satisfies Readonly<Record<string, Guard>>;
