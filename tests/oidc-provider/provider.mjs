// The configuration of oidc-provider: every grant and extension that AuthModule's tests use.
import { randomBytes } from 'node:crypto';
import { Provider, errors } from 'oidc-provider';
import { findAccount } from './accounts.mjs';
import { subjectDn } from './certificates.mjs';
import { DPOP_NONCE, INTERVAL, TTL, rarType } from './clients.mjs';
import { signingAlgs } from './keys.mjs';
import { registerPasswordGrant } from './password-grant.mjs';
import { getResourceServerInfo, resourceScopes } from './resources.mjs';

const scopes = ['openid', 'offline_access', 'profile', 'email', ...resourceScopes];

// Outside createProvider, because cookies and nonces must outlive a rotation of the signing keys.
const cookieKey = randomBytes(32).toString('base64url');
const nonceSecret = randomBytes(32);

// A client that may use refresh tokens gets one, with or without offline_access. Without it the
// refresh token ends with the user's session.
const issueRefreshToken = async (ctx, client) => client.grantTypeAllowed('refresh_token');

const ttl = (seconds) => (ctx, token, client) => client?.[TTL] ?? seconds;

const peerCertificate = (ctx) => ctx.socket.getPeerX509Certificate?.();

const mtlsPaths = {
  token_endpoint: '/token',
  revocation_endpoint: '/token/revocation',
  introspection_endpoint: '/token/introspection',
  device_authorization_endpoint: '/device/auth',
  pushed_authorization_request_endpoint: '/request',
  backchannel_authentication_endpoint: '/backchannel',
  userinfo_endpoint: '/me',
};

function mtlsConfiguration(mtlsBaseUrl) {
  if (!mtlsBaseUrl) return { authMethods: [] };
  const aliases = Object.entries(mtlsPaths).map(([name, path]) => [name, mtlsBaseUrl + path]);
  return {
    authMethods: ['tls_client_auth', 'self_signed_tls_client_auth'],
    discovery: { mtls_endpoint_aliases: Object.fromEntries(aliases) },
    feature: {
      enabled: true,
      certificateBoundAccessTokens: true,
      selfSignedTlsClientAuth: true,
      tlsClientAuth: true,
      getCertificate: peerCertificate,
      certificateAuthorized: (ctx) => ctx.socket.authorized === true,
      certificateSubjectMatches: (ctx, property, expected) => (
        property === 'tls_client_auth_subject_dn' && subjectDn(peerCertificate(ctx)) === expected),
    },
  };
}

const richAuthorizationRequests = {
  enabled: true,
  ack: 'experimental-01',
  types: {
    [rarType]: {
      validate(ctx, detail) {
        if (!detail.amount) throw new errors.InvalidAuthorizationDetails('amount is missing');
      },
    },
  },
  // What was asked for and consented to is granted unchanged.
  rarForAuthorizationCode: ({ oidc: { params } }) => (
    params.authorization_details ? JSON.parse(params.authorization_details) : undefined),
  rarForCodeResponse: ({ oidc }) => oidc.entities.AuthorizationCode.rar,
  rarForRefreshTokenResponse: ({ oidc }) => oidc.entities.RefreshToken.rar,
  rarForIntrospectionResponse: (ctx, token) => token.rar,
};

/** Lets the user named in a CIBA request answer it. */
async function answerBackchannelRequest(provider, users, id) {
  const request = await provider.BackchannelAuthenticationRequest.find(id);
  if (!request) return;
  if (users[request.accountId].ciba === 'deny') {
    await provider.backchannelResult(request, new errors.AccessDenied());
    return;
  }
  const { accountId, clientId, resource = [], scope } = request;
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(scope);
  [resource].flat().forEach((indicator) => grant.addResourceScope(indicator, scope));
  await grant.save();
  await provider.backchannelResult(request, grant);
}

export function createProvider({ issuer, mtlsBaseUrl, jwks, clients, users, Adapter }) {
  const mtls = mtlsConfiguration(mtlsBaseUrl);

  const provider = new Provider(issuer, {
    adapter: Adapter,
    clients,
    jwks,
    scopes,
    findAccount,
    issueRefreshToken,
    rotateRefreshToken: true,
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    responseTypes: ['code'],
    clientAuthMethods: [
      'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none',
      ...mtls.authMethods,
    ],
    enabledJWA: { dPoPSigningAlgValues: signingAlgs },
    cookies: { keys: [cookieKey] },
    discovery: mtls.discovery,
    extraClientMetadata: { properties: [TTL, INTERVAL, DPOP_NONCE] },
    ttl: {
      AccessToken: ttl(60 * 60),
      ClientCredentials: ttl(60 * 60),
      DeviceCode: ttl(10 * 60),
    },
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      userinfo: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo },
      richAuthorizationRequests,
      dPoP: {
        enabled: true,
        nonceSecret,
        requireNonce: ({ oidc }) => oidc.client?.[DPOP_NONCE] === true,
      },
      ciba: {
        enabled: true,
        deliveryModes: ['poll'],
        processLoginHint: (ctx, hint) => (Object.hasOwn(users, hint) ? hint : undefined),
        verifyUserCode() {},
        validateBindingMessage() {},
        validateRequestContext() {},
        // Nothing to do yet: the user answers after the first poll, see below.
        triggerAuthenticationDevice() {},
      },
      ...(mtls.feature ? { mTLS: mtls.feature } : undefined),
    },
  });

  registerPasswordGrant(provider, { users, scopes, issueRefreshToken });

  provider.use(async (ctx, next) => {
    await next();
    const { client, params } = ctx.oidc ?? {};
    // Answering after the first poll, and not after some time, makes "pending" certain to be seen.
    if (ctx.body?.error === 'authorization_pending' && params.auth_req_id) {
      await answerBackchannelRequest(provider, users, params.auth_req_id);
    }
    if (client?.[INTERVAL] && (ctx.body?.device_code || ctx.body?.auth_req_id)) {
      ctx.body.interval = client[INTERVAL];
    }
    // The built-in pages load a web font. The tests may reach nothing but this machine.
    if (ctx.response.is('html') && typeof ctx.body === 'string') {
      ctx.body = ctx.body.replace(/@import url\(https:[^)]*\);?/g, '');
    }
  });

  return provider;
}
