"""Values out of scripts: parameters and data that a page hands to its own JavaScript."""

from __future__ import annotations

import json
import re
from typing import Any

_DECODER = json.JSONDecoder()


def parameter(source: str, name: str) -> str | None:
    """The value of `name: 'x'`, `name = x`, `"name": 3` or `name=3&` wherever it stands first."""
    pattern = (
        rf"""(?<![A-Za-z0-9_])["']?{re.escape(name)}["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([\w./%-]+))"""
    )
    found = re.search(pattern, source, re.IGNORECASE)
    return next((value for value in found.groups() if value is not None), None) if found else None


def number(source: str, *names: str) -> int | None:
    """The first of the names that has a whole number."""
    for name in names:
        value = parameter(source, name)
        if value is not None and value.strip().isdigit():
            return int(value)
    return None


def data_after(source: str, name: str) -> Any:
    """The JSON value assigned to `name`, or None where there is none or it is no strict JSON."""
    for found in re.finditer(rf"""["']?{re.escape(name)}["']?\s*[:=]\s*(?=[\[{{])""", source):
        try:
            return _DECODER.raw_decode(source, found.end())[0]
        except ValueError:
            continue
    return None


def json_or_none(text: str) -> Any:
    """The JSON an answer consists of, a callback's parentheses and a byte order mark aside."""
    stripped = text.strip().lstrip("\ufeff")
    call = re.match(r"^[\w.$]+\s*\((.*)\)\s*;?\s*$", stripped, re.DOTALL)
    stripped = call[1] if call else stripped
    if stripped[:1] not in ("{", "["):
        return None
    try:
        return json.loads(stripped)
    except ValueError:
        return None
