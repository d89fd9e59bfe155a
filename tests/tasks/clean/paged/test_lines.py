"""Lines, paragraphs and running heads of paged documents."""

from __future__ import annotations

from itertools import groupby

import pytest

from tests.tasks.clean.paged.sheets import (
    LEFT,
    RIGHT,
    SIZE,
    Glyph,
    Sheet,
    blocks,
    composed,
    rows,
    sheet,
    typed,
)

FULL = "本年度我局认真落实各项要求完善制度拓宽渠道主动接受社会监督取得了一定成效并不断"  # 38 characters


def test_lines_of_a_paragraph_are_joined_and_an_indent_begins_another() -> None:
    page = sheet(
        typed(FULL[:34], LEFT + 2 * SIZE, 100),
        typed(FULL[:36], LEFT, 120),
        typed("加强监督。", LEFT, 140),
        typed(FULL[:34], LEFT + 2 * SIZE, 160),
        typed("完。", LEFT, 180),
    )
    assert blocks(page) == [FULL[:34] + FULL[:36] + "加强监督。", FULL[:34] + "完。"]


def test_the_white_behind_the_commas_of_a_scan_makes_no_row() -> None:
    """A recognised word ends where its ink does, so behind each comma there is a gap."""
    words = [FULL[:8] + "，", FULL[8:15] + "，", FULL[15:23] + "；", FULL[23:32]]
    line, left = [], LEFT
    for word in words:
        ink = left + SIZE * len(word) - (0.8 * SIZE if word[-1] in "，；" else 0)
        line.append(Glyph(word, left, 100, ink, 100 + SIZE, SIZE))
        left += SIZE * len(word)
    page = sheet(line, typed(FULL[:36], LEFT, 120), typed("完。", LEFT, 140))
    assert blocks(page) == ["".join(words) + FULL[:36] + "完。"]


def test_a_paragraph_goes_on_over_the_page_break_behind_foot_and_head() -> None:
    first = sheet(
        typed("某局年度报告", 250, 40),
        typed(FULL[:34], LEFT + 2 * SIZE, 100),
        typed(FULL[:36], LEFT, 760),
        typed("— 1 —", 290, 800),
    )
    second = sheet(
        typed("某局年度报告", 250, 40),
        typed("共收到申请12件。", LEFT, 100),
        typed("— 2 —", 290, 800),
        number=2,
    )
    assert blocks(first, second)[-1].endswith(FULL[:36] + "共收到申请12件。")
    assert "某局年度报告" not in "".join(blocks(first, second))


def test_a_number_at_the_foot_that_counts_no_pages_is_text() -> None:
    pages = [
        sheet(typed(FULL[n : n + 20], LEFT, 100), typed(unit, LEFT, 780), typed(str(n), LEFT, 800), number=no)
        for no, n, unit in ((1, 7, "件"), (2, 3, "条"))
    ]
    assert blocks(*pages)[-1] == "3"


@pytest.mark.parametrize("foot", ["3", "- 3 -", "第3页 共8页", "3/8", "第 3 页"])
def test_a_page_number_is_no_text(foot: str) -> None:
    page = sheet(typed(FULL[:30], LEFT, 100), typed(foot, 290, 800), number=3)
    assert blocks(page) == [FULL[:30]]


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    line = typed("共收到申请11件", LEFT, 100)
    shadow = [Glyph(g.text, g.left + 0.4, g.top + 0.2, g.right + 0.4, g.bottom, g.size) for g in line]
    assert blocks(sheet([g for pair in zip(line, shadow, strict=True) for g in pair])) == ["共收到申请11件"]


def test_blanks_between_characters_are_layout_and_a_wide_gap_parts() -> None:
    justified = [
        glyph for i, c in enumerate("主动公开情况") for glyph in typed(c, LEFT + i * SIZE * 1.5, 100)
    ]
    assert blocks(sheet(justified)) == ["主动公开情况"]
    assert blocks(sheet(typed("某局", LEFT, 100), typed("2020年", LEFT + 100, 100))) == ["某局\t2020年"]


def test_latin_words_keep_their_blank() -> None:
    assert blocks(sheet(typed("E mail: a@b.cn", LEFT, 100))) == ["E mail: a@b.cn"]


def test_a_title_of_two_lines_is_one_heading() -> None:
    page = sheet(
        typed("某某市水利局2020年", 200, 80, 20),
        typed("政府信息公开工作年度报告", 180, 110, 20),
        typed(FULL[:34], LEFT + 2 * SIZE, 160),
        typed(FULL[:36], LEFT, 180),
        typed(FULL[:36], LEFT, 200),
    )
    made = composed(page)
    assert made.drafts[0].level == 1
    assert made.text[: made.drafts[0].end] == "某某市水利局2020年政府信息公开工作年度报告"


def test_every_line_knows_its_page_and_box() -> None:
    made = composed(sheet(typed("共收到申请12件", LEFT, 100)), sheet(typed("完。", LEFT, 100), number=2))
    assert [(p.page, p.box[:2]) for p in made.places] == [(1, (72.0, 100.0)), (2, (72.0, 100.0))]
    assert made.text[made.places[1].start : made.places[1].end] == "完。"


def test_a_sheet_with_two_pages_side_by_side_is_read_left_page_first() -> None:
    lines = [typed("左" * 28, 40, 60 + 20 * i) + typed("右" * 28, 450, 60 + 20 * i) for i in range(4)]
    wide = sheet(*lines)
    wide.width, wide.height = 842, 595
    assert "".join(blocks(wide)) == "左" * 112 + "右" * 112


def two_columns(count: int, top: float) -> list[list[Glyph]]:
    """Lines of 16 characters on the left and on the right of a gutter; the last ones are short."""
    return [
        typed("左" * (16 if i < count - 1 else 4) + "。", LEFT, top + 20 * i)
        + typed("右" * (16 if i < count - 1 else 4) + "。", LEFT + 19 * SIZE, top + 20 * i)
        for i in range(count)
    ]


def in_order(*pages: Sheet) -> str:
    """What the pages say, each character in a row once."""
    return "".join(character for character, _ in groupby("".join(blocks(*pages)).replace("。", "")))


def test_two_columns_are_read_one_after_the_other_between_what_runs_over_both() -> None:
    title, below = typed("政" * 36, LEFT, 60), typed("三、以下", LEFT, 230)
    assert in_order(sheet(title, *two_columns(6, 100), below)) == "政左右三、以下"


def test_few_lines_in_two_columns_are_told_by_the_gutter_of_others() -> None:
    first, second = sheet(*two_columns(6, 100)), sheet(*two_columns(2, 100), number=2)
    assert in_order(first, second) == "左右左右"


def test_labels_beside_rows_of_numbers_are_no_columns_of_text() -> None:
    numbers = [g for x in range(300, 510, 30) for g in typed("12", x, 100)]
    row = [*typed("收到的政府信息公开申请数", LEFT, 100), *numbers]
    lines = [[g._replace(top=g.top + 20 * i, bottom=g.bottom + 20 * i) for g in row] for i in range(8)]
    assert len(rows(composed(sheet(*lines)))) == len(lines)


def test_a_running_head_at_the_margin_of_a_page_on_its_side_is_dropped() -> None:
    pages = []
    for number in (1, 2, 3):
        head = typed("某局年度报告", 300, 70)
        foot = typed(f"{number} / 共 3 页", 300, 515)
        pages.append(sheet(head, typed(f"正文{'甲乙丙'[number - 1]}。", LEFT, 120), foot, number=number))
        pages[-1].width, pages[-1].height = 842, 595
    assert blocks(*pages) == ["正文甲。", "正文乙。", "正文丙。"]


def test_a_page_whose_text_runs_down_is_turned() -> None:
    down = [
        Glyph(c, 500, 72 + i * SIZE, 500 + SIZE, 72 + (i + 1) * SIZE, SIZE, angle=90)
        for i, c in enumerate("共收到申请12件")
    ]
    assert blocks(sheet(down)) == ["共收到申请12件"]


def test_the_right_margin_is_the_text_s_own() -> None:
    assert RIGHT - LEFT == 36 * SIZE
