"""Labels and their values in the frame of a page: 发布日期：…, 索引号 | …, 文　号：无.

Here: finding label and value whatever the layout: in one line, several pairs a line, in neighbouring cells,
in following lines; without a colon only where the value is of the label's kind (发布机构县水利局).
Not here: what the values mean and which of several is taken (`metadata`).
The labels are data: seeds/metadata_labels.csv (without a field: a label that only ends the value before it).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import seeds
from tasks.extract.bodies import is_body, is_place
from tasks.extract.dates import parse_date
from tasks.extract.lines import BLANK, BULLETS, Line, zone_lines
from tasks.extract.titles import is_report_title
from tasks.frozen import frozen
from tasks.seeking import Seeker, seeker
from tasks.values import Block, Cell, Document, Zone

VALUE_MAX = 90  # characters; titles are the longest values
OPENING_LINES = 12  # body lines in which the frame's labels may still stand
TEXT_MIN = 120  # a line this long is text, its labels are the report's contact line
FRAME_TABLE_CELLS = 60  # a larger table is a form, no metadata table

_GAP = f"[{BLANK}]{{0,6}}"
_COLON = f"{_GAP}[:：]"
_WEAK = frozenset({"日期", "时间", "文号", "名称", "标题", "来源", "主办"})  # also the end of other labels
_ORNAMENT = re.compile(rf"[{BLANK}{BULLETS}\[\]【】]")
_TRIM = BLANK + "[]【】|—,，;；" + BULLETS
# What a value must look like that no colon parts from its label.
_SHAPES: dict[str, Callable[[str], object]] = {
    "index_number": re.compile(
        r"(?=[^\d]{0,30}\d)[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff\-—_/.]{5,59}"
    ).fullmatch,
    "document_number": re.compile(r".{2,20}(?:19|20)\d\d.{1,8}号").fullmatch,
    "published_on": lambda value: value[0] in "12１２" and parse_date(value),
    "publisher": lambda value: is_body(value) or is_place(value),
    "title": is_report_title,
}


@frozen
class Labelled:
    """A label's value as printed, '' when the page leaves it empty. A lower rank is trusted more."""

    field: str
    rank: int
    value: str
    start: int
    zone: Zone


@cache
def _labels() -> dict[str, tuple[str, int]]:
    return {row["label"]: (row["field"], int(row["rank"] or 0)) for row in seeds.rows("metadata_labels.csv")}


@cache
def _labels_printed() -> Seeker:
    spelled = []
    for label in sorted(_labels(), key=len, reverse=True):
        edge = "(?<![\u4e00-\u9fff])" if label in _WEAK else ""
        spelled.append(edge + _GAP.join(label))
    return seeker(re.compile(f"(?P<label>{'|'.join(spelled)}){_COLON}"))


@cache
def _labels_opening() -> re.Pattern[str]:
    """Labels at the beginning of a line, or behind a blank in it."""
    spelled = (_GAP.join(label) for label in sorted(_labels(), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[{BLANK}]))[{BULLETS}]?(?P<label>{'|'.join(spelled)})(?P<gap>[{BLANK}]*)")


def read_labels(document: Document, until: int) -> list[Labelled]:
    """The labelled values of the frame, and of the body's lines before offset `until`, in printed order."""
    found: list[Labelled] = []
    for zone in Zone:
        blocks = [b for b in document.blocks if b.zone is zone and (zone is not Zone.BODY or b.start < until)]
        lines = zone_lines(document, zone)
        if zone is Zone.BODY:
            lines = [line for line in lines[:OPENING_LINES] if line.start < until]
        found += _in_lines(lines, zone)
        for block in blocks:
            if block.table is not None and len(block.table.cells) <= FRAME_TABLE_CELLS:
                found += _in_table(document, block)
    return [item for item in found if item.field]


def _in_lines(lines: list[Line], zone: Zone) -> list[Labelled]:
    found: list[Labelled] = []
    for no, line in enumerate(lines):
        if len(line.text) > TEXT_MIN:
            continue
        following = lines[no + 1].text if no + 1 < len(lines) else ""
        found += _in_text(line.text, line.start, zone, following)
        if separator := next((char for char in "\t|" if char in line.text), None):
            found += _in_row([(piece, line.start) for piece in line.text.split(separator)], zone)
        elif bare := _bare_label(line.text):
            found.append(_labelled(bare, "" if _bare_label(following) else following, line.start, zone))
        elif zone is not Zone.TAIL:
            found += _without_colon(line, zone)
    return found


def _without_colon(line: Line, zone: Zone) -> list[Labelled]:
    """索引号 X-1 发布机构 某镇, or 发布机构某县水利局 alone in its line: values of the label's own kind."""
    if ":" in line.text or "：" in line.text:
        return []
    matches = list(_labels_opening().finditer(line.text))
    found: list[Labelled] = []
    for no, match in enumerate(matches):
        end = matches[no + 1].start() if no + 1 < len(matches) else len(line.text)
        value = line.text[match.end() : end].strip(_TRIM)
        label = _squeeze(match["label"])
        shape = _SHAPES.get(_labels()[label][0])
        is_parted = match["gap"] or (match.start() == 0 and label not in _WEAK)
        if value and shape and is_parted and shape(value):
            found.append(_labelled(label, value, line.start + match.start(), zone))
    return found


def _in_text(text: str, start: int, zone: Zone, following: str) -> list[Labelled]:
    """`label：value` pairs of one line; a last label without value takes the following line."""
    if ":" not in text and "：" not in text:
        return []
    matches = list(_labels_printed().finditer(text))
    found: list[Labelled] = []
    for no, match in enumerate(matches):
        end = matches[no + 1].start() if no + 1 < len(matches) else len(text)
        value = text[match.end() : end].strip(_TRIM)
        if not value and end == len(text) and not _labels_printed().search(following):
            value = following.strip(_TRIM)
        found.append(_labelled(_squeeze(match["label"]), value, start + match.start(), zone))
    return found


def _in_table(document: Document, block: Block) -> list[Labelled]:
    assert block.table is not None
    found: list[Labelled] = []
    heads: dict[int, str] = {}  # column → label, of a row that is nothing but labels
    for row in block.table.grid():
        cells: list[Cell] = []
        for cell in row:
            if cell is not None and (not cells or cells[-1] is not cell):
                cells.append(cell)
        texts = [(document.text_of(cell), cell.start) for cell in cells]
        for cell, (text, start) in zip(cells, texts, strict=True):
            if cell.col in heads and not _bare_label(text):
                found.append(_labelled(heads[cell.col], text.strip(_TRIM), start, block.zone))
        labels = [_bare_label(text) for text, _ in texts]
        is_head = len(labels) > 1 and None not in labels
        heads = {cell.col: label for cell, label in zip(cells, labels, strict=True) if is_head and label}
        found += _in_row(texts, block.zone)
        for text, start in texts:
            for piece in text.split("\n"):
                if len(piece) <= TEXT_MIN:
                    found += _in_text(piece, start, block.zone, "")
    return found


def _in_row(cells: list[tuple[str, int]], zone: Zone) -> list[Labelled]:
    """Labels that fill a cell, each with the cell behind it."""
    found: list[Labelled] = []
    for no, (text, start) in enumerate(cells[:-1]):
        if label := _bare_label(text):
            value = cells[no + 1][0]
            if not _bare_label(value):
                found.append(_labelled(label, value.strip(_TRIM), start, zone))
    return found


def _bare_label(text: str) -> str | None:
    """The label when the text is one and nothing else, with or without its colon."""
    squeezed = _squeeze(text).rstrip(":：")
    return squeezed if squeezed in _labels() else None


def _labelled(label: str, value: str, start: int, zone: Zone) -> Labelled:
    field, rank = _labels()[label]
    return Labelled(field, rank, value[:VALUE_MAX], start, zone)


def _squeeze(text: str) -> str:
    return _ORNAMENT.sub("", text)
