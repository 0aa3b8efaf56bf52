// oidc-provider as an OAuth2 server for the tests: people log in and consent by its own forms, refresh tokens are good for
// a single use and a second use revokes the whole grant. Prints its port; GET /asked lists the grants it was asked for.
import http from 'node:http';
import Provider, { errors } from 'oidc-provider';

const server = http.createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address();

const client = (id, grants, more) => ({
  client_id: id,
  client_secret: `${id}-secret`,
  grant_types: grants,
  redirect_uris: grants.includes('authorization_code') ? ['http://127.0.0.1/callback'] : [],
  response_types: grants.includes('authorization_code') ? ['code'] : [],
  token_endpoint_auth_method: 'client_secret_post',
  ...more,
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    client('web', ['authorization_code', 'refresh_token']),
    client('basic', ['authorization_code', 'refresh_token'], { token_endpoint_auth_method: 'client_secret_basic' }),
    client('public', ['authorization_code', 'refresh_token'], { token_endpoint_auth_method: 'none', client_secret: undefined }),
    client('once', ['authorization_code']),
    client('machine', ['client_credentials']),
    client('legacy', ['password']),
    client('source', ['client_credentials']), // the API that checks tokens
  ],
  scopes: ['openid', 'offline_access', 'customers'],
  features: {
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true, allowedPolicy: () => true },
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
  },
  pkce: { required: (ctx, { clientId }) => clientId === 'public' },
  rotateRefreshToken: true,
  issueRefreshToken: (ctx, { clientId }) => clientId !== 'once',
  ttl: { AccessToken: 3600, ClientCredentials: 600, Session: 3600, Interaction: 3600, Grant: 86400, RefreshToken: 86400 },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  cookies: { keys: ['tests only'] },
});

provider.registerGrantType('password', async (ctx) => {
  const { username, password } = ctx.oidc.params;
  if (password !== `${username}-password`) {
    throw new errors.InvalidGrant('user name or password is wrong');
  }
  const grant = new provider.Grant({ accountId: username, clientId: ctx.oidc.client.clientId });
  grant.addOIDCScope('customers');
  const token = new provider.AccessToken({
    accountId: username, client: ctx.oidc.client, grantId: await grant.save(), gty: 'password', scope: 'customers',
  });
  ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: token.tokenType };
}, ['username', 'password', 'scope']);

const asked = [];
const note = (outcome) => (ctx) => asked.push(`${ctx.oidc.params?.grant_type} ${outcome}`);
provider.on('grant.success', note('given'));
provider.on('grant.error', note('refused'));
provider.on('server_error', (ctx, error) => console.error(error));
// slows refreshes down, so that those who ask at once really meet
let delay = 0;
provider.use(async (ctx, next) => {
  if (ctx.path === '/asked') {
    ctx.body = asked.join('\n');
  } else if (ctx.path === '/end') { // one access token, and nothing that was given with it
    await (await provider.AccessToken.find(ctx.query.token)).destroy();
    ctx.body = '';
  } else if (ctx.path === '/delay') {
    delay = Number(ctx.query.ms);
    ctx.body = '';
  } else {
    if (ctx.path === '/token' && delay) {
      await new Promise((over) => setTimeout(over, delay));
    }
    await next();
  }
});
server.on('request', provider.callback());
console.log(port);
