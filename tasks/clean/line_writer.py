"""Text nodes → lines: joins what stands in one line and collapses the white space between the pieces."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from tasks.clean.lines import Line
from tasks.clean.spaces import HTML_SPACE, collapse, is_seamless

MIN_CUTS = 2  # inline elements side by side that may be cells
MAX_BLANKS = 8  # blank lines kept in a row: a row of table 3 has seven cells that can be blank


class Setting(NamedTuple):
    """What text inherits from the elements around it."""

    is_hidden: bool = False
    is_bold: bool = False
    is_link: bool = False
    is_pre: bool = False
    is_frame: bool = False
    align: str = ""
    level: int | None = None


class LineWriter:
    """The line being written: text pieces with the white space between them, and what they have in common."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.blanks = 0  # blank lines since the last line break behind text
        self._clear()

    def _clear(self) -> None:
        self.parts: list[str] = []
        self.pending = ""  # white space seen and not yet written: "", " " or "\n"
        self.is_bold = True
        self.linked = 0
        self.first: Setting | None = None
        self.container = 0  # of the first piece
        self.cuts: list[int] = []  # how many pieces stood before each inline child of the block
        self.is_mixed = False  # the block has text of its own between them

    def add(self, text: str, setting: Setting, container: int) -> None:
        """A text node. Its white space is held back until more text shows that it stands inside a line."""
        if setting.is_pre:
            self._add_preformatted(text, setting, container)
            return
        core = text.strip(HTML_SPACE)
        if not core:
            if text and self.parts:
                self.pending = " "
            return
        if len(core) == len(text):
            if self.pending:
                self._write_pending(core)
        else:
            start = text.index(core[0])
            if start:
                self.pending = "\n" if not self.pending and "\n" in text[:start] else " "
            if self.pending:
                self._write_pending(core)
            if start + len(core) < len(text):
                self.pending = "\n" if "\n" in text[start + len(core) :] else " "
        if "\n" in core or "  " in core or "\t" in core or "\r" in core:
            core = collapse(core)
        self._write(core, setting, container)

    def _write_pending(self, core: str) -> None:
        if self.parts and not (self.pending == "\n" and is_seamless(self.parts[-1][-1], core[0])):
            self.parts.append(" ")
        self.pending = ""

    def _write(self, core: str, setting: Setting, container: int) -> None:
        self.parts.append(core)
        if self.is_bold and not setting.is_bold and not core.isspace():
            self.is_bold = False
        if setting.is_link:
            self.linked += len(core)
        if self.first is None:
            self.first = setting
            self.container = container

    def _add_preformatted(self, text: str, setting: Setting, container: int) -> None:
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self.end(container)
            if line:
                self._write(line, setting, container)

    def end(self, container: int) -> None:
        """A line break in the page: on an empty line it leaves a blank one (it may be a blank cell)."""
        if self.parts:
            self.flush()
            self.blanks = 0
        elif self.blanks < MAX_BLANKS:
            self.lines.append(Line("", container))
            self.blanks += 1
            self.pending = ""

    def flush(self) -> None:
        """End the line, if anything stands in it."""
        first = self.first
        if first is None:
            self.cuts.clear()
            return
        text = "".join(self.parts)
        bold = self.is_bold and not text.isspace()
        align = first.align or None
        self.lines.append(
            Line(text, self.container, first.level, bold, align, self.linked, first.is_frame, self._cuts())
        )
        self._clear()

    def _cuts(self) -> tuple[int, ...]:
        """The cuts as places in the text, if there are several and nothing stands between them."""
        if self.is_mixed or len(self.cuts) < MIN_CUTS:
            return ()
        places = [0, *accumulate(map(len, self.parts))]
        return tuple(places[cut] for cut in self.cuts)
