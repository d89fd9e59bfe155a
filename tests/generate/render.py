"""Blocks as a whole page: text as copied from a browser, or HTML within the site's frame."""

from __future__ import annotations

import html
import random

from tests.generate.frames import Frame
from tests.generate.markup import render_divs, render_table, upper_tags
from tests.generate.model import Block
from tests.generate.plan import DIVS, HTML_TABLES, Plan
from tests.generate.rows import cell_lines


def render_text(blocks: list[Block], plan: Plan, frame: Frame, rng: random.Random) -> str:
    """A page as copied from a browser."""
    out = list(frame.lines_before)
    for block in blocks:
        if block.grid:
            out += cell_lines(block.grid, plan, rng)
        else:
            indent = {"para": "　　", "heading": "　　", "right": "　" * 14}.get(block.kind, "")
            out.append(indent + block.text)
    return "\n".join([*out, *frame.lines_after]) + "\n"


def carried(lines: list[str], plan: Plan) -> str:
    """A layout of text inside HTML: a paragraph a line, lines with `<br>`, or `<pre>`."""
    safe = [html.escape(line, quote=False) for line in lines]
    if plan.container == "html-pre":
        return "<pre>" + "\n".join(safe) + "</pre>"
    if plan.container == "html-br":
        return "<p>" + "<br>\n".join(safe) + "</p>"
    return "\n".join(f"<p>{line or '&nbsp;'}</p>" for line in safe)


def render_page(blocks: list[Block], plan: Plan, frame: Frame, title: str, rng: random.Random) -> str:
    """A whole HTML page."""
    out: list[str] = []
    bold = rng.random() < 0.5
    for block in blocks:
        text = html.escape(block.text, quote=False)
        if block.grid and plan.layout in HTML_TABLES:
            out.append(render_table(block.grid, plan, rng))
        elif block.grid and plan.layout in DIVS:
            out.append(render_divs(block.grid, plan, rng))
        elif block.grid:
            out.append(carried(cell_lines(block.grid, plan, rng), plan))
        elif block.kind == "title":
            out.append(f"<h1>{text}</h1>")
        elif block.kind == "heading":
            out.append(f"<p>　　<strong>{text}</strong></p>" if bold else f"<p>　　{text}</p>")
        else:
            align = {"right": ' align="right"', "center": ' align="center"'}.get(block.kind, "")
            out.append(f"<p{align}>　　{text}</p>" if not align else f"<p{align}>{text}</p>")
    charset = "gb2312" if plan.has("gbk") else "utf-8"
    page = (
        f'<html>\n<head>\n<meta charset="{charset}">\n<title>{title}</title>\n{frame.head}</head>\n<body>\n'
        f"{frame.before}\n" + "\n".join(out) + f"\n{frame.after}\n</body>\n</html>\n"
    )
    return upper_tags(page) if plan.has("upper-tags") else page
