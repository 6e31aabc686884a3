import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { WITH_TOKENS, type World } from '../world.ts';

const AREA = 'Uploads and mounts';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const say = (code: string): Pick<Fault, 'headers' | 'body'> => ({
  headers: JSON_TYPE,
  body: JSON.stringify({ errors: [{ code, message: 'no' }] }),
});
const PATCH: Fault = { method: 'PATCH', path: /uploads/, times: 1 };
const COMMIT: Fault = { method: 'PUT', path: /blobs\/uploads/, times: 1 };
const MOUNT: Fault = { method: 'POST', path: /[?&]mount=/ };
const oneRegistry = { oneRegistry: true, target: WITH_TOKENS } as const;

/** Signature, record and verification summary, which are nowhere else. */
const EVIDENCE = 3;

/** Bytes that went up although they were there already. */
export const findMoved = ({ target }: World): readonly string[] =>
  target.log.find('PATCH', /prod\/web/).filter(({ requestBytes }) => requestBytes > 300).length <= EVIDENCE
    ? []
    : ['blobs were uploaded that could have been mounted'];

/** Bytes that went up although the same had gone up before. */
const findRepeated = ({ target }: World): readonly string[] => {
  const uploads = target.log.find('PATCH', /uploads/).length;
  const stored = new Set(target.log.find('PUT', /blobs\/uploads/).map(({ path }) => path.split('digest=')[1]));
  return uploads > stored.size ? [`${uploads} uploads for ${stored.size} blobs`] : [];
};

export const UPLOAD_ROWS: readonly FaultRow[] = [
  {
    id: 'mount-moves-nothing',
    area: AREA,
    says: 'source and target are one registry: blobs are mounted, and no byte of the image is sent',
    guard: 'mounts',
    world: oneRegistry,
    faults: [{ ...MOUNT, before: () => undefined }],
    ends: 'promoted',
    findWrong: findMoved,
  },
  {
    id: 'mount-refused',
    area: AREA,
    says: 'a mount is refused: the blob is uploaded',
    guard: 'mount-falls-back',
    world: oneRegistry,
    faults: [{ ...MOUNT, status: 405 }],
    ends: 'promoted',
  },
  {
    id: 'mount-opens-upload',
    area: AREA,
    says: 'a mount is answered with an upload (ECR without the option, Harbor): the blob is uploaded',
    guard: 'mount-falls-back',
    world: { oneRegistry: true, target: { ...WITH_TOKENS, uploads: { mounts: false } } },
    faults: [{ ...MOUNT, before: () => undefined }],
    ends: 'promoted',
  },
  {
    id: 'mount-other-digest',
    area: AREA,
    says: 'a mount is said to have stored another digest',
    guard: 'commit-digest',
    world: oneRegistry,
    faults: [{ ...MOUNT, wrongDigestHeader: true }],
    ends: { failed: 'DIGEST_MISMATCH' },
  },
  {
    id: 'session-lost',
    area: AREA,
    says: 'the target forgets an upload before its bytes come (a restart)',
    guard: 'upload-starts-over',
    faults: [{ ...PATCH, status: 404, ...say('BLOB_UPLOAD_UNKNOWN') }],
    ends: 'promoted',
  },
  {
    id: 'session-lost-late',
    area: AREA,
    says: 'the target forgets an upload after its bytes came',
    guard: 'upload-starts-over',
    faults: [{ ...COMMIT, status: 404, ...say('BLOB_UPLOAD_UNKNOWN') }],
    ends: 'promoted',
  },
  {
    id: 'session-invalid',
    area: AREA,
    says: 'the target calls an upload invalid that was reset on the way (ACR)',
    guard: 'upload-starts-over',
    faults: [{ ...PATCH, status: 400, ...say('BLOB_UPLOAD_INVALID') }],
    ends: 'promoted',
  },
  {
    id: 'commit-lost-answer',
    area: AREA,
    says: 'the target stores a blob, and its answer is lost: it is found, and not sent again',
    guard: 'upload-looks-first',
    faults: [{ ...COMMIT, dropConnection: 'after' }],
    ends: 'promoted',
    findWrong: findRepeated,
  },
  {
    id: 'commit-busy',
    area: AREA,
    says: 'the target is busy at the end of an upload: that step is sent again, and no byte twice',
    guard: 'resends-when-busy',
    faults: [{ ...COMMIT, status: 429, headers: { 'Retry-After': '1' } }],
    ends: 'promoted',
    findWrong: findRepeated,
  },
  {
    id: 'commit-refused',
    area: AREA,
    says: 'the target finds another digest in what was uploaded',
    guard: 'commit-status',
    faults: [{ ...COMMIT, times: 9, status: 400, ...say('DIGEST_INVALID') }],
    ends: { failed: 'PROTOCOL' },
  },
  {
    id: 'present-lie',
    area: AREA,
    says: 'the target says a blob is there that is not: it refuses the manifest, and nothing is tagged',
    guard: 'put-status',
    faults: ({ image }) =>
      [...image.contents]
        .filter(([, { kind }]) => kind === 'blob')
        .slice(0, 1)
        .map(
          ([digest, { bytes }]): Fault => ({
            method: 'HEAD',
            path: new RegExp(`blobs/${digest}`),
            status: 200,
            headers: { 'Content-Length': `${bytes.length}`, 'Docker-Content-Digest': digest },
          }),
        ),
    ends: { failed: 'CONFLICT' },
  },
  {
    id: 'present-other-size',
    area: AREA,
    says: 'the target holds a blob of another size under the digest: it is uploaded again',
    guard: 'present-by-size',
    faults: ({ image }) =>
      [...image.contents]
        .filter(([, { kind }]) => kind === 'blob')
        .slice(0, 1)
        .map(
          ([digest]): Fault => ({
            method: 'HEAD',
            path: new RegExp(`blobs/${digest}`),
            times: 1,
            status: 200,
            headers: { 'Content-Length': '3', 'Docker-Content-Digest': digest },
          }),
        ),
    ends: 'promoted',
    findWrong: ({ target }) =>
      target.log
        .find('PUT', /manifests/)
        .filter(({ status }) => status >= 400)
        .map(({ path }) => `${path} was written before its blobs`),
  },
  {
    id: 'present-other-digest',
    area: AREA,
    says: 'the target names another digest for a blob that it has',
    guard: 'present-by-digest',
    faults: ({ image }) =>
      [...image.contents]
        .filter(([, { kind }]) => kind === 'blob')
        .slice(0, 1)
        .map(
          ([digest, { bytes }]): Fault => ({
            method: 'HEAD',
            path: new RegExp(`blobs/${digest}`),
            status: 200,
            headers: { 'Content-Length': `${bytes.length}`, 'Docker-Content-Digest': `sha256:${'0'.repeat(64)}` },
          }),
        ),
    ends: { failed: 'DIGEST_MISMATCH' },
  },
  {
    id: 'commit-without-digest',
    area: AREA,
    says: 'the target does not say which digest it stored',
    guard: 'commit-digest-optional',
    faults: [{ ...COMMIT, times: 20, headers: { 'Docker-Content-Digest': undefined } }],
    ends: 'promoted',
  },
  {
    id: 'cancel-unknown',
    area: AREA,
    says: 'the target knows no cancelling of uploads',
    guard: 'cancel-is-a-favour',
    faults: [{ method: 'DELETE', path: /uploads/, dropConnection: true }],
    ends: 'promoted',
  },
  {
    id: 'forgets-blob',
    area: AREA,
    says: 'the target takes manifests whose blobs it does not have, and loses a blob it said it stored: it is pushed again',
    guard: 'blobs-are-there',
    world: { target: { missingContent: 'accept' } },
    faults: [{ ...COMMIT, status: 201 }],
    ends: 'promoted',
  },
];
