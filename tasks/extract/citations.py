"""Laws and documents cited in 《》: the title as printed, and the number behind it.

Here: finding titles, also nested and unclosed ones, and telling documents from newspapers, films and
programmes by the word they end in (seeds/document_words.csv). Every printing is a row. Not here: what
the cited document says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import seeds
from tasks.extract.lines import BLANK, close_up
from tasks.values import Citation, Document, Zone

TITLE_MAX = 160  # characters; a longer span has lost its closing mark
BEHIND_MAX = 60  # characters behind a title in which its number stands

_MARK = re.compile("[《》\n]")
_TRAILING = re.compile(
    r"(?:[（(〈<【\[][^（）()〈〉<>【】\[\]]{0,24}[）)〉>】\]]|[“”\"'‘’\s]|第?[一二三四五六七八九十\d]{1,3}[条版期项]|全文)+$"
)
_YEAR_NUMBER = r"[\u4e00-\u9fff]{1,14}[〔\[（(【﹝［]\s?(?:19|20)\d\d\s?[〕\]）)】﹞］]\s?第?\s?\d{1,5}\s?号"
_DECREE = (
    r"(?:中华人民共和国)?(?:国务院|主席|[\u4e00-\u9fff]{2,12}(?:人民政府|部|局|委员会|总署))第?\s?\d{1,4}\s?号令"
    r"|(?:中华人民共和国)?(?:国务院|主席|[\u4e00-\u9fff]{2,12}(?:人民政府|部|局|委员会|总署))令?\s?第?\s?\d{1,4}\s?号"
)
_OTHER = r"[\u4e00-\u9fff]{2,12}(?:19|20)\d\d[-—]?\d{0,5}号"
_NUMBER = re.compile(rf"[，,]?[{BLANK}]?[（(〔\[]?[{BLANK}]?(?P<number>{_YEAR_NUMBER}|{_DECREE}|{_OTHER})")


def find_citations(document: Document) -> tuple[Citation, ...]:
    """The documents named in the report, tables included, in printed order."""
    text = document.text
    found: list[Citation] = []
    for block in document.blocks:
        if block.zone is not Zone.BODY or "《" not in text[block.start : block.end]:
            continue
        for start, end in _spans(text, block.start, block.end):
            title = close_up(text[start + 1 : end - 1])
            if not is_document(title):
                continue
            number = _NUMBER.match(text, end, min(end + BEHIND_MAX, block.end))
            stop = number.end("number") if number else end
            printed = re.sub(f"[{BLANK}]", "", number["number"]) if number else None
            found.append(Citation(title, printed, start, stop))
    return tuple(found)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost closed 《…》 of a block; an opening mark that is never closed hides nothing."""
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text, start, end):
        if mark.group() == "《":
            opened.append(mark.start())
        elif mark.group() == "》" and opened:
            since = opened.pop()
            if mark.end() - since <= TITLE_MAX:
                closed = [span for span in closed if span[0] < since]
                closed.append((since, mark.end()))
            if not opened:
                yield from closed
                closed = []
        elif mark.group() == "\n" and opened and mark.start() - opened[0] > TITLE_MAX:
            yield from closed
            opened, closed = [], []
    yield from closed


@cache
def _words() -> dict[str, bool]:
    return {row["word"]: row["is_document"] == "1" for row in seeds.rows("document_words.csv")}


def is_document(title: str) -> bool:
    """Whether a title in 《》 is a law's or a document's, by the longest known word it ends in."""
    bare = close_up(title).replace(" ", "")
    for _ in range(3):  # （试行）（2015年版）
        shorter = _TRAILING.sub("", bare)
        if shorter == bare:
            break
        bare = shorter
    words = _words()
    for length in range(min(5, len(bare)), 0, -1):
        if (verdict := words.get(bare[-length:])) is not None:
            return verdict
    return False
