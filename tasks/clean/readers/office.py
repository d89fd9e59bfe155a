"""LibreOffice, where it is installed, as the way out for what no library reads: it converts, we read on.

It runs without a window, in a profile of its own with macros off and links never followed, within limits of
time and memory.
"""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from tasks.clean.readers.refusals import damaged, missing_program
from tasks.kinds import Kind
from tasks.values import Page

PROGRAM = "soffice"
PACKAGE = "libreoffice-writer libreoffice-calc"
SECONDS = 50  # a start takes 2 s, a report less than 1; below the limit of a step
MEMORY_BYTES = 4_000_000_000  # of address space, most of it never touched
FILE_BYTES = 200_000_000
FORMATS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
FILTERS = {"rtf": "Rich Text Format", "doc": "MS Word 97", "odt": "writer8", "ods": "calc8"}

_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)


class OfficeError(Exception):
    """LibreOffice did not convert a file; the words say why."""


def by_office(page: Page, kind: Kind, suffix: str, to: str, cause: object = None) -> bytes:
    """The page, a file with this suffix, in the format `to`; `cause` is why nothing else could read it.

    Raises `TerminalError` when LibreOffice is not installed or cannot read it either.
    """
    if shutil.which(PROGRAM) is None:
        if cause is None:
            raise missing_program(page.uri, kind.value, "LibreOffice", PACKAGE)
        raise damaged(page.uri, kind.value, f"{cause}; LibreOffice may (Debian: apt-get install {PACKAGE})")
    try:
        return _convert(page.content, suffix, to)
    except OfficeError as error:
        raise damaged(page.uri, kind.value, error if cause is None else f"{cause}; {error}") from error


def _convert(content: bytes, suffix: str, to: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as name:
        source = Path(name) / f"document.{suffix}"
        source.write_bytes(content)
        _run(source, to)
        made = source.with_suffix(f".{to}")
        if not made.exists():
            raise OfficeError("LibreOffice cannot read it")
        return made.read_bytes()


def _run(source: Path, to: str) -> None:
    command = [
        *(PROGRAM, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"-env:UserInstallation=file://{_profile()}",
        f"--infilter={FILTERS[source.suffix[1:]]}",
        *("--convert-to", FORMATS[to], "--outdir", str(source.parent), str(source)),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_limit,  # noqa: PLW1509 - the workers that read documents have one thread
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise OfficeError(f"LibreOffice takes more than {SECONDS} s for it") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@cache
def _profile() -> Path:
    """A profile for this process: the first start fills it, later ones are faster."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        "utf-8",
    )
    return folder
