"""What a release says of itself: its version, name, licence and publisher. Values only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tasks.errors import GongkaiError

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
"""It becomes a folder's name and a part of file contents: nothing that a path or a shell could misread."""

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": (
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
}
"""Licences for data by their SPDX identifiers, with name and address of the full text."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A release's own words. `licence` is a key of `LICENCES`; `url` is where the release can be found."""

    version: str
    released_on: dt.date
    title: str
    publisher: str
    licence: str
    url: str
    is_masked: bool

    def __post_init__(self) -> None:
        if not VERSION.fullmatch(self.version):
            raise GongkaiError(
                f"{self.version!r} cannot be a version.",
                "Use letters, digits, points and dashes, up to 40: 2026.03.31, v2.",
            )
        if self.licence not in LICENCES:
            raise GongkaiError(
                f"{self.licence!r} is no licence known here.", f"Choose one of {', '.join(LICENCES)}."
            )

    @property
    def citation(self) -> str:
        """One line to cite it by."""
        where = f" {self.url}" if self.url else ""
        return f"{self.publisher} ({self.released_on.year}): {self.title}. Version {self.version}.{where}"
