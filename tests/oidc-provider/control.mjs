// The tests' own way to look at and steer the server, on a port apart from the provider's so that
// it never gets in the way of an endpoint.
import { createServer } from 'node:http';

/** Counts requests by method and path. Query, headers and bodies, where secrets are, are left out. */
export function createRequestLog() {
  const counts = new Map();
  return {
    add({ method, url }) {
      // The id in these paths stands for one sign-in, which makes it both secret and uncountable.
      const path = url.split('?')[0]
        .replace(/^\/(interaction|auth|device)\/(?!auth$)[^/]+/, '/$1/:uid');
      const key = `${method} ${path}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    list: () => [...counts].map(([key, count]) => {
      const [method, path] = key.split(' ');
      return { method, path, count };
    }),
    clear: () => counts.clear(),
  };
}

export function createControlServer({ log, store, rotateKeys }) {
  const routes = {
    'GET /control/requests': () => log.list(),
    'POST /control/rotate-keys': async () => ({ kids: await rotateKeys() }),
    'POST /control/reset': () => {
      log.clear();
      store.clear();
      return {};
    },
  };

  return createServer(async (request, response) => {
    let status = 200;
    let body;
    try {
      const route = routes[`${request.method} ${request.url}`];
      if (route) body = await route();
      else [status, body] = [404, { error: 'not_found' }];
    } catch (error) {
      console.error(error);
      [status, body] = [500, { error: 'server_error' }];
    }
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
}
