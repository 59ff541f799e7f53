// Signs a user in without a browser. A test in any language can do the same by plain HTTP:
//
//   1. GET the authorization URL (or verification_uri_complete) with automatic redirects off. Keep
//      cookies, with their paths: every step below sets or needs some. Follow each 302/303
//      by GET while its Location is on the issuer. A Location elsewhere is the result: it is the
//      redirect URI with `code` or `error`, and needs nobody listening.
//   2. A 200 with a form is a page of the provider. POST the form to its `action`, form-encoded,
//      with all its hidden fields, and go on with step 1:
//        /interaction/<uid>, hidden prompt=login:    add login=<any name> and password=<anything>;
//        /interaction/<uid>, hidden prompt=consent:  nothing to add;
//        /device, hidden xsrf and user_code:         nothing to add (the second one has confirm);
//        /session/end/confirm, hidden xsrf:          add logout=yes.
//      A user who refuses: GET /interaction/<uid>/abort instead of the POST.
//   3. A 200 without a form is the end of a device sign-in or of a logout. A refused device sign-in
//      ends at the page that asks for a user code (form op.deviceInputForm).

export class UserAgent {
  #cookies = new Map();

  async #request(url, init = {}) {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies.values()]
      .filter(({ path }) => path === '/' || pathname === path || pathname.startsWith(`${path}/`))
      .map(({ pair }) => pair)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie ? { cookie } : undefined) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(/; */);
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
      const [name, value] = pair.split('=');
      if (value) this.#cookies.set(`${name} ${path}`, { pair, path });
      else this.#cookies.delete(`${name} ${path}`);
    }
    return response;
  }

  /** Returns the URL that leads away from the provider, or the last page's text. */
  async walk(start, { login = 'alice', refuse = false } = {}) {
    const { origin } = new URL(start);
    let response = await this.#request(start);
    for (let step = 0; step < 20; step += 1) {
      const location = response.headers.get('location');
      const page = location ? '' : await response.text();
      const form = /<form[^>]*action="([^"]*)"[^>]*>([^]*?)<\/form>/.exec(page);
      if (location) {
        const target = new URL(location, response.url);
        if (target.origin !== origin) return target.href;
        response = await this.#request(target.href);
      } else if (!response.ok) {
        throw new Error(`HTTP ${response.status} at ${response.url}: ${page}`);
      } else if (!form || page.includes('op.deviceInputForm')) {
        return page;
      } else if (refuse && form[1].includes('/interaction/')) {
        response = await this.#request(`${form[1]}/abort`);
      } else {
        const fields = [...form[2].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
        const body = new URLSearchParams(fields.map(([, name, value]) => [name, value]));
        if (body.get('prompt') === 'login') {
          body.set('login', login);
          body.set('password', 'anything');
        }
        if (form[1].endsWith('/session/end/confirm')) body.set('logout', 'yes');
        response = await this.#request(form[1], { method: 'POST', body });
      }
    }
    throw new Error('the sign-in does not come to an end');
  }
}
