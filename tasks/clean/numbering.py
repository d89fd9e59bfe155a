"""How what begins in a text is numbered: chapters, paragraphs. Rows of forms are `labels`' business."""

from __future__ import annotations

import re

# 一、概述: rows of level 1 of a form are numbered like one.
CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]")
PARAGRAPH = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|附[件表]?[:：\d]|[①-⑳])"
)
