"""Traditional characters read as simplified ones: 政府信息公開工作年度報告 as 政府信息公开工作年度报告.

Mirrors of a site for readers in Hong Kong, Macao and Taiwan print the same reports character by character in
traditional. Rules and seeds are written in simplified; the steps match them against this reading of a text,
which has its length, so an offset in the one is one in the other. What is printed stays: evidence is cut from
the page's own text. Not here: words that differ (資訊, 訊息), which no exchange of characters makes alike.

seeds/traditional.csv holds the pairs that one character stands for in every word, taken from OpenCC's
TSCharacters (Apache-2.0; the wheel opencc-python-reimplemented 0.1.7): traditional characters outside
GB 2312, whose simplified one is of its first level or occurs in seeds/; beside them 於 後 徵 摺.
"""

from __future__ import annotations

from functools import cache

import seeds

# A page in traditional characters has one of these: 公開 報告 條例 信息數 關於 申請 機構 單位. Seeking them
# costs nothing; a page without them is not read a second time.
TELLING = "開報條數關請務機為單個項處"


def simplified(text: str) -> str:
    """The text with traditional characters exchanged one for one; the same string when it holds none."""
    if not any(char in text for char in TELLING):
        return text
    folded = text.translate(_table())
    return text if folded == text else folded


@cache
def _table() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in seeds.rows("traditional.csv")}
