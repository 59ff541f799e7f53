# Copyright (c) AuthModule contributors. MIT License (see LICENSE).
"""Runs the module auth_token and keeps what it returns out of every output: a token can be registered, never shown."""

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

from ansible.plugins.action import ActionBase

SECRETS = ('access_token', 'refresh_token')


class ActionModule(ActionBase):
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp=None, task_vars=None):
        result = super(ActionModule, self).run(tmp, task_vars)
        del tmp
        result.update(self._execute_module(module_args=self._task.args, task_vars=task_vars))
        if any(result.get(name) for name in SECRETS):
            # As if the task said no_log: a failure, which holds no token, stays readable.
            result['_ansible_no_log'] = True
        return result
