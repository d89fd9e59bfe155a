"""Which of a closed group a phrase names: channels of disclosure, ways to apply, ways to enquire.

The groups stand in seeds/choices.csv. Several members named together have a code only where the group
says so: `a+b` for a pair, `many` for a longer list; otherwise no code is right for their joint number.
The outcomes of the 2019 and 2021 forms are a group too: their members are the rows of table 3.
"""

from __future__ import annotations

import re
from functools import cache

import seeds
from tasks.extract.lexicon import compile_pattern
from tasks.frozen import frozen
from tasks.seeking import Seeker, seeker

# A list of this many members is `many`.
MANY = 3
# A word for several members has `-` before their names for a code, a member that has no indicator nothing.
UMBRELLA, NAMELESS = "-", ""
# A row's label that is shorter would be found in any sentence (其他, 总计).
MIN_LABEL = 4
_INPUTS = ("applications_", "outcome_total")
_BRACKETS = re.compile(r"（[^（）]*）|[“”、，]|^\d\.|^（.）")


@frozen
class Choice:
    """The code for what is named, None if nothing or no one thing is; `rest`: the words behind the last
    name; `members`: those named, `mentions`: how many times any is; `nameless`: one has no indicator."""

    indicator: str | None
    rest: str
    members: frozenset[str]
    mentions: int
    nameless: bool = False

    @property
    def count(self) -> int:
        return len(self.members)


@frozen
class Group:
    members: tuple[tuple[str, Seeker], ...]
    codes: dict[str, str]


@cache
def _group(name: str) -> Group:
    rows = [r for r in seeds.rows("choices.csv") if r["group"] == name]
    members = tuple((r["member"], seeker(compile_pattern(r["pattern"]))) for r in rows if r["pattern"])
    return Group(members, {"+".join(sorted(r["member"].split("+"))): r["indicator"] for r in rows})


def choose(name: str, text: str) -> Choice:
    """What a phrase names of a group of seeds/choices.csv."""
    group = _group(name)
    named: set[str] = set()
    last = mentions = 0
    for member, pattern in group.members:
        end = -1
        for match in pattern.finditer(text):
            named.add(member)
            mentions += match.start() != end  # 微信公众号 is one
            end = match.end()
            last = max(last, end)
    named -= {member for member in named if _covered(group.codes[member]) & named}
    key = next(iter(named)) if len(named) == 1 else "+".join(sorted(named))
    code = group.codes.get(key)
    nameless = any(group.codes[member] == NAMELESS for member in named)
    if code is None and not nameless and (len(named) >= MANY or "other" in named):
        code = group.codes.get("many")
    return Choice(
        None if _covered(code or "") else code or None, text[last:], frozenset(named), mentions, nameless
    )


def _covered(code: str) -> set[str]:
    """The members that a word for several stands for: it says nothing beside one of them (新媒体, 微信)."""
    return set(code[1:].split("+")) if code.startswith(UMBRELLA) else set()


def last_named(name: str, text: str) -> str | None:
    """The code of the member of a group that a text names last, of those that end there the longest."""
    group = _group(name)
    found = [(m.end(), -m.start(), member) for member, p in group.members for m in p.finditer(text)]
    return group.codes[max(found)[2]] if found else None


@cache
def _outcomes() -> tuple[re.Pattern[str], dict[str, str]]:
    labels: dict[str, str] = {}
    for r in seeds.rows("forms/form_2021_table3_rows.csv"):
        labels[_BRACKETS.sub("", r["row_path"].rsplit("/", 1)[-1])] = r["indicator"]
    for r in seeds.rows("forms/synonyms.csv"):
        if r["form"] == "3":
            labels[_BRACKETS.sub("", r["label"])] = r["indicator"]
    labels = {k: v for k, v in labels.items() if len(k) >= MIN_LABEL and not v.startswith(_INPUTS)}
    return re.compile("|".join(map(re.escape, sorted(labels, key=len, reverse=True)))), labels


def outcome(text: str) -> str | None:
    """The outcome of the 2019 and 2021 forms that a phrase names by its row's label or in other words (group
    `outcome`), None if several."""
    pattern, labels = _outcomes()
    words = text.replace("、", "")
    found = {labels[label] for label in pattern.findall(words)}
    named = choose("outcome", words)
    if not found:
        return named.indicator
    # 属于信访投诉举报、重复申请等情形24件: a row's label, and another row in other words
    return found.pop() if len(found) == 1 and named.count < 2 else None
