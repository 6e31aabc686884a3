import { digestOf } from '../../lab/registry/digest.ts';
import type { Observation } from './kind.ts';

/** One answer, read to its end. `status` is 0 when the connection broke before that. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Where `Location` points, in full; empty without one. */
  readonly location: string;
}

/** What goes with a request. */
export interface Payload {
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Bytes and their sha256 digest. */
export interface Blob {
  readonly bytes: Buffer;
  readonly digest: string;
}

/** Where uploads begin, below `/v2/REPOSITORY/`. */
export const UPLOADS = 'blobs/uploads/';

/** What every client says it takes: a wildcard alone gets no OCI manifest from many registries. */
const ACCEPT = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  '*/*',
].join(', ');

/** Talks to one repository in plain HTTP requests, as the specification writes them: no client of ours is between. */
export class Repository {
  readonly name: string;
  readonly host: string;

  constructor(host: string, name: string) {
    this.host = host;
    this.name = name;
  }

  /** Another repository of the same registry, whose name begins as this one's. */
  sibling(suffix: string): Repository {
    return new Repository(this.host, `${this.name}-${suffix}`);
  }

  /** Sends one request to a path below this repository or to a full address; follows no redirect. */
  async send(method: string, path: string, { body, headers = {} }: Payload = {}): Promise<Answer> {
    const url = new URL(path, `http://${this.host}/v2/${this.name}/`);
    try {
      const answer = await fetch(url, {
        method,
        headers: { Accept: ACCEPT, ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      });
      const location = answer.headers.get('location');
      return {
        status: answer.status,
        headers: answer.headers,
        body: Buffer.from(await answer.arrayBuffer()),
        location: location === null ? '' : new URL(location, url).href,
      };
    } catch {
      return { status: 0, headers: new Headers(), body: Buffer.alloc(0), location: '' };
    }
  }

  /** Opens an upload session and gives its answer; throws unless it is open. */
  async openUpload(query = ''): Promise<Answer> {
    const opened = await this.send('POST', `${UPLOADS}${query}`);
    if (opened.status !== 202) throw new Error(`no upload session in ${this.name}: ${opened.status} ${opened.body}`);
    return opened;
  }

  /** Stores a blob by POST and PUT; throws unless it is stored. */
  async pushBlob(content: Buffer | string): Promise<Blob> {
    const blob = blobOf(content);
    const { location } = await this.openUpload();
    const { status, body } = await this.send('PUT', closing(location, blob.digest), { body: blob.bytes });
    if (status !== 201) throw new Error(`${blob.digest} was not stored in ${this.name}: ${status} ${body}`);
    return blob;
  }

  /** Sends a manifest under a tag or digest. */
  putManifest(reference: string, bytes: Buffer | string, mediaType: string): Promise<Answer> {
    return this.send('PUT', `manifests/${reference}`, { body: bytes, headers: { 'Content-Type': mediaType } });
  }
}

/** These bytes as a blob. */
export function blobOf(content: Buffer | string): Blob {
  const bytes = Buffer.from(content);
  return { bytes, digest: digestOf(bytes) };
}

/** The address that closes an upload session. */
export function closing(location: string, digest: string): string {
  const url = new URL(location);
  url.searchParams.append('digest', digest);
  return url.href;
}

/** The first error code of an answer, or what there is instead. */
export function codeOf({ body }: Answer): string {
  try {
    const { errors } = JSON.parse(body.toString()) as { errors?: { code: string }[] };
    return errors?.[0]?.code ?? 'no code';
  } catch {
    return 'no JSON';
  }
}

/** Status and error code in one, such as `404 BLOB_UNKNOWN`. */
export function refusalOf(answer: Answer): string {
  return `${answer.status} ${codeOf(answer)}`;
}

/** What an answer shows of content that it should be: `right`, `wrong` or `none`, so that expectations hold for any content. */
export function comparedWith(answer: Answer, { bytes, digest }: Blob, method: 'GET' | 'HEAD'): Observation {
  if (answer.status !== 200) return { status: answer.status };
  const rate = (found: string | null, wanted: string) =>
    found === null ? 'none' : found === wanted ? 'right' : 'wrong';
  const wanted = method === 'HEAD' ? Buffer.alloc(0) : bytes;
  return {
    status: answer.status,
    digest: rate(answer.headers.get('docker-content-digest'), digest),
    length: rate(answer.headers.get('content-length'), `${bytes.length}`),
    body: answer.body.equals(wanted) ? 'right' : 'wrong',
  };
}

/** What `comparedWith` says of content that is as it should be. */
export const RIGHT = { status: 200, digest: 'right', length: 'right', body: 'right' } as const;
