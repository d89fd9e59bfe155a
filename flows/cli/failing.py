"""How a command fails: a message and the next step on stderr, an exit code, never a traceback.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import functools
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import typer

from tasks.errors import GongkaiError

FAILED = 1
INTERRUPTED = 130
PIPE_CLOSED = 141

QUERY_INTERRUPTED = "Query interrupted"
"""What DuckDB makes of Ctrl-C during a query."""

P = ParamSpec("P")
_debug = [False]


def set_debug(wanted: bool) -> None:
    """Show tracebacks of unexpected errors from now on."""
    _debug[0] = wanted


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """The command with its errors told to the user."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except GongkaiError as error:
            _tell(f"Error: {error.message}", error.advice)
            raise typer.Exit(FAILED) from error
        except BrokenPipeError as error:
            # Python would complain once more when it flushes stdout at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from error
        except KeyboardInterrupt as error:
            raise _interrupted() from error
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except ModuleNotFoundError as error:  # installed before the code asked for that package
            _tell(
                f"Error: the Python package with the module {error.name!r} is not installed here.",
                "Install what this version needs: `make install` in a clone, else pip install gongkai anew.",
            )
            raise typer.Exit(FAILED) from error
        except Exception as error:
            if isinstance(error, RuntimeError) and str(error) == QUERY_INTERRUPTED:
                raise _interrupted() from error
            _tell_unexpected(error)
            raise typer.Exit(FAILED) from error

    return run


def _interrupted() -> typer.Exit:
    logging.raiseExceptions = False  # threads may still log when Prefect's log sender has ended
    _tell("Interrupted.", "What was loaded stays; run the command again for the rest.")
    return typer.Exit(INTERRUPTED)


def _tell(*lines: str) -> None:
    for line in lines:
        if line:
            typer.echo(line, err=True)


def _tell_unexpected(error: Exception) -> None:
    words = str(error).strip().splitlines() or [""]
    summary = f"Unexpected error: {type(error).__name__}: {words[0]}"
    if _debug[0]:
        traceback.print_exception(error)
        return
    try:
        descriptor, name = tempfile.mkstemp(prefix="gongkai-error-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    except OSError:
        _tell(summary, "Run it again with `gongkai --debug …` and report what it says.")
        return
    _tell(summary, f"Please report it with {Path(name)}; `gongkai --debug …` shows the same at once.")
