"""A report as one HTML page: its text with the evidence marked, beside it all that was read from it.

No script, nothing fetched from anywhere; page.html holds the frame and the style. `parts` and `lists` make
what stands beside the text, `forms` the grids, `text` and `spans` the text, `markup` escapes.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from string import Template

from flows.cli.page import lists, parts
from flows.cli.page.markup import Html, element, escaped, joined, link
from flows.cli.page.text import document_text
from flows.cli.show import Shown
from tasks.errors import GongkaiError

FRAME = Path(__file__).with_name("page.html")

PARTS = (
    ("quarantine", parts.quarantine),
    ("metadata", parts.metadata),
    ("conflicts", parts.conflicts),
    ("checks", lists.checks),
    ("sections", parts.outline),
    ("facts", parts.facts),
    ("forms", parts.form_tables),
    ("figures", parts.figures),
    ("findings", lists.findings),
    ("contacts", lists.contacts),
    ("citations", lists.citations),
)


def page(shown: Shown) -> str:
    """The page; the same rows give the same page."""
    title = str(shown.report.get("title") or shown.document.get("uri") or "not loaded")
    made = [(name, part) for name, make in PARTS if (part := make(shown)) is not None]
    jumps = [element("li", link(name, name)) for name, _ in made] + [element("li", link("text", "text"))]
    return Template(FRAME.read_text("utf-8")).substitute(
        title=escaped(title),
        jumps=element("ul", *jumps),
        parts=joined(part for _, part in made),
        text=document_text(shown) or Html("<p>No text was read.</p>"),
    )


def write_page(shown: Shown, file: Path) -> None:
    """Write the page to `file`, whole or not at all. Raises GongkaiError when it cannot be written."""
    write_html(page(shown), file)


def write_html(content: str, file: Path) -> None:
    """Write any page so."""
    try:
        file.absolute().parent.mkdir(parents=True, exist_ok=True)
        _replace(file, content.encode("utf-8"))
    except OSError as error:
        raise GongkaiError(f"{file} cannot be written: {error.strerror}.", "Name another file.") from error


def _replace(file: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.absolute().parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        draft.chmod(0o644)  # mkstemp's 0600 would hide it from other users
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
