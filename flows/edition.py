"""What a release says of itself, from the settings and today's date."""

from __future__ import annotations

import datetime as dt

from flows.settings import load_settings
from warehouse.release import Edition


def edition_of(version: str | None, *, is_masked: bool) -> Edition:
    """The edition by the settings; its version is today's date unless one is given."""
    today = dt.datetime.now(dt.UTC).date()
    said = load_settings().release
    return Edition(
        version=version or today.strftime("%Y.%m.%d"),
        released_on=today,
        title=said.title,
        publisher=said.publisher,
        licence=said.licence,
        url=said.url,
        is_masked=is_masked,
    )
