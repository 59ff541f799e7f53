// Starts the authorization server on free loopback ports, prints one line of JSON with all that a
// test needs, and ends when its standard input closes, so that it cannot outlive the tests.
//
//   node server.mjs [--https]     --https: the issuer is the TLS address instead of the plain one
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createUsers } from './accounts.mjs';
import { createStore } from './adapter.mjs';
import { createCertificates } from './certificates.mjs';
import { createClients, rarType } from './clients.mjs';
import { createControlServer, createRequestLog } from './control.mjs';
import { createJwks } from './keys.mjs';
import { createProvider } from './provider.mjs';
import { resourceNames } from './resources.mjs';

// Standard output carries the one line of JSON; oidc-provider writes notices there too.
console.log = console.error;
console.info = console.error;

const stop = () => process.exit(0);
process.stdin.on('end', stop).on('close', stop).resume();
process.on('SIGTERM', stop).on('SIGINT', stop);

async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${server.address().port}`;
}

const certificates = await createCertificates();
const clients = await createClients(certificates);
const users = createUsers();
const store = createStore();
const log = createRequestLog();

let handle;
const onRequest = (request, response) => {
  log.add(request);
  handle(request, response);
};

// The ports have to be known before the provider can be told its issuer.
const httpBaseUrl = `http://${await listen(createServer(onRequest))}`;
const mtlsBaseUrl = certificates && `https://${await listen(createTlsServer({
  key: certificates.server.keyPem,
  cert: certificates.server.certificatePem,
  ca: certificates.ca.certificatePem,
  requestCert: true,
  // Clients without a certificate, or with a self-signed one, are the provider's to judge.
  rejectUnauthorized: false,
}, onRequest))}`;

const useHttps = process.argv.includes('--https');
if (useHttps && !mtlsBaseUrl) throw new Error('--https needs the openssl program');
const issuer = useHttps ? mtlsBaseUrl : httpBaseUrl;

// oidc-provider reads its keys once, so new keys mean a new Provider over the same storage.
async function rotateKeys() {
  const jwks = await createJwks();
  handle = createProvider({
    issuer, mtlsBaseUrl, jwks, users, clients: clients.metadata, Adapter: store.Adapter,
  }).callback();
  return jwks.keys.map(({ kid }) => kid);
}

await rotateKeys();
const controlBaseUrl = `http://${await listen(createControlServer({ log, store, rotateKeys }))}`;

process.stdout.write(`${JSON.stringify({
  issuer,
  httpBaseUrl,
  controlBaseUrl,
  mtls: certificates && { baseUrl: mtlsBaseUrl, caPem: certificates.ca.certificatePem },
  users,
  clients: clients.printed,
  resources: resourceNames,
  authorizationDetailsType: rarType,
})}\n`);
