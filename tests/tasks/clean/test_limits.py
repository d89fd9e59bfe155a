"""A page longer than any report is read as far as anyone writes, and says how much was not."""

from tasks.clean.limits import MAX_LINES, MAX_TEXT
from tests.tasks.clean.pages import cleaned

LINE = "主动公开政府信息12条。"


def test_a_page_of_usual_length_is_read_whole() -> None:
    document = cleaned(f"{LINE}\n" * 100, "page.txt")
    assert (len(document.blocks), document.unread) == (100, 0)


def test_lines_behind_the_limit_stand_in_the_text_but_in_no_block() -> None:
    text = f"{LINE}\n" * (MAX_LINES + 50)
    document = cleaned(text, "page.txt")
    assert document.text.rstrip() == text.rstrip()
    assert len(document.blocks) == MAX_LINES
    assert document.unread == 50 * len(LINE) + 49  # and the line breaks between them


def test_of_html_too() -> None:
    document = cleaned(f"<body>{f'<p>{LINE}</p>' * (MAX_LINES + 50)}</body>")
    assert (len(document.blocks), document.unread) == (MAX_LINES, 50 * len(LINE))


def test_a_line_that_crosses_the_limit_ends_there() -> None:
    document = cleaned(LINE * (MAX_TEXT // len(LINE) + 7), "page.txt")
    assert [block.end for block in document.blocks] == [MAX_TEXT]
    assert document.unread == len(document.text) - MAX_TEXT
