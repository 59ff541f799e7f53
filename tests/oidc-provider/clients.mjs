// The registered clients. Ids are fixed, to make logs readable; secrets and keys are new at
// every start. README.md tells what each client is for.
import { X509Certificate, randomBytes } from 'node:crypto';
import { subjectDn } from './certificates.mjs';
import { createKey } from './keys.mjs';

const CODE = 'authorization_code';
const REFRESH = 'refresh_token';
const CLIENT_CREDENTIALS = 'client_credentials';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const CIBA = 'urn:openid:params:grant-type:ciba';

export const shortLifetime = 3;
export const rarType = 'payment_initiation';

// Metadata of our own, read by provider.mjs.
export const TTL = 'urn:test:ttl';
export const INTERVAL = 'urn:test:interval';
export const DPOP_NONCE = 'urn:test:dpop_nonce';

// For a native client the provider ignores the port of a loopback redirect URI, not its path.
const loopbackRedirects = ['127.0.0.1', 'localhost', '[::1]']
  .flatMap((host) => [`http://${host}/`, `http://${host}/callback`]);

const secret = () => randomBytes(32).toString('base64url');

function machine(clientId, method, more = {}) {
  return {
    client_id: clientId,
    token_endpoint_auth_method: method,
    grant_types: [CLIENT_CREDENTIALS],
    response_types: [],
    redirect_uris: [],
    ...more,
  };
}

function interactive(clientId, method, more = {}) {
  return {
    client_id: clientId,
    token_endpoint_auth_method: method,
    application_type: 'native',
    grant_types: [CODE, REFRESH],
    response_types: ['code'],
    redirect_uris: loopbackRedirects,
    post_logout_redirect_uris: loopbackRedirects,
    authorization_details_types: [rarType],
    ...more,
  };
}

async function privateKeyJwt(clientId, alg) {
  const { publicJwk, ...key } = await createKey(alg);
  return [
    machine(clientId, 'private_key_jwt', {
      token_endpoint_auth_signing_alg: alg,
      jwks: { keys: [publicJwk] },
    }),
    key,
  ];
}

function tlsClients({ pkiClient, selfSignedClient }) {
  const bound = { tls_client_certificate_bound_access_tokens: true };
  const certificate = new X509Certificate(selfSignedClient.certificatePem);
  return {
    tlsPki: [machine('tls-pki', 'tls_client_auth', {
      ...bound,
      tls_client_auth_subject_dn: subjectDn(new X509Certificate(pkiClient.certificatePem)),
    }), pkiClient],
    tlsSelfSigned: [machine('tls-self-signed', 'self_signed_tls_client_auth', {
      ...bound,
      jwks: {
        keys: [{
          ...certificate.publicKey.export({ format: 'jwk' }),
          x5c: [certificate.raw.toString('base64')],
        }],
      },
    }), selfSignedClient],
  };
}

/**
 * Returns `metadata`, which the provider registers, and `printed`, which the tests are given.
 * Each entry below is [registered metadata, extra values for the tests].
 */
export async function createClients(certificates) {
  const clients = {
    ccBasic: [machine('cc-basic', 'client_secret_basic')],
    // Both parts need form-encoding before Base64 (RFC 6749, 2.3.1), which is easy to forget.
    ccBasicSpecial: [machine('cc:basic special+%', 'client_secret_basic', {
      client_secret: `a:b c+d%e/f=g&${secret()}`,
    })],
    ccPost: [machine('cc-post', 'client_secret_post')],
    ccSecretJwt: [machine('cc-secret-jwt', 'client_secret_jwt', {
      token_endpoint_auth_signing_alg: 'HS256',
    })],
    ccPrivateKeyRs256: await privateKeyJwt('cc-private-key-rs256', 'RS256'),
    ccPrivateKeyPs256: await privateKeyJwt('cc-private-key-ps256', 'PS256'),
    ccPrivateKeyEs256: await privateKeyJwt('cc-private-key-es256', 'ES256'),
    ccDpop: [machine('cc-dpop', 'client_secret_basic', { dpop_bound_access_tokens: true })],
    ccDpopNonce: [machine('cc-dpop-nonce', 'client_secret_basic', {
      dpop_bound_access_tokens: true,
      [DPOP_NONCE]: true,
    })],
    short: [machine('short', 'client_secret_basic', {
      grant_types: [CLIENT_CREDENTIALS, 'password', REFRESH, DEVICE],
      [TTL]: shortLifetime,
      [INTERVAL]: 1,
    }), { lifetime: shortLifetime }],

    native: [interactive('native', 'none')],
    nativeDpop: [interactive('native-dpop', 'none', {
      dpop_bound_access_tokens: true,
      id_token_signed_response_alg: 'ES256',
    })],
    confidential: [interactive('confidential', 'client_secret_basic', {
      id_token_signed_response_alg: 'PS256',
    })],
    par: [interactive('par', 'client_secret_post', {
      require_pushed_authorization_requests: true,
    })],
    // An ordinary web client: the redirect URI must match exactly, consent is remembered.
    web: [interactive('web', 'client_secret_basic', {
      application_type: 'web',
      redirect_uris: ['https://client.example/callback'],
      post_logout_redirect_uris: ['https://client.example/signed-out'],
    })],

    device: [machine('device', 'none', { grant_types: [DEVICE, REFRESH], [INTERVAL]: 1 })],
    // oidc-provider sends no interval, so that the 5 seconds of RFC 8628 apply.
    deviceDefaultInterval: [machine('device-default-interval', 'none', { grant_types: [DEVICE] })],
    ciba: [machine('ciba', 'client_secret_basic', {
      grant_types: [CIBA, REFRESH],
      backchannel_token_delivery_mode: 'poll',
      [INTERVAL]: 1,
    })],
    password: [machine('password', 'client_secret_post', { grant_types: ['password', REFRESH] })],
    passwordPublic: [machine('password-public', 'none', { grant_types: ['password', REFRESH] })],
    resourceServer: [machine('resource-server', 'client_secret_basic', { grant_types: [] })],
    ...(certificates ? tlsClients(certificates) : undefined),
  };

  const metadata = [];
  const printed = {};
  for (const [name, [registered, extra]] of Object.entries(clients)) {
    const method = registered.token_endpoint_auth_method;
    if (method.startsWith('client_secret_')) registered.client_secret ??= secret();
    metadata.push(registered);
    printed[name] = {
      clientId: registered.client_id,
      clientSecret: registered.client_secret,
      authMethod: method,
      authSigningAlg: registered.token_endpoint_auth_signing_alg,
      grantTypes: registered.grant_types,
      redirectUris: registered.redirect_uris,
      postLogoutRedirectUris: registered.post_logout_redirect_uris,
      ...extra,
    };
  }
  return { metadata, printed };
}
