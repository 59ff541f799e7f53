# Copyright (c) AuthModule contributors. MIT License (see LICENSE).
"""From the options of a task to those of the command line. No secret is in what these functions return, but for secrets()."""

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

import json

ENVIRONMENT = (
    ('client_secret', 'AUTHMODULE_CLIENT_SECRET'),
    ('client_cert_password', 'AUTHMODULE_CLIENT_CERTIFICATE_PASSWORD'),
    ('signing_key_password', 'AUTHMODULE_CLIENT_KEY_PASSWORD'),
    ('password', 'AUTHMODULE_PASSWORD'),
    ('otp', 'AUTHMODULE_OTP'),
    ('api_key', 'AUTHMODULE_API_KEY'),
    ('store_key', 'AUTHMODULE_STORE_KEY'),
    ('proxy_password', 'AUTHMODULE_PROXY_PASSWORD'),
)

OF_OPERATION = {
    'token': 'AUTHMODULE_TOKEN',
    'refresh_token': 'AUTHMODULE_REFRESH_TOKEN',
}


def secrets(params, of_operation=None):
    """Variables for the process that is started. The token to work on is there only where the operation wants it."""
    values = dict((variable, params[name]) for name, variable in ENVIRONMENT if params[name])
    if of_operation and params[of_operation]:
        values[OF_OPERATION[of_operation]] = params[of_operation]
    return values


def without_empty(value):
    """What a task leaves empty, as a template does with a variable that is not set, is not given."""
    if isinstance(value, dict):
        cleaned = dict((name, without_empty(item)) for name, item in value.items())
        return dict((name, item) for name, item in cleaned.items() if item is not None)
    if isinstance(value, (list, tuple)):
        return [item for item in (without_empty(item) for item in value) if item is not None]
    return None if value == '' else value


def text_of(value):
    """A value as the cmdlets and JSON write it: true, 5, ["x", "y"]; a text as it is."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(',', ':'))


def _texts(params, names):
    arguments = []
    for name in names:
        if params[name] is not None:
            arguments += ['--' + name.replace('_', '-'), str(params[name])]
    return arguments


def _lists(params, names):
    return [part for name in names for value in params[name] for part in ('--' + name.replace('_', '-'), value)]


def _pairs(option, values):
    return [part for name in sorted(values) for part in (option, '%s=%s' % (name, text_of(values[name])))]


def service(params):
    return _texts(params, ('profile', 'provider', 'provider_file', 'authority', 'token_endpoint')) + _pairs('--parameter', params['parameters'])


def client(params):
    arguments = _texts(params, ('client_id', 'client_authentication'))
    for name, option in (('client_cert', '--client-certificate'), ('client_key', '--client-certificate-key'), ('signing_key', '--client-key')):
        if params[name]:
            arguments += [option, params[name]]
    return arguments


def person(params):
    return _texts(params, ('username', 'token_duration')) + (['--non-interactive'] if params['operation'] == 'get' else [])


def wanted(params):
    return _lists(params, ('scope', 'resource'))


def store(params):
    return _texts(params, ('store',))


def kept(params):
    return _texts(params, ('minimum_lifetime',))


def rules(params):
    arguments = _lists(params, ('issuer', 'audience', 'required_scope', 'required_group'))
    return arguments + _texts(params, ('token_use',))


def network(params):
    arguments = _texts(params, ('proxy', 'proxy_username'))
    for name, option in (('timeout', '--timeout-sec'), ('retries', '--maximum-retry-count'), ('ca_cert', '--ca-certificate')):
        if params[name] is not None:
            arguments += [option, str(params[name])]
    if not params['validate_certs']:
        arguments.append('--skip-certificate-check')
    if params['allow_insecure_http']:
        arguments.append('--allow-insecure-http')
    return arguments
