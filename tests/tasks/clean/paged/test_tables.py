"""Tables of paged documents: ruled, over page breaks, without rules."""

from __future__ import annotations

from itertools import pairwise

from tasks.clean.paged import Glyph, Rule
from tests.tasks.clean.paged.sheets import blocks, composed, rows, ruled, sheet, typed

XS = [72.0, 172.0, 252.0, 332.0]


def row(words: list[str], top: float) -> list[Glyph]:
    return [g for x, word in zip(XS, words, strict=False) for g in typed(word, x + 5, top + 4)]


def test_a_ruled_table_gives_its_cells_with_blank_ones() -> None:
    page = sheet(
        row(["指标", "单位", "数"], 100), row(["收到申请", "", "12"], 120), rules=ruled(XS, [100, 120, 140])
    )
    assert rows(composed(page)) == [["指标", "单位", "数"], ["收到申请", "", "12"]]


def test_a_missing_wall_is_a_span_and_lines_in_pieces_are_walls() -> None:
    ys = [100.0, 120.0, 140.0]
    pieces = [Rule(x, y + 0.8, x, y + 19) for x in XS for y in ys[:-1] if (x, y) != (XS[1], 100)]
    level = [Rule(a + 0.7, y, b - 0.7, y) for y in ys for a, b in pairwise(XS)]
    page = sheet(row(["申请人情况", "", "总计"], 100), row(["一", "二", "三"], 120), rules=pieces + level)
    table = composed(page).drafts[0].table
    assert table is not None
    assert [(c.row, c.col, c.colspan) for c in table.cells] == [
        (0, 0, 2),
        (0, 2, 1),
        (1, 0, 1),
        (1, 1, 1),
        (1, 2, 1),
    ]


def test_a_table_open_at_its_sides_is_closed_where_its_lines_end() -> None:
    rules = [Rule(72, y, 332, y) for y in (100, 120, 140)] + [Rule(x, 100, x, 140) for x in XS[1:3]]
    page = sheet(row(["指标", "单位", "数"], 100), row(["申请", "件", "12"], 120), rules=rules)
    assert rows(composed(page)) == [["指标", "单位", "数"], ["申请", "件", "12"]]


def test_wrapped_labels_are_joined_and_short_lines_are_not() -> None:
    page = sheet(
        row(["一二三四五六七", "甲", "1"], 100),
        row(["八九", "乙", ""], 114),
        rules=ruled(XS, [100, 132, 150]),
    )
    assert rows(composed(page))[0] == ["一二三四五六七八九", "甲\n乙", "1"]


def test_a_number_too_wide_for_its_cell_stays_whole() -> None:
    number = [Glyph(c, 165 + 6 * i, 104, 171 + 6 * i, 116, 12, run=7) for i, c in enumerate("123456")]
    page = sheet(number, typed("甲", 80, 104), rules=ruled(XS, [100, 120, 140]))
    assert rows(composed(page))[0] == ["甲", "123456", ""]


def test_turned_text_in_a_cell_is_read() -> None:
    down = [Glyph(c, 80, 104 + 12 * i, 92, 116 + 12 * i, 12, angle=90) for i, c in enumerate("结果12")]
    page = sheet(down, typed("共收到申请", 340, 20), typed("5", 180, 120), rules=ruled(XS, [100, 160, 180]))
    assert rows(composed(page))[0] == ["结果12", "5", ""]


def test_a_table_goes_on_over_the_page_break_without_its_repeated_header() -> None:
    head = ["指标", "单位", "数量"]
    first = sheet(row(head, 740), row(["收到申请", "件", "12"], 760), rules=ruled(XS, [740, 760, 780]))
    second = sheet(row(head, 60), row(["办结申请", "件", "11"], 80), rules=ruled(XS, [60, 80, 100]), number=2)
    made = composed(first, second)
    assert rows(made) == [head, ["收到申请", "件", "12"], ["办结申请", "件", "11"]]
    assert [(p.page, made.text[p.start : p.end]) for p in made.places][-1] == (2, "11")


def test_a_label_over_several_rows_that_the_page_break_cut_is_one_cell_again() -> None:
    floors = [Rule(172, y, 332, y) for y in (760.0,)]
    outer = ruled(XS, [740, 780])
    first = sheet(typed("三、办理结果", 77, 750), row(["", "公开", "1"], 740), row(["", "不公开", "2"], 760))
    first.rules = outer + floors
    second = sheet(row(["", "其他", "3"], 60), row(["", "总计", "6"], 80), number=2)
    second.rules = [*ruled(XS, [60, 100]), Rule(172, 80, 332, 80)]
    made = composed(first, second)
    table = made.drafts[0].table
    assert table is not None
    assert table.rows == 4
    assert [c.rowspan for c in table.cells if c.col == 0] == [4]


def cut_row(upper: str, lower: str) -> list[list[str]]:
    """The rows of a group that goes on over the page break, its last label on page 1, its first on page 2."""
    first = sheet(typed("三、办理结果", 77, 750), row(["", "1.公开", "1"], 740), row(["", upper, "2"], 760))
    first.rules = [*ruled(XS, [740, 780]), Rule(172, 760, 332, 760)]
    second = sheet(row(["", lower, ""], 60), row(["", "3.其他", "3"], 80), number=2)
    second.rules = [*ruled(XS, [60, 100]), Rule(172, 80, 332, 80)]
    return rows(composed(first, second))


def test_a_row_that_the_page_break_cut_is_one_row_again_beside_a_label_over_several() -> None:
    whole = [["三、办理结果", "1.公开", "1"], ["2.属于四类过程性信息", "2"], ["3.其他", "3"]]
    assert cut_row("2.属于四类", "过程性信息") == whole
    assert cut_row("2.属于", "第三方权益")[1] == ["2.属于\n第三方权益", "2"]


def test_a_numbered_row_behind_a_page_break_is_one_of_its_own() -> None:
    assert cut_row("2.属于过", "3.不掌握")[1:3] == [["2.属于过", "2"], ["3.不掌握", ""]]


def test_columns_a_character_apart_stay_lines_of_their_own() -> None:
    head, numbers = "维持 纠正 其他 审结 总计 维持 纠正 其他 审结 总计 维持 纠正 其他", "3 1 1 0 5 1 0 0 1 2"
    page = sheet(
        *(typed("年" * 36, 72, top) for top in (60, 78, 96)),
        typed(head.replace(" ", "  "), 72, 114),
        typed(numbers.replace(" ", "  "), 72, 132),
    )
    assert blocks(page)[1:] == [head, numbers]


def test_columns_without_rules_are_a_table_with_its_blanks() -> None:
    page = sheet(
        row(["指标", "单位", "数"], 100), row(["收到申请", "", "12"], 120), row(["公开", "件", "7"], 140)
    )
    assert rows(composed(page)) == [["指标", "单位", "数"], ["收到申请", "", "12"], ["公开", "件", "7"]]


def test_a_frame_around_prose_is_no_table() -> None:
    prose = [typed("年" * 20, 80, 104 + 16 * i) for i in range(24)]
    page = sheet(*prose, rules=ruled([72, 332, 400], [100, 500]))
    assert composed(page).drafts[0].table is None
    assert len(blocks(page)) == 1


def test_the_room_between_the_lines_of_a_double_rule_is_no_row() -> None:
    page = sheet(
        row(["指标", "单位", "数"], 100), row(["申请", "件", "2"], 124), rules=ruled(XS, [100, 120, 124, 144])
    )
    assert rows(composed(page)) == [["指标", "单位", "数"], ["申请", "件", "2"]]


def test_cells_know_page_and_box() -> None:
    page = sheet(row(["指标", "单位", "数"], 100), rules=ruled(XS, [100, 120, 140]), number=4)
    table = composed(page).drafts[0].table
    assert table is not None
    assert (table.cells[0].page, table.cells[0].bbox) == (4, (72.0, 100.0, 172.0, 120.0))
