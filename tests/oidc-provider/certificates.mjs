// Node can read X.509 certificates but not make them, so the `openssl` program does it. Without
// that program the server still runs, only without mutual TLS.
import { execFile } from 'node:child_process';
import { generateKeyPair } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const generate = promisify(generateKeyPair);

// Everything goes through a config file of our own: -addext and the like are missing in older
// OpenSSL and in LibreSSL, and some installations have no default config at all.
const config = (commonName, extensions) => [
  '[req]', 'prompt=no', 'distinguished_name=dn', 'x509_extensions=ext',
  '[dn]', 'O=AuthModule tests', `CN=${commonName}`,
  '[ext]', ...extensions,
].join('\n');

const leaf = (usage, ...more) => [
  'basicConstraints=critical,CA:false',
  'keyUsage=critical,digitalSignature,keyEncipherment',
  `extendedKeyUsage=${usage}`,
  ...more,
];

/** CA, server certificate and two client certificates; null where openssl is missing. */
export async function createCertificates() {
  const dir = await mkdtemp(join(tmpdir(), 'oidc-provider-'));
  const file = (name) => join(dir, name);

  async function prepare(name, commonName, extensions) {
    const { privateKey } = await generate('rsa', { modulusLength: 2048 });
    const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(file(`${name}.key`), keyPem);
    await writeFile(file(`${name}.cnf`), config(commonName, extensions));
    return keyPem;
  }

  async function selfSigned(name, commonName, extensions) {
    const keyPem = await prepare(name, commonName, extensions);
    await run('openssl', ['req', '-new', '-x509', '-sha256', '-days', '2',
      '-key', file(`${name}.key`), '-config', file(`${name}.cnf`), '-out', file(`${name}.pem`)]);
    return { keyPem, certificatePem: await readFile(file(`${name}.pem`), 'utf8') };
  }

  let serial = 1;
  async function signedByCa(name, commonName, extensions) {
    const keyPem = await prepare(name, commonName, extensions);
    serial += 1;
    await run('openssl', ['req', '-new', '-sha256',
      '-key', file(`${name}.key`), '-config', file(`${name}.cnf`), '-out', file(`${name}.csr`)]);
    await run('openssl', ['x509', '-req', '-sha256', '-days', '2', '-set_serial', String(serial),
      '-in', file(`${name}.csr`), '-CA', file('ca.pem'), '-CAkey', file('ca.key'),
      '-extfile', file(`${name}.cnf`), '-extensions', 'ext', '-out', file(`${name}.pem`)]);
    return { keyPem, certificatePem: await readFile(file(`${name}.pem`), 'utf8') };
  }

  try {
    const ca = await selfSigned('ca', 'AuthModule test CA', [
      'basicConstraints=critical,CA:true',
      'keyUsage=critical,keyCertSign,cRLSign',
      'subjectKeyIdentifier=hash',
    ]);
    return {
      ca,
      server: await signedByCa('server', 'localhost',
        leaf('serverAuth', 'subjectAltName=IP:127.0.0.1,DNS:localhost')),
      pkiClient: await signedByCa('pki', 'tls-pki', leaf('clientAuth')),
      selfSignedClient: await selfSigned('self', 'tls-self-signed', leaf('clientAuth')),
    };
  } catch (error) {
    // Any other failure is a defect here, not a missing program, and must be seen.
    if (error.code !== 'ENOENT') throw error;
    console.error('openssl was not found: mutual TLS is off');
    return null;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The subject of a certificate as RFC 4514 writes it, the form of tls_client_auth_subject_dn. */
export const subjectDn = (certificate) => certificate.subject.split('\n').reverse().join(',');
