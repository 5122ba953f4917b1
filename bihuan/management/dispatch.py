"""Runs one management command under the name that was typed, so that its help reads `bihuan import`."""

import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class


def run(target: str, argv: Sequence[str]) -> int:
    """argv is what was typed, program name first. Returns the exit code; 2 when this build has no such command."""
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        print(f"设置有误 / wrong setting: {wrong}", file=sys.stderr)
        return 1
    app = get_commands().get(target)
    if app is None:
        print(f"这个版本没有命令 / not in this version: {argv[1]}", file=sys.stderr)
        return 2
    command = app if not isinstance(app, str) else load_command_class(app, target)
    command.run_from_argv(list(argv))
    return 0
