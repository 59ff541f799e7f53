// What check.mjs needs of a client: the running server, requests, JWTs, DPoP proofs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  createHash, createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign, verify,
} from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UserAgent } from './walk.mjs';

export async function start(...args) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('server.mjs', import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', process.env.VERBOSE ? 'inherit' : 'ignore'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, info: JSON.parse(line) };
}

export const { child: server, info } = await start();
const { issuer, clients } = info;
export const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'));
export const sha256 = (text) => createHash('sha256').update(text).digest('base64url');
const now = () => Math.floor(Date.now() / 1000);
export const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

const signature = (alg) => ({
  padding: alg === 'PS256' ? 6 : undefined, // RSA_PKCS1_PSS_PADDING
  saltLength: alg === 'PS256' ? 32 : undefined,
  dsaEncoding: 'ieee-p1363',
});

function jwt(header, payload, key) {
  const input = `${encode(header)}.${encode(payload)}`;
  const bytes = header.alg === 'HS256'
    ? createHmac('sha256', key).update(input).digest()
    : sign('sha256', input, { key, ...signature(header.alg) });
  return `${input}.${bytes.toString('base64url')}`;
}

export async function verifyJwt(token) {
  const [header, payload, bytes] = token.split('.');
  const { alg, kid } = decode(header);
  const { keys } = await (await fetch(metadata.jwks_uri)).json();
  const jwk = keys.find((key) => key.kid === kid);
  assert.ok(jwk, 'the key is not in the JWKS');
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), ...signature(alg) };
  const digest = alg === 'EdDSA' ? null : 'sha256';
  assert.ok(verify(digest, `${header}.${payload}`, key, Buffer.from(bytes, 'base64url')));
  return { header: decode(header), payload: decode(payload) };
}

/** Adds the client's own authentication to a form and its headers. */
function authenticate(client, form, headers) {
  const { authMethod, authSigningAlg, clientId, clientSecret, privateJwk, privateKeyPem } = client;
  if (authMethod === 'client_secret_basic') {
    const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else if (authSigningAlg) {
    form.client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    form.client_assertion = jwt({ alg: authSigningAlg, kid: privateJwk?.kid }, {
      iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: now(), exp: now() + 60,
    }, privateKeyPem ?? clientSecret);
  } else {
    form.client_id = clientId;
    if (clientSecret) form.client_secret = clientSecret;
  }
}

async function post(url, client, fields, headers = {}) {
  const form = { ...fields };
  authenticate(client, form, headers);
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

export async function succeed(...args) {
  const { status, body } = await post(...args);
  assert.ok(status < 300, JSON.stringify(body));
  return body;
}

export async function fail(error, ...args) {
  const { status, body, headers } = await post(...args);
  assert.equal(body.error, error, `HTTP ${status} ${JSON.stringify(body)}`);
  return headers;
}

export const token = (client, form, headers) => succeed(metadata.token_endpoint, client, form, headers);
export const tokenFails = (error, client, form, headers) => fail(error, metadata.token_endpoint, client, form, headers);
export const introspect = (value) => succeed(metadata.introspection_endpoint, clients.resourceServer, { token: value });
export const userinfo = async (value) => (await fetch(metadata.userinfo_endpoint, { headers: { authorization: `Bearer ${value}` } })).json();

export const CC = { grant_type: 'client_credentials' };
export const refresh = (value) => ({ grant_type: 'refresh_token', refresh_token: value });

/** Walks the code flow; returns the token request's form. */
export async function authorize(client, params, { agent = new UserAgent(), push = false, ...walk } = {}) {
  const verifier = randomUUID() + randomUUID();
  const redirectUri = client.redirectUris[0].replace('127.0.0.1', '127.0.0.1:54321');
  let query = {
    response_type: 'code', redirect_uri: redirectUri, state: 's', code_challenge: sha256(verifier),
    code_challenge_method: 'S256', ...params,
  };
  if (push) query = { request_uri: (await succeed(metadata.pushed_authorization_request_endpoint, client, query)).request_uri };
  const start = `${metadata.authorization_endpoint}?${new URLSearchParams({ client_id: client.clientId, ...query })}`;
  const result = new URL(await agent.walk(start, walk)).searchParams;
  assert.equal(result.get('iss'), issuer);
  assert.equal(result.get('state'), 's');
  return {
    grant_type: 'authorization_code', code: result.get('code'), redirect_uri: redirectUri,
    code_verifier: verifier, error: result.get('error'),
  };
}

export function createDpop() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  return (htm, htu, more) => jwt(
    { typ: 'dpop+jwt', alg: 'ES256', jwk }, { jti: randomUUID(), iat: now(), htm, htu, ...more }, privateKey,
  );
}
