"""A blank database for Prefect's server: its migrations take 7 s, copying what they made takes none.

The first server that makes one leaves a copy with the installation (`sys.prefix`) whose Prefect it is.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path


def lay(database: Path) -> bool:
    """Put a blank database there, unless there is one or none is kept. False: the server makes a new one."""
    if database.exists():
        return True
    if not _kept().is_file():
        return False
    draft = _draft(database)
    shutil.copyfile(_kept(), draft)
    draft.replace(database)
    return True


def keep(database: Path) -> None:
    """Keep a copy of what a server has just made, before anything is recorded there.

    Where the installation belongs to somebody else none is kept, and each new home takes its 7 s.
    """
    if not database.is_file():
        return  # the user has chosen another
    kept = _kept()
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(kept)
        with closing(sqlite3.connect(draft)) as copy, closing(sqlite3.connect(database)) as made:
            made.backup(copy)
        draft.replace(kept)
    except (OSError, sqlite3.Error) as error:
        logging.getLogger(__name__).info("No blank database kept at %s: %s", kept, error)


def _kept() -> Path:
    return Path(sys.prefix, "var", "gongkai", f"prefect-{version('prefect')}.db")


def _draft(file: Path) -> Path:
    """Where it is written first: it is there whole or not at all, whoever else writes it."""
    return file.with_name(f"{file.name}.{os.getpid()}")
