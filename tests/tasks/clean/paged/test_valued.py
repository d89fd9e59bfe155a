"""Tables without rules that hold numbers: columns from the numbers, rows from the labels beside them."""

from __future__ import annotations

from tasks.clean.paged import Glyph
from tasks.clean.paged.rows import lines_of
from tasks.clean.paged.valued_cells import table_of
from tests.tasks.clean.paged.sheets import blocks, composed, rows, sheet, typed

PROSE = "年" * 36
HEAD = ["指标", "自然人", "企业", "总计"]
XS = [72.0, 172.0, 272.0, 372.0]


def row(words: list[str], top: float, lefts: list[float] = XS) -> list[Glyph]:
    return [glyph for word, left in zip(words, lefts, strict=True) for glyph in typed(word, left, top)]


def touching(*words: str, left: float, top: float) -> list[Glyph]:
    """Cells without room between them, each drawn with a stroke of its own."""
    glyphs: list[Glyph] = []
    for run, word in enumerate(words):
        cell = typed(word, left, top)
        left = cell[-1].right
        glyphs += [glyph._replace(run=run + 1) for glyph in cell]
    return glyphs


def test_labels_go_on_below_their_numbers_or_around_them() -> None:
    top = sheet(
        row(HEAD, 100),
        row(["1.予以", "3", "0", "3"], 124),
        typed("公开", 72, 137),
        row(["2.不予", "10", "2", "12"], 160),
        typed("公开", 72, 173),
    )
    middle = sheet(
        row(HEAD, 100),
        typed("1.予以", 72, 124),
        row(["", "3", "0", "3"], 131),
        typed("公开", 72, 138),
        typed("2.不予", 72, 160),
        row(["", "10", "2", "12"], 167),
        typed("公开", 72, 174),
    )
    whole = [HEAD, ["1.予以公开", "3", "0", "3"], ["2.不予公开", "10", "2", "12"]]
    assert rows(composed(top)) == whole
    assert rows(composed(middle)) == whole


def test_blank_rows_between_numbers_belong_to_the_table_and_prose_around_does_not() -> None:
    page = sheet(
        typed(PROSE, 72, 60),
        typed("二、办理情况", 72, 80),
        row(HEAD, 100),
        row(["1.公开", "3", "0", "3"], 124),
        typed("2.部分公开", 72, 148),
        row(["3.不予", "1", "0", "1"], 172),
        typed("四、其他需要报告的事项是这些", 72, 196),
        typed(PROSE, 72, 214),
    )
    assert rows(composed(page)) == [
        HEAD,
        ["1.公开", "3", "0", "3"],
        ["2.部分公开", "", "", ""],
        ["3.不予", "1", "0", "1"],
    ]
    assert [text[:4] for text in blocks(page)][:2] == [PROSE[:4], "二、办理"]
    assert blocks(page)[3:] == ["四、其他需要报告的事项是这些", PROSE]


def test_cells_that_touch_are_told_apart_by_their_strokes() -> None:
    page = sheet(
        touching("指标名称", "本年制发", "现行有效", left=72, top=100),
        row(["规章", "2", "12"], 118, [72, 120, 168]),
        touching("规范文件", "50", left=72, top=136) + typed("420", 168, 136),
    )
    assert rows(composed(page)) == [
        ["指标名称", "本年制发", "现行有效"],
        ["规章", "2", "12"],
        ["规范文件", "50", "420"],
    ]


def test_a_number_too_wide_for_its_cell_goes_on_below() -> None:
    xs = [72.0, 97.0, 122.0, 147.0]
    page = sheet(
        row(["结", "纠", "其", "总"], 100, xs), row(["30", "17", "8", "44"], 124, xs), typed("9", 72, 137)
    )
    assert rows(composed(page))[-1] == ["309", "17", "8", "44"]


def test_numbers_that_even_blanks_part_stand_in_no_columns() -> None:
    lines = ["公开  18  1  0  4", "部分公开  4  0  0  5", "不予公开数  3  1  0  6"]
    page = sheet(*(typed(line, 72, 100 + 18 * i) for i, line in enumerate(lines)))
    assert all(draft.table is None or draft.table.rows == 1 for draft in composed(page).drafts)


def test_a_place_that_no_rule_shows_is_less_than_sure() -> None:
    page = sheet(row(HEAD, 100), row(["1.公开", "3", "0", "3"], 124), row(["2.不予", "1", "0", "1"], 148))
    table = composed(page).drafts[0].table
    assert table is not None
    assert all(cell.confidence < 1 for cell in table.cells if cell.end > cell.start)


def test_a_table_goes_on_over_the_page_break_with_the_rest_of_its_label() -> None:
    first = sheet(row(HEAD, 700), row(["1.公开", "3", "0", "3"], 724), row(["2.不予", "10", "2", "12"], 748))
    second = sheet(
        typed("公开的", 72, 60),
        row(["3.其他", "1", "0", "1"], 84),
        row(["4.总计", "14", "2", "16"], 108),
        number=2,
    )
    assert rows(composed(first, second)) == [
        HEAD,
        ["1.公开", "3", "0", "3"],
        ["2.不予公开的", "10", "2", "12"],
        ["3.其他", "1", "0", "1"],
        ["4.总计", "14", "2", "16"],
    ]


def test_in_the_middle_of_even_rows_labels_have_as_many_lines_above_their_numbers_as_below() -> None:
    page = sheet(
        row(HEAD, 100),
        row(["涉及隐私", "3", "0", "3"], 112),
        typed("危及国家", 72, 124),
        row(["", "10", "2", "12"], 130),
        typed("公共安全", 72, 136),
        row(["其他情形", "1", "0", "1"], 148),
    )
    assert rows(composed(page)) == [
        HEAD,
        ["涉及隐私", "3", "0", "3"],
        ["危及国家公共安全", "10", "2", "12"],
        ["其他情形", "1", "0", "1"],
    ]


def test_numbers_that_follow_labels_of_any_length_stand_in_no_columns() -> None:
    """One number below the other happens where gaps are even; rows then fill half of the columns."""
    glyphs = []
    for row_no, length in enumerate((4, 9, 14, 19, 9, 4)):
        left = 72.0
        for word in ["甲" * length, *"2000102"]:
            glyphs += typed(word, left, 100 + 20 * row_no)
            left = glyphs[-1].right + 24
    lines = lines_of(glyphs, 1)
    columns = sorted({(g.left, g.right) for g in glyphs if g.text.isdigit()})
    assert len(columns) == 13
    assert table_of(lines, columns) is None
    assert table_of(lines[:1], columns[:7]) is not None


def test_heads_beside_their_numbers_are_of_their_columns() -> None:
    """A sheet sets words to the left of a cell and numbers to its right."""
    lefts = [72.0, 172.0, 242.0, 312.0, 382.0]
    page = sheet(
        row(["指标", "个人", "企业", "机构", "总计"], 100, lefts),
        row(["1.公开", "3", "0", "1", "4"], 124, [72.0, 222.0, 292.0, 362.0, 432.0]),
        row(["2.不予", "10", "2", "0", "12"], 148, [72.0, 216.0, 292.0, 362.0, 426.0]),
    )
    assert rows(composed(page)) == [
        ["指标", "个人", "企业", "机构", "总计"],
        ["1.公开", "3", "0", "1", "4"],
        ["2.不予", "10", "2", "0", "12"],
    ]
