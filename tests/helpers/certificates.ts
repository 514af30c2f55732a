import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { Integer, OctetString, Utf8String } from 'asn1js';
import {
  AltName,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  GeneralName,
} from 'pkijs';

/** What a TLS server shows, and the key that belongs to it; both PEM. */
export interface ServerIdentity {
  cert: string;
  key: string;
}

export interface CertificateWishes {
  /** The host name or IPv4 address that it is for; 127.0.0.1 unless said otherwise. */
  host?: string;
  /** Whole days from now. */
  from?: number;
  to?: number;
}

interface Issuer {
  name: string;
  keys: webcrypto.CryptoKeyPair;
}

/** A certificate authority of one test. */
export class Authority {
  private constructor(
    private readonly issuer: Issuer,
    /** Its own certificate, PEM: what a machine trusts. */
    readonly pem: string,
  ) {}

  static async make(name = 'Authority of a test'): Promise<Authority> {
    const keys = await newKeys();
    const issuer = { name, keys };
    return new Authority(issuer, await certificate(name, keys, issuer, null));
  }

  async issue(wishes: CertificateWishes = {}): Promise<ServerIdentity> {
    const keys = await newKeys();
    return {
      cert: await certificate('server', keys, this.issuer, wishes),
      key: await keyPem(keys),
    };
  }
}

export async function selfSigned(wishes: CertificateWishes = {}): Promise<ServerIdentity> {
  const keys = await newKeys();
  const cert = await certificate('server', keys, { name: 'server', keys }, wishes);
  return { cert, key: await keyPem(keys) };
}

const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALT_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const DAY_MS = 24 * 3600 * 1000;

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
  return webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
}

let serial = 0;

/** RFC 5280 §4.1, PEM; `wishes` is null for an authority's own. */
async function certificate(
  name: string,
  { publicKey }: webcrypto.CryptoKeyPair,
  issuer: Issuer,
  wishes: CertificateWishes | null,
): Promise<string> {
  const made = new Certificate({ version: 2, serialNumber: new Integer({ value: (serial += 1) }) });
  made.subject.typesAndValues.push(commonName(name));
  made.issuer.typesAndValues.push(commonName(issuer.name));
  made.notBefore.value = new Date(Date.now() + (wishes?.from ?? -1) * DAY_MS);
  made.notAfter.value = new Date(Date.now() + (wishes?.to ?? 1) * DAY_MS);
  made.extensions = [
    wishes === null
      ? extension(BASIC_CONSTRAINTS, new BasicConstraints({ cA: true }))
      : extension(SUBJECT_ALT_NAME, altName(wishes.host ?? '127.0.0.1')),
  ];
  await made.subjectPublicKeyInfo.importKey(publicKey);
  await made.sign(issuer.keys.privateKey, 'SHA-256');
  return pem('CERTIFICATE', made.toSchema().toBER());
}

function commonName(name: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value: name }) });
}

function altName(host: string): AltName {
  const address = Uint8Array.from(host.split('.'), Number);
  const one = isIP(host)
    ? new GeneralName({ type: 7, value: new OctetString({ valueHex: address.buffer }) })
    : new GeneralName({ type: 2, value: host });
  return new AltName({ altNames: [one] });
}

function extension(extnID: string, value: AltName | BasicConstraints): Extension {
  return new Extension({ extnID, critical: false, extnValue: value.toSchema().toBER() });
}

async function keyPem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', privateKey));
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
