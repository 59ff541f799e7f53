#!/usr/bin/python
# Copyright (c) AuthModule contributors. MIT License (see LICENSE).

# The documentation of win_auth_token.ps1, for ansible-doc.

DOCUMENTATION = r'''
---
module: win_auth_token
short_description: Get, renew, test or revoke an access token on a Windows host
version_added: "0.1.0"
description:
  - Does what M(authmodule.auth.auth_token) does, by the PowerShell module AuthModule on the managed host.
  - A token that the module returns can be registered and used, but no output shows it, as if the task said C(no_log).
    A later task that uses the token needs C(no_log) of its own.
requirements:
  - the PowerShell module AuthModule on the managed host
author:
  - AuthModule contributors (@authmodule)
options:
  operation:
    description:
      - C(get) gives a token with enough life left, from I(store) if there is one, else a new one.
      - C(update) renews the token of I(refresh_token), else the one that I(store) has.
      - C(test) tests I(token), else the one that I(store) has. The task does not fail for a token that is not valid, see C(valid).
      - C(revoke) revokes I(token) at its server, else what I(store) has.
    type: str
    choices: [get, update, test, revoke]
    default: get
  module_path:
    description: The module's manifest, where it is not in a folder of the module path.
    type: path
  profile:
    description: A profile of the profile file on the managed host. Other options come before it.
    type: str
  provider:
    description: What kind of service it is, C(oidc), C(oauth2), C(keycloak), C(px-backup) and others. C(oidc) where it is not given.
    type: str
  provider_file:
    description: A provider description of your own, as JSON.
    type: path
  authority:
    description: The service's host name or address.
    type: str
    aliases: [auth_url, base_url]
  token_endpoint:
    description: Where a service without discovery hands out tokens.
    type: str
  parameters:
    description:
      - Parameters of the provider, such as C(realm), or fields to send besides. No secrets.
      - Booleans, numbers and lists are passed as JSON writes them, what is empty or null is left out.
    type: dict
    default: {}
  client_id:
    description: Which client asks.
    type: str
  client_secret:
    description: The client's secret.
    type: str
  username:
    description: Who signs in.
    type: str
  password:
    description: That person's password.
    type: str
  otp:
    description: The code of a second factor.
    type: str
  api_key:
    description: An API key in place of any sign-in.
    type: str
  refresh_token:
    description: Signs in with it, or renews it.
    type: str
  token:
    description: The token to test or to revoke.
    type: str
  token_duration:
    description: How long the token should live, where the service lets one ask, such as C(12h) or C(7d).
    type: str
  scope:
    description: What the token should allow.
    type: list
    elements: str
    default: []
  resource:
    description: The APIs that the token is for (RFC 8707).
    type: list
    elements: str
    default: []
  store:
    description:
      - Where the token is kept between tasks, C(file), C(file:PATH) or C(redis://HOST:PORT/DB).
      - Without it every C(get) asks the service.
    type: str
  store_key:
    description: What the store is sealed with. A file that only the user can read, where it is not given.
    type: str
  minimum_lifetime:
    description: Seconds that a token from the store has to have left.
    type: int
  force_refresh:
    description: A new token, whatever the store has.
    type: bool
    default: false
  return_token:
    description: Whether the result holds the token. Without it the task only makes sure that the store has one.
    type: bool
    default: true
  audience:
    description: Whom a tested token has to be meant for, one of these.
    type: list
    elements: str
    default: []
  required_scope:
    description: The scopes that a tested token has to have.
    type: list
    elements: str
    default: []
  required_group:
    description: The groups that the subject of a tested token has to be in.
    type: list
    elements: str
    default: []
  token_use:
    description: Which kind of token it has to be.
    type: str
    choices: [access, id, any]
  ca_cert:
    description: A file with the only authorities to trust.
    type: path
  validate_certs:
    description: C(false) takes any server certificate, for trying out only.
    type: bool
    default: true
  allow_insecure_http:
    description: Sends credentials over http, readable to everyone on the way.
    type: bool
    default: false
  timeout:
    description: Seconds for the whole of a request, repeats included.
    type: int
  retries:
    description: How often a request may be sent again.
    type: int
'''

EXAMPLES = r'''
- name: A token for this host
  authmodule.auth.win_auth_token:
    authority: id.contoso.com
    client_id: nightly
    client_secret: "{{ nightly_secret }}"
    scope: [orders.read]
    store: file
  register: login

- name: Revoke it
  authmodule.auth.win_auth_token:
    operation: revoke
    authority: id.contoso.com
    client_id: nightly
    client_secret: "{{ nightly_secret }}"
    scope: [orders.read]
    store: file
'''

RETURN = r'''
access_token:
  description: The token. Never shown.
  returned: get and update, unless return_token is false
  type: str
token_type:
  description: How an API wants the token, usually C(Bearer).
  returned: get and update
  type: str
expires_on:
  description: When the token ends.
  returned: get and update, where it does end
  type: str
from_store:
  description: Whether nothing was asked of the service.
  returned: get
  type: bool
valid:
  description: Whether the token passed every test.
  returned: test
  type: bool
failure:
  description: The id of the first test that it did not pass.
  returned: test, of a token that is not valid
  type: str
revocation:
  description: What the server said to C(access_token) and C(refresh_token).
  returned: revoke
  type: dict
error_id:
  description: What went wrong, an id that never changes, such as C(InvalidClient).
  returned: failure
  type: str
recommended_action:
  description: What to do about it.
  returned: failure
  type: str
'''
