import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import tls from 'node:tls';
import { AppError } from '../../preload/contract/errors';

const VARIABLE = 'NODE_EXTRA_CA_CERTS';

/**
 * The authorities that may have signed a server's certificate, where NODE_EXTRA_CA_CERTS names extra
 * ones; undefined for only the usual ones. Node reads that variable itself, but not in the packaged
 * app: Electron ties it to NODE_OPTIONS, which is off.
 *
 * Throws `bad-source` where the file holds no certificate.
 */
export function knownAuthorities(
  env: Readonly<Record<string, string | undefined>>,
): tls.SecureContext | undefined {
  const file = env[VARIABLE] ?? '';
  if (file === '') return undefined;
  const ca = [...usualAuthorities(), ...certificatesOf(file)];
  return tls.createSecureContext({ ca });
}

/** Node 20 names only its own authorities; later versions also the system's, where they are used. */
function usualAuthorities(): readonly string[] {
  return tls.getCACertificates?.('default') ?? tls.rootCertificates;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function certificatesOf(file: string): readonly string[] {
  let found: readonly string[];
  try {
    // A pipe is never read: it might never end.
    const text = statSync(file).isFile() ? readFileSync(file, 'latin1') : '';
    found = text.match(CERTIFICATE) ?? [];
    // createSecureContext silently skips what is not a certificate.
    for (const pem of found) new X509Certificate(pem);
  } catch (cause) {
    throw unusable(file, cause);
  }
  if (found.length === 0) throw unusable(file);
  return found;
}

function unusable(file: string, cause?: unknown): AppError {
  return new AppError('bad-source', `${VARIABLE} names ${file}, which holds no certificates.`, {
    hint: `Set ${VARIABLE} to a file of certificates in PEM form, or unset it.`,
    cause,
  });
}
