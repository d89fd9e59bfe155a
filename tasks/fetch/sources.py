"""Sources as data: sites with their list pages, from `seeds/sources.toml` and from the user's own file
in the home.

Here is how an entry is read, written and named; what a list page says is `tasks.fetch.families`'s business.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import seeds
from tasks.errors import GongkaiError
from tasks.fetch.urls import canonical, is_url
from warehouse.faults import explained

FILE = "sources.toml"
ALL = "all"
"""Instead of names: every source that is not switched off."""


@dataclass(frozen=True, slots=True)
class WebSource:
    """A site's list pages. `delay`: seconds between requests there, if not the usual ones; `floor`: how many
    reports it lists at least; `is_address`: a URL given by the user, which may be a single page."""

    name: str
    urls: tuple[str, ...]
    title: str = ""
    region_code: str | None = None
    family: str | None = None
    delay: float | None = None
    floor: int = 0
    verified: bool = False
    enabled: bool = True
    is_address: bool = False


def load_sources(home: Path) -> dict[str, WebSource]:
    """All sources by name; the user's entry goes before the one of the same name that is shipped."""
    return {**_read(seeds.FOLDER / FILE), **own_sources(home)}


def own_sources(home: Path) -> dict[str, WebSource]:
    """The sources of `home/sources.toml`."""
    file = home / FILE
    return _read(file) if file.is_file() else {}


def chosen(names: list[str], home: Path) -> list[WebSource]:
    """The sources that names, addresses and `all` mean, each once. Raises `GongkaiError` for an unknown
    name."""
    known = load_sources(home)
    found: dict[str, WebSource] = {}
    for name in names:
        if is_url(name):
            source = of_address(name)
            found[source.name] = source
        elif name == ALL:
            found |= {each.name: each for each in known.values() if each.enabled}
        elif name in known:
            found[name] = known[name]
        else:
            raise GongkaiError(f"There is no source {name!r}.", "See `gongkai source list`.")
    return list(found.values())


def of_address(url: str) -> WebSource:
    """An address as a source of its own; its name is the address."""
    if "@" in urlsplit(url).netloc:
        raise GongkaiError(
            "An address with a user or password in it is not taken: it would stand in logs and tables.",
            "Public pages need none; save others by hand and ingest the files.",
        )
    try:
        name = canonical(url)
    except ValueError as error:
        raise GongkaiError(
            f"{url!r} is no web address: {error}.", "Give one that begins with http."
        ) from error
    return WebSource(name, (url.strip(),), is_address=True)


def add_source(source: WebSource, home: Path) -> Path:
    """Append the source to `home/sources.toml`; returns the file. An entry of that name must not be there."""
    file = home / FILE
    if source.name in own_sources(home):
        raise GongkaiError(
            f"{file} has a source {source.name!r} already.", "Choose another --name, or edit it."
        )
    with explained(home):
        home.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as output:
            output.write(_entry(source))
    return file


def _entry(source: WebSource) -> str:
    values: dict[str, object] = {
        "name": source.name,
        "title": source.title,
        "region_code": source.region_code,
        "family": source.family,
        "urls": list(source.urls),
        "delay": source.delay,
        "floor": source.floor,
        "verified": source.verified,
    }
    # JSON's strings, numbers, lists and booleans are TOML's as well.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
        if value or value == 0
    ]
    return "\n".join(["", "[[source]]", *lines, ""])


def _read(file: Path) -> dict[str, WebSource]:
    try:
        entries = tomllib.loads(file.read_text("utf-8")).get("source", [])
    except (OSError, ValueError) as error:
        raise GongkaiError(f"{file} cannot be read: {error}.", "Mend the file.") from error
    sources = [_source(entry, file) for entry in entries]
    return {source.name: source for source in sources}


def _source(entry: Mapping[str, Any], file: Path) -> WebSource:
    unknown = set(entry) - set(WebSource.__dataclass_fields__) - {"url"}
    urls = entry.get("urls") or ([entry["url"]] if entry.get("url") else [])
    name = entry.get("name")
    if unknown or not urls or not name or not all(isinstance(url, str) and is_url(url) for url in urls):
        wrong = f"unknown {', '.join(sorted(unknown))}" if unknown else "it needs a name and urls"
        raise GongkaiError(f"{file}: the source {name!r} is wrong: {wrong}.", "Mend the entry.")
    values = {key: value for key, value in entry.items() if key not in ("url", "urls", "name")}
    return WebSource(str(name), tuple(urls), **values)
