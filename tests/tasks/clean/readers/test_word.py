"""Word documents: what Word shows as text comes out as text, and tables with their spans."""

from __future__ import annotations

import pytest

from tasks.clean.readers.word_numbering import chinese, printed
from tasks.errors import TerminalError
from tasks.values import BlockKind
from tests.tasks.clean.pages import cleaned, covered, lines, tables
from tests.tasks.clean.readers.office import NAMES, docx, p, tbl, tc


def level(number: int, form: str, text: str) -> str:
    said = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{said}</w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "bullet", "•")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def item(text: str, at: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>')


def test_automatic_numbers_are_text() -> None:
    body = "".join(
        item(text, at)
        for text, at in (
            ("概述", 0),
            ("组织", 1),
            ("制度", 1),
            ("甲", 2),
            ("点", 3),
            ("主动公开", 0),
            ("渠道", 1),
        )
    )
    assert lines(cleaned(docx(body, numbering=NUMBERING))) == [
        *("一、概述", "（一）组织", "（二）制度", "1.甲", "点", "二、主动公开", "（一）渠道"),
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十")],
)
def test_numbers_in_chinese(number: int, words: str) -> None:
    assert chinese(number, "零一二三四五六七八九") == words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        *(
            ("decimalEnclosedCircle", "③"),
            ("upperRoman", "III"),
            ("lowerLetter", "c"),
            ("ideographTraditional", "丙"),
        ),
        *(("chineseLegalSimplified", "叁"), ("decimalFullWidth", "３"), ("unheardOf", "3")),
    ],
)
def test_formats_of_numbers(form: str, words: str) -> None:
    assert printed(3, form) == words


def test_spans_across_and_down() -> None:
    body = tbl(
        [tc("指标", '<w:vMerge w:val="restart"/>'), tc("申请人", '<w:gridSpan w:val="2"/>')],
        [tc("", "<w:vMerge/>"), tc("自然人"), tc("法人")],
        [tc("新收"), tc("3"), tc("4")],
    )
    document = cleaned(docx(body))
    assert covered(document, tables(document)[0]) == [
        ["指标", "申请人", "申请人"],
        ["指标", "自然人", "法人"],
        ["新收", "3", "4"],
    ]


def test_edges_that_are_nearly_one_are_one() -> None:
    body = tbl(
        [tc("甲", '<w:gridSpan w:val="2"/>'), tc("乙", '<w:gridSpan w:val="1"/>')],
        [tc("1"), tc("2", '<w:gridSpan w:val="2"/>')],
        widths=[1000, 30, 1000],
    )
    document = cleaned(docx(body))
    assert covered(document, tables(document)[0]) == [["甲", "乙"], ["1", "2"]]


def test_cells_before_which_columns_are_skipped_stand_in_their_column() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("2")}</w:tr>'
    body = tbl([tc("甲"), tc("乙")]).replace("</w:tbl>", f"{row}</w:tbl>")
    document = cleaned(docx(body))
    assert covered(document, tables(document)[0]) == [["甲", "乙"], ["", "2"]]


def test_headings_by_style_and_outline_level_and_bold() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="mine"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="3"/>')
        + p("乙", '<w:outlineLvl w:val="0"/>')
        + p("丙", '<w:pStyle w:val="4"/><w:jc w:val="center"/>')
        + p("丁", "", '<w:b w:val="0"/>')
    )
    blocks = cleaned(docx(body, styles=styles)).blocks
    assert [(b.kind, b.level, b.is_bold, b.align) for b in blocks] == [
        (BlockKind.HEADING, 2, False, None),
        (BlockKind.HEADING, 1, False, None),
        (BlockKind.PARAGRAPH, None, True, "center"),
        (BlockKind.PARAGRAPH, None, False, None),
    ]


def test_deletions_field_codes_and_hidden_text_are_no_text_insertions_are() -> None:
    body = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>件</w:t></w:r></w:hyperlink></w:p>"
    )
    assert lines(cleaned(docx(body))) == ["共5件"]


def test_a_deleted_row_is_no_row() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('甲')}{tc('1')}</w:tr>"
    body = tbl([tc("乙"), tc("2")], [tc("丙"), tc("3")]).replace("</w:tbl>", f"{deleted}</w:tbl>")
    document = cleaned(docx(body))
    assert covered(document, tables(document)[0]) == [["乙", "2"], ["丙", "3"]]


def test_a_table_in_a_text_box_is_read_once() -> None:
    table = tbl([tc("指标"), tc("数值")], [tc("新收"), tc("3")])
    box = f"<w:txbxContent>{p('表一')}{table}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    document = cleaned(docx(p("前") + body + p("后")))
    assert lines(document) == ["前", "表一", "指标\t数值\n新收\t3", "后"]


def test_contents_are_left_out_and_footnotes_stand_at_the_end() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    notes = f'<w:footnote w:id="2">{p("口径说明")}</w:footnote>'
    body = (
        p("一、概述	3", '<w:pStyle w:val="t1"/>')
        + '<w:p><w:r><w:t>共5件</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        + p("完")
    )
    assert lines(cleaned(docx(body, styles=styles, footnotes=notes))) == ["共5件", "完", "口径说明"]


def test_word_2003_xml_and_flat_packages() -> None:
    old = "http://schemas.microsoft.com/office/word/2003/wordml"
    body = p("一、概述") + tbl([tc("甲"), tc("1")], [tc("乙"), tc("2")])
    word_2003 = (
        f'<?xml version="1.0"?><w:wordDocument xmlns:w="{old}"><w:body>{body}</w:body></w:wordDocument>'
    )
    flat = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document {NAMES}><w:body>{body}</w:body>'
        "</w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    for content in (word_2003, flat):
        assert lines(cleaned(content, "a.doc")) == ["一、概述", "甲\t1\n乙\t2"]


def test_entities_are_never_expanded_nor_files_read() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    declared = f'<!DOCTYPE w [<!ENTITY a0 "ha">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    content = f'<?xml version="1.0"?>{declared}<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
    content += f"<w:body>{p('甲&a8;&f;乙')}</w:body></w:wordDocument>"
    text = cleaned(content, "a.doc").text
    assert "ha" not in text and "root" not in text


def test_a_damaged_document_says_what_it_is() -> None:
    with pytest.raises(TerminalError, match=r"Word document \(DOCX\) that cannot be read"):
        cleaned(docx(p("甲"))[:300], "a.docx")
