"""The command line: `gongkai ingest | sql | show | audit | export | status | dictionary | maintain`.

The door only. Each command has a module; none imports Prefect before it runs `ingest`.
"""

from flows.cli.app import app, main

__all__ = ["app", "main"]
