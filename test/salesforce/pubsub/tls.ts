// The certificate that the Pub/Sub server answers with: made at start for the loopback address, good for a day, its
// public half written where clients can read it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface TlsFiles {
  cert: string;
  key: string;
  /** Path of the certificate that clients are to trust. */
  caFile: string;
  /** Removes what was written. */
  remove(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export async function loopbackCertificate(): Promise<TlsFiles> {
  const now = Date.now();
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // An hour back, for clients whose clock is behind.
    notBeforeDate: new Date(now - DAY_MS / 24),
    notAfterDate: new Date(now + DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'org-pubsub-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, cert);
  return { cert, key, caFile, remove: () => rm(folder, { recursive: true, force: true }) };
}
