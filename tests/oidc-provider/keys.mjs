// Keys are made at every start, so nothing secret is ever stored with the tests.
import { generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

const kinds = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519'],
};

export const signingAlgs = Object.keys(kinds);

/** A fresh key pair as private JWK, public JWK and PKCS#8 PEM. */
export async function createKey(alg) {
  const { privateKey, publicKey } = await generate(...kinds[alg]);
  const common = { kid: `${alg.toLowerCase()}-${randomUUID()}`, alg, use: 'sig' };
  return {
    privateJwk: { ...privateKey.export({ format: 'jwk' }), ...common },
    publicJwk: { ...publicKey.export({ format: 'jwk' }), ...common },
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

/** The provider's key set: one key per algorithm, so that RS256 and PS256 do not share one. */
export async function createJwks() {
  const keys = await Promise.all(signingAlgs.map(createKey));
  return { keys: keys.map(({ privateJwk }) => privateJwk) };
}
