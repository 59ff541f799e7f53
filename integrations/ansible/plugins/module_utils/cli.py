# Copyright (c) AuthModule contributors. MIT License (see LICENSE).
"""Runs the command line authmodule: options as arguments, secrets by environment or stdin."""

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

import json
import os

# What the exit codes of authmodule mean; docs/command-line.md lists them.
EXIT_CODES = {
    0: 'done',
    1: 'fault',
    2: 'usage',
    3: 'refused',
    4: 'unavailable',
    5: 'not_valid',
    130: 'interrupted',
}

NO_REASON = {
    'code': 'Fault',
    'message': 'authmodule could not be run, or ended without saying why.',
    'recommendedAction': 'Run authmodule --version where the task runs, and check cli_path.',
}


# What is known before authmodule is run, in the words that it has for it.
FAILURES = {
    'MissingParameter': {'error_id': 'MissingParameter', 'reason': 'usage', 'exit_code': 2, 'is_transient': False},
    'Usage': {'error_id': 'Usage', 'reason': 'usage', 'exit_code': 2, 'is_transient': False},
}


class CliFailure(Exception):
    """A run that did not end with 0: what authmodule says of it, for fail_json."""

    def __init__(self, exit_code, error):
        super(CliFailure, self).__init__(error.get('message', 'authmodule failed.'))
        self.exit_code = exit_code
        self.error = error

    @property
    def error_id(self):
        return self.error.get('code')

    def result(self):
        """The failure as result of a task."""
        message = self.error.get('message', 'authmodule failed.')
        action = self.error.get('recommendedAction')
        return {
            'msg': '%s %s' % (message, action) if action else message,
            'error_id': self.error_id,
            'recommended_action': action,
            'exit_code': self.exit_code,
            'reason': EXIT_CODES.get(self.exit_code, 'fault'),
            'status_code': self.error.get('statusCode'),
            'oauth_error': self.error.get('error'),
            'retry_after_seconds': self.error.get('retryAfterSeconds'),
            'is_transient': self.error.get('isTransient', False),
            'is_interaction_required': self.error.get('isInteractionRequired', False),
            'correlation_id': self.error.get('correlationId'),
        }


class Cli(object):
    """The command line of one task."""

    def __init__(self, module):
        self.module = module
        path = module.params['cli_path'] or os.environ.get('AUTHMODULE_CLI')
        if path:
            path = os.path.expanduser(path)
        else:
            path = module.get_bin_path('authmodule')
            if not path:
                module.fail_json(
                    msg='There is no authmodule on the path where the task runs. Install it there, or name it in cli_path or AUTHMODULE_CLI.',
                    **FAILURES['Usage'])
        # What "dotnet publish" makes without a host of its own.
        self.command = ['dotnet', path] if path.endswith('.dll') else [path]

    def run(self, arguments, secrets, stdin=None, accept=()):
        """The exit code and the JSON on stdout. Raises CliFailure for any other end than 0 and those in accept."""
        environment = dict((name, value) for name, value in secrets.items() if value)
        code, out, err = self.module.run_command(
            self.command + arguments + ['--json-errors'],
            environ_update=environment,
            data=stdin,
            binary_data=False)
        error = self._error(err)
        if code != 0 and (error or code not in accept):
            raise CliFailure(code, error or NO_REASON)
        return code, json.loads(out) if out.strip() else {}

    @staticmethod
    def _error(err):
        # The failure is the last line; warnings may stand before it.
        for line in reversed(err.splitlines()):
            if line.startswith('{'):
                try:
                    return json.loads(line)
                except ValueError:
                    break
        return None
