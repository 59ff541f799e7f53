# Copyright (c) AuthModule contributors. MIT License (see LICENSE).
"""What the operations of auth_token do, and whether they change anything."""

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

from ansible_collections.authmodule.auth.plugins.module_utils.arguments import (
    client, kept, network, person, rules, secrets, service, store, wanted)
from ansible_collections.authmodule.auth.plugins.module_utils.cli import CliFailure

NOTHING_KEPT = 'NoSession'
NOTHING = {'exists': False}


def _state(token):
    return dict(exists=True, expires_on=token.get('expires_on'), scope=token.get('scope'), subject=token.get('subject'))


def _diff(before, after):
    return dict(before=before, after=after)


def _where(module):
    return module.params['authority'] or module.params['token_endpoint'] or module.params['profile'] or 'the service'


def _session(params):
    return service(params) + client(params) + person(params) + wanted(params) + store(params) + network(params)


def _find(module, cli, minimum=None):
    """What the store has; None for nothing. Nothing is sent."""
    params = module.params
    arguments = ['get', '--offline'] + _session(params)
    arguments += ['--minimum-lifetime', minimum] if minimum is not None else kept(params)
    given, stdin = _sign_in(params)
    try:
        return cli.run(arguments + given, secrets(params), stdin)[1]
    except CliFailure as failure:
        if failure.error_id == NOTHING_KEPT:
            return None
        raise


def _sign_in(params):
    """The one secret that goes by stdin, if the task has it."""
    if params['refresh_token'] and params['operation'] == 'get':
        return ['--refresh-token-stdin'], params['refresh_token']
    return [], None


def _token_result(module, token, changed, before):
    result = dict((name, value) for name, value in token.items() if value is not None)
    if not module.params['return_token']:
        result.pop('access_token', None)
        result.pop('refresh_token', None)
    after = _state(token)
    result.update(changed=changed, diff=_diff(before if changed else after, after))
    return result


def get(module, cli):
    params = module.params
    if module.check_mode:
        found = None if params['force_refresh'] else _find(module, cli)
        if found:
            return _token_result(module, found, False, NOTHING)
        return dict(changed=True, msg='Would get a token of %s.' % _where(module), diff=_diff(NOTHING, {'exists': True}))

    given, stdin = _sign_in(params)
    arguments = ['get'] + _session(params) + kept(params) + (['--force-refresh'] if params['force_refresh'] else []) + given
    token = cli.run(arguments, secrets(params), stdin)[1]
    # An API key is the token: nothing was asked of the service.
    return _token_result(module, token, not token['from_store'] and not params['api_key'], NOTHING)


def update(module, cli):
    params = module.params
    if module.check_mode:
        return dict(changed=True, msg='Would renew the token of %s.' % _where(module), diff=_diff({'exists': True}, {'exists': True}))

    token = cli.run(['update'] + _session(params), secrets(params, 'refresh_token'))[1]
    return _token_result(module, token, True, {'exists': True})


def test(module, cli):
    params = module.params
    values = secrets(params, 'token')
    if not params['token']:
        found = _find(module, cli)
        if not found:
            return dict(changed=False, valid=False, failure=NOTHING_KEPT, msg='The store has no token of %s.' % _where(module))
        values['AUTHMODULE_TOKEN'] = found['access_token']

    arguments = ['test'] + service(params) + network(params) + rules(params) + (['--offline'] if module.check_mode else [])
    answer = cli.run(arguments, values, accept=(5,))[1]
    return dict(
        changed=False,
        offline=module.check_mode,
        valid=answer.get('is_valid'),
        failure=answer.get('failure'),
        checks=answer.get('checks'),
        claims=answer.get('claims'),
        subject=answer.get('subject'),
        expires_on=answer.get('expires_on'))


def revoke(module, cli):
    params = module.params
    if module.check_mode:
        changed = bool(params['token'] or _find(module, cli, minimum='0'))
        message = 'Would revoke the token of %s.' if changed else 'There is no token of %s to revoke.'
        return dict(changed=changed, msg=message % _where(module), diff=_diff({'exists': changed}, NOTHING))

    code, answer = cli.run(['revoke'] + _session(params), secrets(params, 'token'), accept=(3,))
    outcomes = dict((name, answer.get(name)) for name in ('access_token', 'refresh_token'))
    changed = any(outcome in ('Confirmed', 'Unsupported') for outcome in outcomes.values())
    if code != 0:
        # It may still work: whoever wanted it gone has to know.
        module.fail_json(
            changed=changed and answer.get('local_cleared', False), msg=answer.get('message'),
            revocation=outcomes, reason='refused', exit_code=code, error_id='UnsupportedGrant')
    return dict(
        changed=changed, msg=answer.get('message'), revocation=outcomes,
        diff=_diff({'exists': changed}, NOTHING))


OPERATIONS = dict(get=get, update=update, test=test, revoke=revoke)
