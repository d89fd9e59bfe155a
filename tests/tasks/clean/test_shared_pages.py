"""The labelled pages of ../shared: the gold's words stand in the body, the form's figures in cells."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tasks.values import Document, Zone
from tests.tasks.clean.pages import cleaned

REPORTS = Path(__file__).parents[4] / "shared" / "reports"
FILING = re.compile(r"ICP备|公网安备|网站标识码|违法和不良信息|【关闭】|登录$")

pytestmark = pytest.mark.shared


def gold() -> list[Any]:
    found = []
    for part in ("real", "pingtan", "constructed"):
        labels = REPORTS / part / "gold.jsonl"
        for line in labels.read_text("utf-8").splitlines() if labels.is_file() else ():
            page = json.loads(line)
            found.append(pytest.param(part, page, id=page["page"]))
    return found or [pytest.param("", {}, id="no pages")]


@cache
def document_of(part: str, name: str) -> Document:
    return cleaned((REPORTS / part / "pages" / name).read_bytes(), name)


def fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def body(document: Document) -> list[str]:
    return [document.text_of(block) for block in document.body()]


@pytest.mark.parametrize(("part", "page"), gold())
def test_every_labelled_evidence_stands_in_one_block_of_the_body(part: str, page: dict[str, Any]) -> None:
    blocks = body(document_of(part, page["page"]))
    evidence = [fact["evidence"] for fact in page.get("facts", []) if fact.get("evidence")]
    assert [words for words in evidence if not any(words in block for block in blocks)] == []


@pytest.mark.parametrize(("part", "page"), gold())
def test_every_section_heading_begins_a_block_of_the_body(part: str, page: dict[str, Any]) -> None:
    blocks = [fold(block) for block in body(document_of(part, page["page"]))]
    printed = [s["printed"] if isinstance(s, dict) else s for s in page.get("sections", [])]
    assert [s for s in printed if not any(block.startswith(fold(s)) for block in blocks)] == []


@pytest.mark.parametrize(("part", "page"), gold())
def test_the_reports_own_contacts_are_in_the_body(part: str, page: dict[str, Any]) -> None:
    text = fold("".join(body(document_of(part, page["page"]))))
    contacts = [*page.get("phones", []), *page.get("emails", []), *page.get("faxes", [])]
    assert [contact for contact in contacts if fold(contact) not in text] == []


@pytest.mark.parametrize(("part", "page"), gold())
def test_a_form_has_at_least_as_many_numeric_cells_as_labelled_facts(part: str, page: dict[str, Any]) -> None:
    document = document_of(part, page["page"])
    cells = [document.text_of(c) for block in document.body() if block.table for c in block.table.cells]
    numeric = [cell for cell in cells if re.fullmatch(r"[-+]?\d[\d,.，]*(?:\s?\D{1,2})?", fold(cell))]
    assert len(numeric) >= sum(fact["origin"] == "form" for fact in page.get("facts", []))


@pytest.mark.parametrize(("part", "page"), gold())
def test_footers_are_not_in_the_body(part: str, page: dict[str, Any]) -> None:
    document = document_of(part, page["page"])
    assert [block for block in body(document) if len(block) < 200 and FILING.search(block)] == []
    assert document.replaced == 0


@pytest.mark.parametrize(("part", "page"), gold())
def test_the_pages_dates_and_numbers_are_kept_in_some_zone(part: str, page: dict[str, Any]) -> None:
    text = fold(document_of(part, page["page"]).text)
    kept = [page.get("index_number"), page.get("document_number")]
    assert [words for words in kept if words and fold(words) not in text] == []


def test_the_frame_above_and_below_is_found_on_most_pages() -> None:
    zones = {
        page.id: {block.zone for block in document_of(*page.values[:1], page.values[1]["page"]).blocks}
        for page in gold()
    }
    assert sum(Zone.TAIL in found for found in zones.values()) >= 30
    assert sum(Zone.HEAD in found for found in zones.values()) >= 30
