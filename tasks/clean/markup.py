"""Markup that a parser must not see as it is: nesting and unclosed tags that make it quadratic.

Browsers cap the depth of a page too (Blink: 512 elements); deeper tags are dropped, their text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

# No more than this many elements inside each other: the parser walks up the open elements at each tag.
MAX_DEPTH = 1000
# No more than this many formatting elements left open: HTML opens each of them anew in every paragraph.
MAX_OPEN_FORMATTING = 100
# Below this many tags even the worst page parses in half a second.
HARMLESS_TAGS = 2000

FORMATTING_TAGS = "a b big code em font i nobr s small strike strong tt u"
# Without end tag, or with one that may be missing: the parser closes these itself.
CLOSING_TAGS = """area base br col embed frame hr img input link meta param source track wbr
    p li td th tr dd dt option"""
FORMATTING = frozenset(FORMATTING_TAGS.split())
VOID = frozenset(CLOSING_TAGS.split())
TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]{0,30})")
FORMATTING_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(FORMATTING))})(?=[\s>/])[^<>]{{0,9999}}>", re.IGNORECASE
)
ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})[^<>]{0,9999}>")


def tame(html: str) -> str:
    """The same page with tags dropped that would make the parser slow; nearly always unchanged."""
    if html.count("<") <= HARMLESS_TAGS:
        return html
    names = TAG.findall(html)
    if _deepest(names, FORMATTING.__contains__) > MAX_OPEN_FORMATTING:
        html = FORMATTING_TAG.sub("", html)
    if _deepest(names, lambda name: name not in VOID) > MAX_DEPTH:
        html = _flatten(html)
    return html


def _deepest(names: list[str], counts: Callable[[str], bool]) -> int:
    """The most elements of a kind open at once, judged by their tags alone."""
    steps = {}
    for name in set(names):
        bare = name.lower().lstrip("/")
        steps[name] = 0 if not counts(bare) else -1 if name[0] == "/" else 1
    return max(accumulate(map(steps.__getitem__, names)), default=0)


def _flatten(html: str) -> str:
    """Tags deeper than MAX_DEPTH taken out, as a browser would make their elements siblings."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in VOID:
            return tag[0]
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0] if depth < MAX_DEPTH else ""
        depth += 1
        return tag[0] if depth <= MAX_DEPTH else ""

    return ANY_TAG.sub(keep, html)
