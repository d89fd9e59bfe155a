"""The home as a user names it, an argument or the setting, and the folder it has on this machine."""

from __future__ import annotations

from pathlib import Path

from flows.settings import load_settings
from warehouse.place import settle_place


def home_of(home: Path | str | None) -> Path:
    """The folder on this machine of the home named; None: of the setting."""
    settings = load_settings()
    catalog = settings.catalog.get_secret_value() if settings.catalog else None
    return settle_place(home or settings.home, catalog, settings.state.expanduser())
