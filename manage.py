#!/usr/bin/env python
"""Django's command line. Settings: `marketplace.settings.local` unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

# Two database roles: the owner makes tables, the application only reads and writes rows.
OWNER_COMMANDS = {"migrate", "flush", "sqlflush", "dbshell"}


def main() -> None:
    """Run one command, as the owner of the tables where the command makes or drops them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("KAIXU_DATABASE_ROLE", "owner")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
