// The users. The development sign-in page accepts any login and password, and the login becomes
// the subject; only the password grant and CIBA look a user up here.
import { randomBytes } from 'node:crypto';

export function createUsers() {
  return Object.fromEntries(['alice', 'bob', 'mallory'].map((username) => [username, {
    username,
    password: randomBytes(18).toString('base64url'),
    // mallory turns a backchannel (CIBA) request down; the others approve it.
    ciba: username === 'mallory' ? 'deny' : 'approve',
  }]));
}

export async function findAccount(ctx, sub) {
  return {
    accountId: sub,
    claims: () => ({
      sub,
      name: `Test user ${sub}`,
      preferred_username: sub,
      email: `${sub}@example.test`,
      email_verified: true,
    }),
  };
}
