#!/usr/bin/python
# Copyright (c) AuthModule contributors. MIT License (see LICENSE).

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

DOCUMENTATION = r'''
---
module: auth_token
short_description: Get, renew, test or revoke an access token
version_added: "0.1.0"
description:
  - Gets, renews, tests and revokes tokens of OAuth and OpenID servers and of JSON login services, PX-Backup among them.
  - Runs the command line C(authmodule), usually on the control node. Secrets reach it by environment or stdin, never as an argument.
  - A token that the module returns can be registered and used, but no output shows it, as if the task said C(no_log).
    A later task that uses the token needs C(no_log) of its own.
requirements:
  - authmodule on the host where the task runs
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
  cli_path:
    description: The command line. C(AUTHMODULE_CLI) or C(authmodule) on the path where it is not given. A file C(.dll) is run by C(dotnet).
    type: path
  profile:
    description: A profile of the profile file on the host where the task runs. Other options come before it.
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
  grant_type:
    description:
      - Asserts that the task brings what this grant needs.
      - The grant is chosen by what is given. It need not be named.
    type: str
    choices: [password, client_credentials, refresh_token]
  client_id:
    description: Which client asks.
    type: str
  client_secret:
    description: The client's secret.
    type: str
  client_authentication:
    description: How the client proves itself. What the server offers, where it is not given.
    type: str
    choices: [Basic, Post, SecretJwt, PrivateKeyJwt, Tls]
  client_cert:
    description: A certificate for TLS, PFX or PEM.
    type: path
  client_key:
    description: The private key of I(client_cert) where it is in a file of its own.
    type: path
  client_cert_password:
    description: The password of I(client_cert) or of its key.
    type: str
  signing_key:
    description: A private key, PEM or JWK, that client assertions are signed with.
    type: path
  signing_key_password:
    description: The password of I(signing_key).
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
    description: What a token from the store has to have left, such as C(90) or C(10m).
    type: str
  force_refresh:
    description: A new token, whatever the store has.
    type: bool
    default: false
  return_token:
    description: Whether the result holds the token. Without it the task only makes sure that the store has one.
    type: bool
    default: true
  issuer:
    description: Who has to have issued a tested token, where that is not the authority.
    type: list
    elements: str
    default: []
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
  proxy:
    description: A proxy other than the system's.
    type: str
  proxy_username:
    description: Who may use the proxy.
    type: str
  proxy_password:
    description: The password of I(proxy_username).
    type: str
attributes:
  async:
    support: none
    description: A token is waited for. Use C(timeout) for a service that is slow.
  check_mode:
    support: full
    description: Nothing is sent. C(get) and C(revoke) look into the store and say what they would do, C(test) tests shape and end.
  diff_mode:
    support: full
    description: Whether there is a token and when it ends, never the token.
'''

EXAMPLES = r'''
- name: A token of PX-Backup
  authmodule.auth.auth_token:
    provider: px-backup
    auth_url: "{{ pxcentral_auth_url }}"
    client_id: "{{ pxcentral_client_id }}"
    username: "{{ pxcentral_username }}"
    password: "{{ pxcentral_password }}"
    token_duration: 7d
    store: file
  register: login
  delegate_to: localhost

- name: Use it
  ansible.builtin.uri:
    url: https://api.contoso.com/orders
    headers:
      Authorization: "{{ login.token_type }} {{ login.access_token }}"
  no_log: true

- name: Branch on the error
  block:
    - authmodule.auth.auth_token:
        authority: id.contoso.com
        client_id: nightly
        client_secret: "{{ lookup('env', 'NIGHTLY_SECRET') }}"
  rescue:
    - ansible.builtin.fail:
        msg: "Ask for a new secret: {{ ansible_failed_result.recommended_action }}"
      when: ansible_failed_result.error_id == 'InvalidClient'

- name: Test a token
  authmodule.auth.auth_token:
    operation: test
    authority: id.contoso.com
    token: "{{ login.access_token }}"
    audience: [orders]
  register: tested
  failed_when: not tested.valid

- name: Revoke what the store has
  authmodule.auth.auth_token:
    operation: revoke
    authority: id.contoso.com
    client_id: nightly
    client_secret: "{{ lookup('env', 'NIGHTLY_SECRET') }}"
    store: file
'''

RETURN = r'''
access_token:
  description: The token. Never shown.
  returned: get and update, unless return_token is false
  type: str
refresh_token:
  description: The new refresh token, which takes the place of the old one. Never shown.
  returned: update, where the service gave one
  type: str
token_type:
  description: How an API wants the token, usually C(Bearer).
  returned: get and update
  type: str
expires_on:
  description: When the token ends.
  returned: get and update, where it does end
  type: str
expires_in:
  description: Seconds left.
  returned: get and update, where it does end
  type: int
scope:
  description: What was granted, separated by spaces.
  returned: get and update
  type: str
subject:
  description: Whom the token stands for.
  returned: where it is known
  type: str
from_store:
  description: Whether nothing was asked of the service. Then the task has changed nothing.
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
checks:
  description: Every test with its name, passed, was_run, id and reason.
  returned: test
  type: list
  elements: dict
claims:
  description: What the token says.
  returned: test
  type: dict
revocation:
  description: What the server said to C(access_token) and C(refresh_token), one of Confirmed, Unsupported, Failed and None.
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
reason:
  description: The exit code in a word, one of usage, refused, unavailable, not_valid, interrupted and fault.
  returned: failure
  type: str
exit_code:
  description: The exit code of authmodule.
  returned: failure
  type: int
is_transient:
  description: Whether the same task may work a moment later.
  returned: failure
  type: bool
'''

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.authmodule.auth.plugins.module_utils.arguments import without_empty
from ansible_collections.authmodule.auth.plugins.module_utils.cli import Cli, CliFailure, FAILURES
from ansible_collections.authmodule.auth.plugins.module_utils.operations import OPERATIONS

TEXTS = dict(type='list', elements='str', default=[])


def secret():
    return dict(type='str', no_log=True)


# What an option needs beside it. Looked at when what is empty is left out, so that an empty variable is as good as none.
NEEDED = dict(client_key=('client_cert',), signing_key_password=('signing_key',), proxy_username=('proxy',))
NEEDED_BY_GRANT = dict(password=('username', 'password'), client_credentials=('client_id',), refresh_token=('refresh_token',))


def check_given(module):
    """Fails where options do not go together; nothing was sent."""
    params = module.params
    problems = ['%s needs %s.' % (name, other) for name, others in sorted(NEEDED.items()) if params[name] is not None for other in others if params[other] is None]
    if params['grant_type'] is not None and params['profile'] is None:
        problems += ['grant_type %s needs %s.' % (params['grant_type'], name) for name in NEEDED_BY_GRANT[params['grant_type']] if params[name] is None]
    if params['api_key'] is not None and params['refresh_token'] is not None:
        problems.append('api_key and refresh_token exclude each other.')
    if problems:
        module.fail_json(msg=' '.join(problems), **FAILURES['MissingParameter'])


def main():
    module = AnsibleModule(
        argument_spec=dict(
            operation=dict(type='str', choices=sorted(OPERATIONS), default='get'),
            cli_path=dict(type='path'),
            profile=dict(type='str'),
            provider=dict(type='str'),
            provider_file=dict(type='path'),
            authority=dict(type='str', aliases=['auth_url', 'base_url']),
            token_endpoint=dict(type='str', no_log=False),
            parameters=dict(type='dict', default={}),
            grant_type=dict(type='str', choices=['password', 'client_credentials', 'refresh_token']),
            client_id=dict(type='str'),
            client_secret=secret(),
            client_authentication=dict(type='str', choices=['Basic', 'Post', 'SecretJwt', 'PrivateKeyJwt', 'Tls']),
            client_cert=dict(type='path'),
            client_key=dict(type='path', no_log=False),
            client_cert_password=secret(),
            signing_key=dict(type='path', no_log=False),
            signing_key_password=secret(),
            username=dict(type='str'),
            password=secret(),
            otp=secret(),
            api_key=secret(),
            refresh_token=secret(),
            token=secret(),
            token_duration=dict(type='str', no_log=False),
            scope=TEXTS,
            resource=TEXTS,
            store=dict(type='str'),
            store_key=secret(),
            minimum_lifetime=dict(type='str'),
            force_refresh=dict(type='bool', default=False),
            return_token=dict(type='bool', default=True, no_log=False),
            issuer=TEXTS,
            audience=TEXTS,
            required_scope=TEXTS,
            required_group=TEXTS,
            token_use=dict(type='str', choices=['access', 'id', 'any'], no_log=False),
            ca_cert=dict(type='path'),
            validate_certs=dict(type='bool', default=True),
            allow_insecure_http=dict(type='bool', default=False),
            timeout=dict(type='int'),
            retries=dict(type='int'),
            proxy=dict(type='str'),
            proxy_username=dict(type='str'),
            proxy_password=secret(),
        ),
        supports_check_mode=True,
    )
    module.params = without_empty(module.params)
    for name in module.argument_spec:
        module.params.setdefault(name, None)
    check_given(module)
    try:
        module.exit_json(**OPERATIONS[module.params['operation']](module, Cli(module)))
    except CliFailure as failure:
        module.fail_json(**failure.result())


if __name__ == '__main__':
    main()
