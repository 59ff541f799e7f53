# Copyright (c) AuthModule contributors. MIT License (see LICENSE).
"""Runs the module win_auth_token and keeps what it returns out of every output, as auth_token does."""

from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

from ansible_collections.authmodule.auth.plugins.action.auth_token import ActionModule  # noqa: F401
