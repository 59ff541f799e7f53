// The APIs that a token can be asked for with the `resource` parameter. The resource decides the
// form of the access token; without one the token is opaque and has no audience.
import { errors } from 'oidc-provider';
import { signingAlgs } from './keys.mjs';

export const resourceScopes = ['api:read', 'api:write'];

const jwtResources = Object.fromEntries(signingAlgs.map((alg) => [
  `urn:test:${alg.toLowerCase()}`,
  { accessTokenFormat: 'jwt', jwt: { sign: { alg } } },
]));

const resources = { ...jwtResources, 'urn:test:opaque': { accessTokenFormat: 'opaque' } };

export const resourceNames = Object.keys(resources);

export async function getResourceServerInfo(ctx, resource) {
  if (!Object.hasOwn(resources, resource)) throw new errors.InvalidTarget();
  return { scope: resourceScopes.join(' '), audience: resource, ...resources[resource] };
}
