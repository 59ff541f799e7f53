// Tries every feature of the server once:  node check.mjs
// Prints one line per check, and exits non-zero if any failed. VERBOSE=1 shows the server's log.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import {
  CC, authorize, createDpop, fail, info, introspect, metadata, pause, refresh, server, sha256, start,
  succeed, token, tokenFails, userinfo, verifyJwt,
} from './check-support.mjs';
import { UserAgent } from './walk.mjs';

const { issuer, clients, users, mtls } = info;

let failures = 0;
async function check(name, run) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}

for (const name of Object.keys(clients).filter((each) => /^cc(?!Dpop)/.test(each))) {
  await check(`client credentials: ${name}`, async () => {
    const body = await token(clients[name], { ...CC, scope: 'api:read' });
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.scope, 'api:read');
  });
}

await check('client credentials: a wrong secret is refused', () => (
  tokenFails('invalid_client', { ...clients.ccBasic, clientSecret: 'wrong' }, CC)));

for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
  await check(`resource indicator: JWT access token with ${alg}`, async () => {
    const resource = `urn:test:${alg.toLowerCase()}`;
    const { access_token: value } = await token(clients.ccBasic, { ...CC, resource, scope: 'api:write' });
    const { header, payload } = await verifyJwt(value);
    assert.deepEqual([header.alg, header.typ, payload.aud, payload.scope], [alg, 'at+jwt', resource, 'api:write']);
  });
}

await check('resource indicator: opaque, and an unknown one', async () => {
  const { access_token: value } = await token(clients.ccBasic, { ...CC, resource: 'urn:test:opaque' });
  assert.equal((await introspect(value)).aud, 'urn:test:opaque');
  await tokenFails('invalid_target', clients.ccBasic, { ...CC, resource: 'urn:test:unknown' });
});

await check('introspection and revocation', async () => {
  const { access_token: value } = await token(clients.ccBasic, CC);
  assert.equal((await introspect(value)).active, true);
  await succeed(metadata.revocation_endpoint, clients.ccBasic, { token: value });
  assert.deepEqual(await introspect(value), { active: false });
});

await check('short lifetime', async () => {
  const { access_token: value, expires_in: lifetime } = await token(clients.short, CC);
  assert.equal(lifetime, clients.short.lifetime);
  await pause(lifetime + 0.5);
  assert.equal((await introspect(value)).active, false);
});

await check('password, refresh rotation, reuse', async () => {
  const { username, password } = users.alice;
  const form = { grant_type: 'password', username, password, scope: 'openid email' };
  const first = await token(clients.password, form);
  assert.equal((await verifyJwt(first.id_token)).payload.sub, 'alice');
  assert.equal((await userinfo(first.access_token)).email, 'alice@example.test');
  const second = await token(clients.password, refresh(first.refresh_token));
  assert.notEqual(second.refresh_token, first.refresh_token);
  await tokenFails('invalid_grant', clients.password, refresh(first.refresh_token));
  // Reuse of a spent refresh token takes the whole family down.
  await tokenFails('invalid_grant', clients.password, refresh(second.refresh_token));
  await tokenFails('invalid_grant', clients.passwordPublic, { ...form, password: 'wrong' });
  const api = await token(clients.passwordPublic, { ...form, scope: 'api:read', resource: 'urn:test:es256' });
  assert.equal((await verifyJwt(api.access_token)).payload.sub, 'alice');
});

await check('revoking a refresh token', async () => {
  const { username, password } = users.bob;
  const body = await token(clients.password, { grant_type: 'password', username, password });
  await succeed(metadata.revocation_endpoint, clients.password, { token: body.refresh_token });
  assert.equal((await introspect(body.access_token)).active, false);
});

for (const name of ['native', 'confidential', 'web', 'par']) {
  await check(`authorization code with PKCE: ${name}`, async () => {
    const form = await authorize(clients[name], { scope: 'openid profile', nonce: 'n' }, { push: name === 'par', login: 'carol' });
    const body = await token(clients[name], form);
    const { payload } = await verifyJwt(body.id_token);
    assert.deepEqual([payload.sub, payload.nonce, payload.aud], ['carol', 'n', clients[name].clientId]);
    assert.equal((await userinfo(body.access_token)).name, 'Test user carol');
    await token(clients[name], refresh(body.refresh_token));
    await tokenFails('invalid_grant', clients[name], form);
  });
}

await check('authorization code: refusal, and PAR where it is required', async () => {
  assert.equal((await authorize(clients.native, { scope: 'openid' }, { refuse: true })).error, 'access_denied');
  assert.equal((await authorize(clients.par, { scope: 'openid' })).error, 'invalid_request');
});

await check('authorization code: resource and rich authorization request', async () => {
  const resource = 'urn:test:ps256';
  const details = JSON.stringify([{ type: info.authorizationDetailsType, amount: '1.00' }]);
  const form = await authorize(clients.native, { scope: 'api:read', resource, authorization_details: details });
  const body = await token(clients.native, form);
  assert.deepEqual(body.authorization_details, JSON.parse(details));
  const { payload } = await verifyJwt(body.access_token);
  assert.deepEqual([payload.aud, payload.authorization_details], [resource, JSON.parse(details)]);
});

await check('offline_access, silent sign-in and logout', async () => {
  const agent = new UserAgent();
  const scope = 'openid offline_access';
  const lasting = await token(clients.web, await authorize(clients.web, { scope, prompt: 'consent' }, { agent }));
  const silent = await token(clients.web, await authorize(clients.web, { scope: 'openid', prompt: 'none' }, { agent }));
  const [postLogout] = clients.web.postLogoutRedirectUris;
  const query = new URLSearchParams({ id_token_hint: silent.id_token, post_logout_redirect_uri: postLogout });
  assert.equal(await agent.walk(`${metadata.end_session_endpoint}?${query}`), postLogout);
  assert.equal((await authorize(clients.web, { scope: 'openid', prompt: 'none' }, { agent })).error, 'login_required');
  await tokenFails('invalid_grant', clients.web, refresh(silent.refresh_token));
  await token(clients.web, refresh(lasting.refresh_token));
});

await check('device flow', async () => {
  const begin = (client) => succeed(metadata.device_authorization_endpoint, client, { scope: 'openid' });
  const form = ({ device_code: code }) => ({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: code });
  const started = await begin(clients.device);
  assert.equal(started.interval, 1);
  await tokenFails('authorization_pending', clients.device, form(started));
  await new UserAgent().walk(started.verification_uri_complete);
  const body = await token(clients.device, form(started));
  assert.equal((await verifyJwt(body.id_token)).payload.sub, 'alice');
  await token(clients.device, refresh(body.refresh_token));

  const refused = await begin(clients.deviceDefaultInterval);
  assert.equal(refused.interval, undefined);
  await new UserAgent().walk(refused.verification_uri_complete, { refuse: true });
  await tokenFails('access_denied', clients.deviceDefaultInterval, form(refused));

  const expired = await begin(clients.short);
  await pause(expired.expires_in + 0.5);
  await tokenFails('expired_token', clients.short, form(expired));
});

await check('CIBA', async () => {
  const begin = (hint) => succeed(metadata.backchannel_authentication_endpoint, clients.ciba, { scope: 'openid', login_hint: hint });
  const form = ({ auth_req_id: id }) => ({ grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id: id });
  const approved = await begin('alice');
  await tokenFails('authorization_pending', clients.ciba, form(approved));
  assert.equal((await verifyJwt((await token(clients.ciba, form(approved))).id_token)).payload.sub, 'alice');
  const denied = await begin('mallory');
  await tokenFails('authorization_pending', clients.ciba, form(denied));
  await tokenFails('access_denied', clients.ciba, form(denied));
  await fail('unknown_user_id', metadata.backchannel_authentication_endpoint, clients.ciba, { scope: 'openid', login_hint: 'nobody' });
});

await check('DPoP: client credentials, without and with a required nonce', async () => {
  const dpop = createDpop();
  const proof = (more) => ({ dpop: dpop('POST', metadata.token_endpoint, more) });
  await tokenFails('invalid_grant', clients.ccDpop, CC);
  const body = await token(clients.ccDpop, CC, proof());
  assert.equal(body.token_type, 'DPoP');
  assert.ok((await introspect(body.access_token)).cnf.jkt);
  const headers = await tokenFails('use_dpop_nonce', clients.ccDpopNonce, CC, proof());
  await token(clients.ccDpopNonce, CC, proof({ nonce: headers.get('dpop-nonce') }));
});

await check('DPoP: public client, bound refresh token, userinfo', async () => {
  const dpop = createDpop();
  const proof = () => ({ dpop: dpop('POST', metadata.token_endpoint) });
  const first = await token(clients.nativeDpop, await authorize(clients.nativeDpop, { scope: 'openid' }), proof());
  const other = createDpop();
  await tokenFails('invalid_grant', clients.nativeDpop, refresh(first.refresh_token), { dpop: other('POST', metadata.token_endpoint) });
  const { access_token: value } = await token(clients.nativeDpop, refresh(first.refresh_token), proof());
  const response = await fetch(metadata.userinfo_endpoint, {
    headers: { authorization: `DPoP ${value}`, dpop: dpop('GET', metadata.userinfo_endpoint, { ath: sha256(value) }) },
  });
  assert.equal((await response.json()).sub, 'alice');
});

async function overTls(client, { certificatePem: cert, keyPem: key }) {
  const body = new URLSearchParams({ ...CC, client_id: client.clientId, resource: 'urn:test:rs256' }).toString();
  const request = httpsRequest(metadata.mtls_endpoint_aliases.token_endpoint, {
    method: 'POST', ca: mtls.caPem, cert, key, headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const [response] = await once(request.end(body), 'response');
  return JSON.parse(Buffer.concat(await response.toArray()));
}

if (mtls) {
  for (const name of ['tlsPki', 'tlsSelfSigned']) {
    await check(`mutual TLS: ${name}, certificate-bound token`, async () => {
      const { payload } = await verifyJwt((await overTls(clients[name], clients[name])).access_token);
      assert.ok(payload.cnf['x5t#S256']);
    });
  }
  await check('mutual TLS: a wrong certificate is refused', async () => {
    assert.equal((await overTls(clients.tlsPki, clients.tlsSelfSigned)).error, 'invalid_client');
    assert.equal((await overTls(clients.tlsSelfSigned, clients.tlsPki)).error, 'invalid_client');
  });
  await check('--https: the issuer is the TLS address', async () => {
    const tls = await start('--https');
    const request = httpsRequest(`${tls.info.issuer}/.well-known/openid-configuration`, { ca: tls.info.mtls.caPem });
    const [response] = await once(request.end(), 'response');
    const found = JSON.parse(Buffer.concat(await response.toArray()));
    assert.equal(found.issuer, tls.info.mtls.baseUrl);
    assert.ok(found.token_endpoint.startsWith('https://'));
    tls.child.kill();
  });
} else {
  console.log('skipped mutual TLS: no openssl');
}

await check('pages load nothing from elsewhere', async () => {
  const page = await (await fetch(`${issuer}/device`, { headers: { accept: 'text/html' } })).text();
  assert.match(page, /user_code/);
  assert.doesNotMatch(page, /https:/);
});

await check('control: key rotation keeps what was issued', async () => {
  const kids = async () => (await (await fetch(metadata.jwks_uri)).json()).keys.map(({ kid }) => kid);
  const control = async (method, path) => (await fetch(info.controlBaseUrl + path, { method })).json();
  const { username, password } = users.alice;
  const body = await token(clients.password, { grant_type: 'password', username, password, scope: 'openid' });
  const before = await kids();
  const rotated = await control('POST', '/control/rotate-keys');
  assert.deepEqual(await kids(), rotated.kids);
  assert.ok(!rotated.kids.some((kid) => before.includes(kid)));
  assert.equal((await introspect(body.access_token)).active, true);
  await verifyJwt((await token(clients.password, refresh(body.refresh_token))).id_token);

  const requests = await control('GET', '/control/requests');
  assert.ok(requests.find(({ method, path }) => method === 'POST' && path === '/token').count > 20);
  assert.ok(requests.find(({ path }) => path === '/interaction/:uid'));
  await control('POST', '/control/reset');
  assert.deepEqual(await control('GET', '/control/requests'), []);
  assert.equal((await introspect(body.access_token)).active, false);
});

await check('ends when its standard input closes', async () => {
  server.stdin.end();
  const [code] = await once(server, 'exit');
  assert.equal(code, 0);
});

console.log(failures ? `${failures} failed` : 'all passed');
process.exit(failures ? 1 : 0);
