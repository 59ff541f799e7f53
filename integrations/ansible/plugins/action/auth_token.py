# Copyright (c) AuthModule contributors. MIT License (see LICENSE).
"""Runs the module auth_token and keeps what it returns out of every output: a token can be registered, never shown."""

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

from ansible.plugins.action import ActionBase
from ansible_collections.authmodule.auth.plugins.module_utils.arguments import without_empty

SECRETS = ('access_token', 'refresh_token')


class ActionModule(ActionBase):
    _supports_check_mode = True
    # Told here, in our words: Ansible's own name no id.
    _supports_async = True

    def run(self, tmp=None, task_vars=None):
        if self._task.async_val:
            return dict(
                failed=True, msg='auth_token does not support async: a token is waited for. Leave async out, and give timeout where the service is slow.',
                error_id='Usage', reason='usage', exit_code=2, is_transient=False)
        result = super(ActionModule, self).run(tmp, task_vars)
        del tmp
        result.update(self._execute_module(module_args=without_empty(self._task.args), task_vars=task_vars))
        if result.get('failed'):
            # Also what Ansible itself refuses, a misspelt option or a value of another type, can be branched on.
            result.setdefault('error_id', 'Usage')
            result.setdefault('reason', 'usage')
            result.setdefault('exit_code', 2)
            result.setdefault('is_transient', False)
        if any(result.get(name) for name in SECRETS):
            # As if the task said no_log: a failure, which holds no token, stays readable.
            result['_ansible_no_log'] = True
        return result
