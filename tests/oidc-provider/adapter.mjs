// The storage behind the provider, held outside it on purpose: rotating the signing keys
// replaces the Provider object, and tokens, grants and sessions must outlive that.
//
// Entries are never dropped at their expiry. The provider checks expiry itself, and it needs to
// still find an expired entry to answer "expired_token" rather than "invalid_grant".

const grantable = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
]);

export function createStore() {
  const entries = new Map();
  const sessionsByUid = new Map();
  const deviceCodesByUserCode = new Map();
  const keysByGrant = new Map();

  class Adapter {
    constructor(model) {
      this.model = model;
    }

    key(id) {
      return `${this.model}:${id}`;
    }

    async upsert(id, payload) {
      const key = this.key(id);
      entries.set(key, payload);
      if (this.model === 'Session') sessionsByUid.set(payload.uid, id);
      if (payload.userCode) deviceCodesByUserCode.set(payload.userCode, id);
      if (payload.grantId && grantable.has(this.model)) {
        if (!keysByGrant.has(payload.grantId)) keysByGrant.set(payload.grantId, new Set());
        keysByGrant.get(payload.grantId).add(key);
      }
    }

    async find(id) {
      return entries.get(this.key(id));
    }

    async findByUid(uid) {
      return this.find(sessionsByUid.get(uid));
    }

    async findByUserCode(userCode) {
      return this.find(deviceCodesByUserCode.get(userCode));
    }

    async consume(id) {
      entries.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      entries.delete(this.key(id));
    }

    async revokeByGrantId(grantId) {
      keysByGrant.get(grantId)?.forEach((key) => entries.delete(key));
      keysByGrant.delete(grantId);
    }
  }

  return {
    Adapter,
    clear() {
      [entries, sessionsByUid, deviceCodesByUserCode, keysByGrant].forEach((map) => map.clear());
    },
  };
}
