"""Pages as an office program exports them: every run of letters in a <span> with a kilobyte of style.

Made from a page at hand, so that they say the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle

from tasks.clean.charset import decode
from tasks.values import Page

SIZE = 300_000
"""Bytes of a page; real Word exports of reports have 100 to 350 kB."""

_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_KEPT = re.compile(
    r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
# Word begins a run wherever the script changes: digits and Latin letters part from Chinese.
_RUN = re.compile(r"(?:[0-9A-Za-z.,%]|&#?\w{1,10};)+|(?:[^0-9A-Za-z.,%&]|&(?!#?\w{1,10};)){1,24}")
_DECLARATIONS = (
    "font-family:仿宋_GB2312", "mso-ascii-font-family:宋体", "mso-hansi-font-family:宋体",
    "mso-bidi-font-family:'Times New Roman'", "color:black", "mso-font-kerning:0pt", "font-size:16.0pt",
    "mso-bidi-font-size:12.0pt", "background:white", "letter-spacing:0pt", "mso-no-proof:yes",
    "mso-fareast-language:ZH-CN", "mso-ansi-language:EN-US", "text-underline:none", "line-height:200%",
)  # fmt: skip


def as_word_export(page: Page, size: int = SIZE) -> Page:
    """The page in UTF-8 with its runs wrapped, `size` bytes long or a little more."""
    html = decode(page.content, None).text
    html = re.sub(r"(charset=[\"']?)[\w-]+", r"\1utf-8", html, count=1)
    body = _BODY.search(html)
    start = body.end() if body else 0
    parts = _KEPT.split(html[start:])
    runs = sum(len(_RUN.findall(part)) for part in parts[::2] if part.strip())
    style = _style((size - len(html.encode())) // max(runs, 1) - len('<span lang=EN-US style=""></span>'))
    parts[::2] = [_wrapped(part, style) if part.strip() else part for part in parts[::2]]
    return replace(page, content=(html[:start] + "".join(parts)).encode(), uri=f"word-{page.uri}")


def _wrapped(text: str, style: str) -> str:
    return _RUN.sub(lambda run: f'<span lang=EN-US style="{style}">{run[0]}</span>', text)


def _style(size: int) -> str:
    """Declarations, repeated up to `size` bytes."""
    style: list[str] = []
    length = 0
    for declaration in cycle(_DECLARATIONS):
        length += len(declaration.encode()) + 1
        if length > size:
            return ";".join(style)
        style.append(declaration)
    raise AssertionError  # a cycle does not end
