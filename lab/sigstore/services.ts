import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Certificate, makeAuthority } from '../certificate.ts';
import { describeIssuer } from './fulcio-config.ts';
import { type Service, startService } from './service.ts';

/** Fulcio, with the certificate of its authority in PEM. */
export interface Fulcio extends Service {
  readonly certificate: string;
}

/** Starts Fulcio for one issuer; without a log its certificates hold no SCT. */
export async function startFulcio(directory: string, issuer: string, ctLogUrl: string | undefined): Promise<Fulcio> {
  await makeEmpty(directory);
  const authority: Certificate = makeAuthority('lab fulcio');
  const passphrase = randomUUID();
  const key = createPrivateKey(authority.key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  await writeFile(join(directory, 'ca.key'), key, { mode: 0o600 });
  await writeFile(join(directory, 'ca.pem'), authority.cert);
  await writeFile(join(directory, 'config.yaml'), describeIssuer(issuer));
  const files = ['--fileca-cert=ca.pem', '--fileca-key=ca.key', `--fileca-key-passwd=${passphrase}`];
  const service = await startService({
    tool: 'fulcio',
    ports: 2,
    health: '/healthz',
    directory,
    args: ([http, grpc]) => [
      ...['serve', '--ca=fileca', ...files, '--fileca-watch=false', `--config-path=${join(directory, 'config.yaml')}`],
      ...[`--ct-log-url=${ctLogUrl ?? ''}`, '--host=127.0.0.1', `--port=${http}`],
      ...[
        '--grpc-host=127.0.0.1',
        `--grpc-port=${grpc}`,
        '--metrics-port=0',
        `--legacy-unix-domain-socket=${http}.sock`,
      ],
    ],
  });
  return { ...service, certificate: authority.cert };
}

/** A timestamp authority, with its certificates in PEM, leaf first. */
export interface TimestampAuthority extends Service {
  readonly certificates: string;
}

/** Starts Sigstore's timestamp authority (RFC 3161) with a key of its own. */
export async function startTimestampAuthority(directory: string): Promise<TimestampAuthority> {
  await makeEmpty(directory);
  const args = ([port]: readonly number[]) => ['--port', `${port}`];
  const service = await startService({ tool: 'timestamp-server', ports: 1, health: '/ping', directory, args });
  const response = await fetch(`${service.url}/api/v1/timestamp/certchain`);
  return { ...service, certificates: await response.text() };
}

/** Rekor v2, with its key and the name its checkpoints are signed under. */
export interface Rekor extends Service {
  readonly publicKey: KeyObject;
  readonly origin: string;
  /** The folder of the log itself. */
  readonly log: string;
}

/** Starts Rekor v2 over a log on disk, as quick as it can be told to be. */
export async function startRekor(directory: string): Promise<Rekor> {
  const log = join(directory, 'log');
  await makeEmpty(directory);
  await mkdir(log);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(join(directory, 'rekor.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const origin = 'rekor.lab';
  const service = await startService({
    tool: 'rekor-server-posix',
    ports: 2,
    health: '/healthz',
    directory,
    args: ([http, grpc]) => [
      ...['serve', `--hostname=${origin}`, `--storage-dir=${log}`, '--signer-filepath=rekor.key', '--log-level=warn'],
      ...['--http-address=127.0.0.1', `--http-port=${http}`, '--grpc-address=127.0.0.1', `--grpc-port=${grpc}`],
      ...['--http-metrics-port=0', '--checkpoint-interval=100ms', '--batch-max-age=20ms'],
    ],
  });
  return { ...service, origin, log, publicKey: createPublicKey(privateKey) };
}

/** What a former run left there belongs to other keys. */
async function makeEmpty(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
}
