"""Grids as HTML: real tables, div soup, and what editors do to them."""

from __future__ import annotations

import html
import random
import re

from tests.generate.model import Cell, Grid
from tests.generate.plan import Plan

RUN = (
    "mso-spacerun:'yes';font-family:宋体;mso-ascii-font-family:'Times New Roman';"
    "mso-hansi-font-family:'Times New Roman';"
    "mso-bidi-font-family:'Times New Roman';color:rgb(68,68,68);letter-spacing:0.0000pt;text-transform:none;"
    "font-style:normal;font-size:12.0000pt;mso-font-kerning:0.0000pt;background:rgb(255,255,255);"
    "mso-shading:rgb(255,255,255);"
)
BOX = (
    "width:49.3pt;padding:0.0000pt 5.4000pt 0.0000pt 5.4000pt ;border-left:none;mso-border-left-alt:none;"
    "border-right:1.0000pt solid windowtext;mso-border-right-alt:0.5000pt solid windowtext;border-top:none;"
    "border-bottom:1.0000pt solid windowtext;mso-border-bottom-alt:0.5000pt solid windowtext;"
)
DIALECTS = (
    (
        f'<p class="MsoNormal" align="center" style="text-align:center;line-height:20.0pt;">'
        f'<span style="{RUN}">',
        f'</span><span style="{RUN}"><o:p></o:p></span></p>',
    ),
    (
        "<p style='TEXT-ALIGN: center; LINE-HEIGHT: 27pt; MARGIN: 0cm 0cm 0pt'>"
        "<span lang=EN-US style='FONT-FAMILY: "
        f'仿宋_GB2312; COLOR: #444444; FONT-SIZE: 16pt\'><font face="宋体" style="{RUN}">',
        "</font></span></p>",
    ),
    (
        f"<p class=MsoNormal\nalign=center style='text-align:\ncenter'>"
        f"<font style=\"{RUN}\"><b style='mso-bidi-font-weight:\nnormal'>"
        "<span\nstyle='font-size:10.5pt;font-family:仿宋_GB2312'>",
        "</span></b></font><o:p></o:p></p>",
    ),
)


def inner(cell: Cell, plan: Plan, rng: random.Random) -> str:
    """The text of a cell with tags inside words and numbers."""
    text = html.escape(cell.text, quote=False)
    is_number = cell.role in ("value", "other")
    if is_number and plan.has("number-spans") and len(cell.text) > 1 and "&" not in text:
        at = rng.randrange(1, len(text))
        tag = rng.choice(("span", "font", 'span style="font-size:14px"'))
        text = f"<{tag}>{text[:at]}</{tag.split()[0]}><{tag}>{text[at:]}</{tag.split()[0]}>"
    elif cell.role in ("label", "head") and len(cell.text) > 3 and "&" not in text and rng.random() < 0.5:
        at = rng.randrange(1, len(text))
        if plan.has("label-br"):
            text = f"{text[:at]}<br>{text[at:]}"
        elif plan.has("label-p"):
            text = f"<p>{text[:at]}</p><p>{text[at:]}</p>"
        elif plan.has("label-span"):
            text = f"<span>{text[:at]}</span><span lang=EN-US><span>{text[at:]}</span></span>"
    if is_number and plan.has("number-fields") and cell.text.isascii() and cell.text.isdigit():
        return f'<input type="text" class="num" readonly value="{cell.text}">'
    if cell.text and plan.has("nbsp-numbers") and (is_number or rng.random() < 0.2):
        text = rng.choice(("&nbsp;{}", "{}&nbsp;", "&nbsp;{}&nbsp;", "&nbsp;&nbsp; {} ")).format(text)
    if plan.has("comment-debris") and rng.random() < 0.1:
        text = f"<!--[if !supportLists]-->{text}<!--[endif]-->"
    return text


def render_table(grid: Grid, plan: Plan, rng: random.Random) -> str:
    """A `<table>`; the page's habits for blanks and cell contents are drawn once."""
    blank = rng.choice(("", "&nbsp;", "<p>&nbsp;</p>", "<br>", "&nbsp;"))
    wrap = ("<p>", "</p>") if rng.random() < 0.4 else ("", "")
    before, after = rng.choice(DIALECTS) if plan.has("word-export") else wrap
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row:
            tag = "th" if plan.has("th-cells") and cell.role in ("head", "title") else "td"
            spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            style = f' style="{BOX}"' if plan.has("word-export") else ""
            body = before + (inner(cell, plan, rng) if cell.text else blank) + after
            if plan.has("unclosed-tags"):
                cells.append(f"<{tag}{spans}>{body.replace('</p>', '')}")
            else:
                cells.append(f"<{tag}{spans}{style}>{body}</{tag}>")
        rows.append("<tr>" + "".join(cells) + ("" if plan.has("unclosed-tags") else "</tr>"))
    table = '<table border="1" cellspacing="0">' + "<tbody>" + "\n".join(rows) + "</tbody></table>"
    if plan.has("nested-table"):
        outer = '<table width="100%"><tr><td width="5"></td><td>'
        table = f"{outer}<table><tr><td>{table}</td></tr></table></td></tr></table>"
    return table


def render_divs(grid: Grid, plan: Plan, rng: random.Random) -> str:
    """Div soup: a div a row, its cells divs (blank ones `&nbsp;`) or spans (blank ones nothing)."""
    rows = []
    for row in grid.rows:
        if plan.layout == "div-rows":
            cells = [f'<div class="td">{inner(c, plan, rng) or "&nbsp;"}</div>' for c in row]
            rows.append('<div class="tr">' + "".join(cells) + "</div>")
        else:
            cells = [f"<span>{inner(c, plan, rng)}</span>" for c in row]
            rows.append('<div class="tr">' + " ".join(cells) + "</div>")
    return '<div class="table">' + "\n".join(rows) + "</div>"


def upper_tags(text: str) -> str:
    """Tag names in upper case, as old editors wrote them."""
    return re.sub(r"</?[a-z][a-z0-9]*", lambda found: found.group().upper(), text)
