"""`gongkai show --html`: one page that says all, marks every evidence and fetches nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.cli.grids import grid
from flows.cli.page import page, write_page
from flows.cli.page.markup import Html, element, escaped
from flows.cli.page.spans import MarkedText, Span
from flows.cli.show import Shown, find, gather
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from warehouse.lake import open_warehouse

HOSTILE = (
    "<script>alert(1)</script>\"'><img src=http://example.org/x onerror=alert(1)>&lt;b&gt;\x00\ud800${title}"
)


@pytest.fixture(scope="module")
def home(prefect_server: None, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the sample pages."""
    from flows.ingest import ingest as flow
    from flows.run import summary_of

    folder = tmp_path_factory.mktemp("html") / "home"
    summary: IngestSummary = summary_of(flow([str(sample)], str(folder), return_state=True))
    assert not summary.failed
    return folder


@pytest.fixture(scope="module")
def shown(home: Path) -> Callable[[str], Shown]:
    """All that the warehouse says about a sample page."""

    def read(name: str) -> Shown:
        with open_warehouse(home, read_only=True) as warehouse:
            return gather(warehouse, find(warehouse, name))

    return read


NAMES = ("f14a", "f14d", "f19a", "f19c", "f21b", "f21d", "n01", "n04")


def parsed(shown: Shown) -> LexborHTMLParser:
    return LexborHTMLParser(page(shown))


def one(tree: LexborHTMLParser, selector: str) -> LexborNode:
    (found,) = tree.css(selector)
    return found


def bare(text: str) -> str:
    return "".join(text.split())


def words_of(tree: LexborHTMLParser) -> dict[int, str]:
    """What is marked as the evidence of each fact, by its number."""
    words: dict[int, str] = {}
    for mark in tree.css("mark"):
        link = mark.css_first("a")
        assert link is not None
        for number in (mark.attributes["data-f"] or "").split():
            words[int(number)] = words.get(int(number), "") + link.text()
    return words


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_has_its_whole_evidence_marked_and_jumps_there_and_back(
    name: str, shown: Callable[[str], Shown]
) -> None:
    document = shown(name)
    tree = parsed(document)
    words = words_of(tree)
    assert document.facts
    for number, fact in enumerate(document.facts, 1):
        assert bare(words[number]) == bare(fact["evidence"]), fact
        row = one(tree, f"#f{number}")
        assert row.css(f'a[href="#e{number}"]')
        assert tree.css(f'main a[href="#f{number}"]')
        assert fact["indicator"] in row.text()


@pytest.mark.parametrize("name", NAMES)
def test_every_jump_has_its_target_and_every_name_is_given_once(
    name: str, shown: Callable[[str], Shown]
) -> None:
    tree = parsed(shown(name))
    names = [node.attributes["id"] for node in tree.css("[id]")]
    targets = {str(node.attributes["href"]) for node in tree.css("[href]")}
    assert len(names) == len(set(names))
    assert targets <= {f"#{name}" for name in names}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_holds_the_whole_text_and_every_cell(name: str, shown: Callable[[str], Shown]) -> None:
    document = shown(name)
    tree = parsed(document)
    for button in tree.css("main .to"):
        button.decompose()
    assert bare(one(tree, "main").text()) == bare(document.document["text"])
    cells = [bare(node.text()) for node in tree.css("table.form td[id]")]
    assert sorted(cells) == sorted(bare(cell["raw"]) for cell in document.form_cells)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_for_nothing_from_outside(name: str, shown: Callable[[str], Shown]) -> None:
    tree = parsed(shown(name))
    assert not tree.css("script, link, img, iframe, object, embed, base, form, [src], [srcset], [style]")
    assert all(str(node.attributes["href"]).startswith("#") for node in tree.css("[href]"))
    style = one(tree, "style").text()
    assert "url(" not in style
    assert "@import" not in style


def _spoilt(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value + HOSTILE if isinstance(value, str) else value for key, value in row.items()}


def test_hostile_words_anywhere_stay_words(shown: Callable[[str], Shown]) -> None:
    document = shown("f14d")
    alert = {"stage": HOSTILE, "error": HOSTILE, "advice": HOSTILE}
    check = dict.fromkeys(("rule", "severity", "message", "expected", "actual"), HOSTILE) | {"passed": False}
    parts = ("facts", "sections", "form_cells", "findings", "contacts", "citations", "figures")
    spoilt = replace(
        document,
        document=_spoilt(document.document),
        report=_spoilt(document.report),
        checks=[check],
        quarantine=[alert],
        conflicts=[{"indicator": HOSTILE, "label_zh": HOSTILE}],
        **{part: [_spoilt(row) for row in getattr(document, part)] for part in parts},
    )
    html = page(spoilt)
    assert html.encode("utf-8")
    assert "\x00" not in html
    tree = LexborHTMLParser(html)
    assert not tree.css("script, img, b, [onerror], [src]")
    assert tree.css_first("title").text().endswith("&lt;b&gt;\ufffd\ufffd${title}")  # type: ignore[union-attr]
    clean = parsed(document)
    assert {node.tag for node in tree.css("*")} <= {node.tag for node in clean.css("*")}
    assert {a for node in tree.css("*") for a in node.attributes} - {"colspan"} <= {
        a for node in clean.css("*") for a in node.attributes
    }


def test_evidences_within_and_across_each_other_are_all_marked() -> None:
    text = "没有行政复议、行政诉讼，收到5件。"
    spans = [Span(0, 11, 1), Span(2, 6, 2), Span(4, 15, 3), Span(4, 15, 4), Span(3, 3, 5), Span(9, 999, 6)]
    marked = MarkedText(text, spans)
    html = LexborHTMLParser("<main>" + marked.html(0, 7) + marked.html(7, len(text)) + "</main>")
    words = words_of(html)
    assert words == {span.number: text[span.start : span.end] for span in spans[:4]}
    assert sorted(str(node.attributes["id"]) for node in html.css("[id]")) == ["e1", "e2", "e3", "e4"]
    for button in html.css(".to"):
        button.decompose()
    assert html.body is not None
    assert html.body.text() == text


def test_markup_escapes_all_but_itself() -> None:
    assert element("a", "<b>", Html("<i></i>"), href='"><x', hidden=True, title=None) == (
        '<a href="&quot;&gt;&lt;x" hidden="">&lt;b&gt;<i></i></a>'
    )
    assert escaped("a\r\nb\x0b\udfff\ufffe") == "a\nb\ufffd\ufffd\ufffd"


def test_figures_that_are_no_facts_are_listed_with_their_scope(shown: Callable[[str], Shown]) -> None:
    document = shown("f14d")
    listed = one(parsed(document), "#figures")
    others = [row for row in document.figures if row["indicator"] is None]
    assert len(listed.css("tbody tr")) == len(others) > 0
    assert {row["scope"] for row in others} <= {cell.text() for cell in listed.css("td")}
    assert listed.css("details:not([open])")


def test_a_conflict_is_marked_in_the_list_the_form_and_the_text(shown: Callable[[str], Shown]) -> None:
    document = shown("f14d")
    row = next(f for f in document.facts if f["origin"] == "form" and f["indicator"] == "proactive_total")
    clash = {"indicator": row["indicator"], "label_zh": row["label_zh"]}
    tree = parsed(replace(document, conflicts=[clash]))
    assert len(one(tree, "#conflicts").css("a")) == 2
    assert len(tree.css("table.facts tr.conflict")) == 2
    assert one(tree, "table.form td.conflict").text() == "12,846"
    assert len(tree.css("mark.conflict")) == 2
    assert not parsed(document).css(".conflict")


def test_doubtful_facts_are_marked(shown: Callable[[str], Shown]) -> None:
    document = shown("f21b")
    facts = [{**fact, "confidence": 0.6 if n == 40 else 1.0} for n, fact in enumerate(document.facts)]
    tree = parsed(replace(document, facts=facts))
    assert one(tree, "table.facts td.doubt").text() == "0.60"
    assert len(tree.css("table.form td.doubt")) == 1


def test_metadata_name_the_step_that_decided(shown: Callable[[str], Shown]) -> None:
    document = shown("f14d")
    said = one(parsed(document), "#metadata").text()
    for name in ("agency", "year", "region"):
        assert f"by: {document.report[f'{name}_basis']}" in said


def test_cells_of_one_row_that_are_numbered_apart_share_a_row_of_the_grid() -> None:
    def cell(row: int, col: str, label: str) -> dict[str, Any]:
        return {"row_no": row, "col_no": 1, "row_path": label, "col_path": col}

    made = grid(
        [cell(1, "制发", "规章"), cell(2, "废止", "规章"), cell(3, "制发", "文件"), cell(4, "制发", "文件")]
    )
    assert [(label, [bool(c) for c in cells]) for _, label, cells in made.lines()] == [
        ("规章", [True, True]),
        ("文件", [True, False]),
        ("文件", [True, False]),
    ]


def gongkai(*arguments: str, home: Path) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def test_the_command_writes_the_page_whole_and_says_so(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    file.write_text("old")
    result = gongkai("show", "f21b", "--html", str(file), home=home)
    assert result.exit_code == 0
    assert "209 facts, 0 conflicts" in result.output
    assert file.read_text("utf-8").startswith("<!doctype html>")
    assert [each.name for each in tmp_path.iterdir()] == ["out.html"]


def test_what_cannot_be_written_is_told_and_leaves_the_old_page(
    home: Path, tmp_path: Path, shown: Callable[[str], Shown]
) -> None:
    assert gongkai("show", "f21b", "--html", "x.html", "--json", home=home).exit_code == 2
    (tmp_path / "folder").mkdir()
    result = gongkai("show", "n01", "--html", str(tmp_path / "folder"), home=home)
    assert result.exit_code == 1
    assert "folder cannot be written: Is a directory." in result.stderr
    write_page(shown("n01"), tmp_path / "new/page.html")
    with pytest.raises(GongkaiError, match="cannot be written"):
        write_page(shown("n01"), tmp_path / "new/page.html/x.html")
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["folder", "new", "page.html"]


def test_a_document_without_a_report_or_a_text_has_a_page_too(shown: Callable[[str], Shown]) -> None:
    empty = Shown(
        {},
        {},
        [],
        [],
        [],
        [],
        [],
        [],
        [],
        [],
        [],
        [{"stage": "clean", "error": "It is empty.", "advice": None}],
    )
    tree = parsed(empty)
    assert "It is empty." in one(tree, "#quarantine").text()
    assert "No text was read" in one(tree, "main").text()
