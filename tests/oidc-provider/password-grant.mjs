// The resource owner password credentials grant (RFC 6749, 4.3). oidc-provider has none, and
// modern servers should not, but clients still meet it.
import { errors } from 'oidc-provider';
import { getResourceServerInfo } from './resources.mjs';

export function registerPasswordGrant(provider, { users, scopes, issueRefreshToken }) {
  const known = new Set(scopes);

  async function handler(ctx, next) {
    const { client, params } = ctx.oidc;
    if (!params.username || !params.password) {
      throw new errors.InvalidRequest('username and password are required');
    }
    if (!Object.hasOwn(users, params.username)
      || users[params.username].password !== params.password) {
      throw new errors.InvalidGrant('wrong username or password');
    }

    const requested = [...new Set(params.scope?.split(' '))];
    const account = await provider.Account.findAccount(ctx, params.username);
    const owner = { accountId: account.accountId, client };
    const grant = new provider.Grant({ ...owner, clientId: client.clientId });
    grant.addOIDCScope(requested.filter((scope) => known.has(scope)).join(' '));

    let resourceServer;
    if (params.resource) {
      const info = await getResourceServerInfo(ctx, params.resource);
      resourceServer = new provider.ResourceServer(params.resource, info);
      grant.addResourceScope(
        params.resource,
        requested.filter((scope) => info.scope.split(' ').includes(scope)).join(' '),
      );
    }

    ctx.oidc.entity('Account', account);
    ctx.oidc.entity('Grant', grant);
    const token = { ...owner, grantId: await grant.save(), gty: 'password' };

    const accessToken = new provider.AccessToken(token);
    if (resourceServer) accessToken.resourceServer = resourceServer;
    accessToken.scope = resourceServer
      ? grant.getResourceScope(params.resource)
      : grant.getOIDCScope();
    ctx.oidc.entity('AccessToken', accessToken);

    const body = {
      access_token: await accessToken.save(),
      token_type: accessToken.tokenType,
      expires_in: accessToken.expiration,
      scope: accessToken.scope || undefined,
    };

    const granted = requested.filter((scope) => known.has(scope)).join(' ');
    if (await issueRefreshToken(ctx, client)) {
      const refreshToken = new provider.RefreshToken({
        ...token, scope: granted, resource: params.resource, rotations: 0,
      });
      ctx.oidc.entity('RefreshToken', refreshToken);
      body.refresh_token = await refreshToken.save();
    }

    if (requested.includes('openid')) {
      const idToken = new provider.IdToken(await account.claims(), { ctx });
      idToken.scope = granted;
      idToken.set('at_hash', body.access_token);
      body.id_token = await idToken.issue({ use: 'idtoken' });
    }

    ctx.body = body;
    await next();
  }

  provider.registerGrantType('password', handler, ['username', 'password', 'scope', 'resource']);
}
