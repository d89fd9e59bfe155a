"""A clause of disclosure pared down to who, where, verb and object: names and examples in it say nothing.

Here belongs what may be left out of a clause without changing what its number counts: remarks in brackets,
the name of the body that acts, examples, the column of a site, the name of an account. What the rest means
is the business of `disclosure`.
"""

from __future__ import annotations

import re

from tasks.extract.lexicon import phrase

_BRACKET = re.compile(r"（[^（）]{0,40}）")


def pared(words: str) -> str:
    """A clause with its examples as 等, the body that acts as 本局."""
    if body := phrase("acting_body").match(words):  # `sub` would try it at every place
        words = f"{body['when']}本局{words[body.end() :]}"
    words = phrase("sites_account").sub("本局", words)
    words = phrase("examples").sub(_in_short, words)
    return phrase("sent_to_the_site").sub("发布", words)


def _in_short(listing: re.Match[str]) -> str:
    return "等各类" if "等各类" in listing[0] else "等"


def unbracketed(words: str) -> str:
    """公开信息（含转发）12条 without the remark."""
    return _BRACKET.sub("", words)


def pared_behind(rest: str, after: str) -> str:
    """The words between a channel and the number without column, account and sum; `after`: what stands behind
    the number: a class counts for the channel only where no other class is counted beside it."""
    rest = phrase("sum_behind").sub("", phrase("site_column").sub("", unbracketed(rest)))
    if not phrase("other_class_behind").search(after):
        rest = phrase("one_class").sub("", rest)
    account = None if rest.startswith("等") else phrase("account_name").match(rest)
    return rest[account.end() :] if account else rest
