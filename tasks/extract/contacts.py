"""The office to ask about the report: telephone, fax, mail, address, postcode and web address, as printed.

Here: contacts in the report itself, also under its form. Not here: the site's contacts in the frame, hotlines
and complaint lines of five digits. Labels are data: seeds/contact_labels.csv (a label without kinds is
that of another office's number, which is skipped).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

import seeds
from tasks.extract.lines import BLANK
from tasks.frozen import frozen
from tasks.values import Contact, Document, Zone

ADDRESS_MAX = 60  # characters
ADDRESS_MIN = 4
STRETCH_MAX = 20_000  # characters of a line; longer ones are no text, and no page of ours has one
LABELS_MAX = 40  # contacts of one line; a whole contact paragraph has six
NEAR_MAX = 24  # characters between 联系 and an unlabelled number

_GAP = f"[{BLANK}]{{0,4}}"
_WIDE = f"[{BLANK}]{{0,12}}"
_D = "[0-9０-９]"
_DASH = "[-—－–―‐―─]"
_PHONE = re.compile(
    rf"(?<![0-9０-９.．])(?:[（(]{_GAP}0{_D}{{2,3}}{_GAP}[）)]{_GAP}{_DASH}?{_GAP}{_D}{{7,8}}"
    rf"|[0０]{_D}{{2,3}}{_GAP}{_DASH}{{1,2}}{_GAP}{_D}{{7,8}}"
    rf"|[0０]{_D}{{2,3}}[{BLANK}]{_D}{{7,8}}|[0０]{_D}{{9,11}}|[1１][3-9３-９]{_D}{{9}}|400{_DASH}?{_D}{{3,4}}{_DASH}?{_D}{{3,4}}"
    rf"|{_D}{{7,8}}|{_D}{{3,4}}{_DASH}{_D}{{4}})(?:{_GAP}(?:转|{_DASH}){_GAP}{_D}{{1,5}})?(?![0-9０-９年%％])"
)
_AREA = re.compile(rf"(?:[（(]{_GAP})?[0０]")
_NEXT_PHONE = re.compile(rf"{_GAP}[、，,/;；或及和]{_GAP}(?=[（(]?{_D})")
_EMAIL = re.compile(
    r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ._%+\-]{1,40}[@＠#][0-9A-Za-z０-９Ａ-Ｚａ-ｚ\-]{1,40}(?:[.．。][0-9A-Za-zＡ-Ｚａ-ｚ\-]{2,20}){1,4}"
)
_AT = re.compile("[@＠#]")
_URL = re.compile(
    r"https?[:：]//[0-9A-Za-z.\-_/?=&%#:]{4,120}|(?<![0-9A-Za-z@＠.\-])(?:www|WWW)[.．][0-9A-Za-z.．\-]{3,80}(?:/[0-9A-Za-z.\-_/?=&%#]{0,100})?"
    r"|(?<![0-9A-Za-z@＠.\-])[0-9a-z\-]{2,30}(?:\.[0-9a-z\-]{2,30}){0,2}\.gov\.cn(?:/[0-9A-Za-z.\-_/?=&%#]{0,100})?"
)
_POSTCODE = re.compile(rf"(?<!{_D}){_D}{{6}}(?!{_D})")
_ADDRESS_END = re.compile(r"[；;。，,\n\t|]|[（(]?邮政?编|电话")
_ASK = re.compile(f"(?:联系|咨询|致电|拨打|垂询)[^。；;\n]{{0,{NEAR_MAX}}}$")
_FILLER = re.compile(
    rf"{_WIDE}(?:号码{_WIDE})?(?:[（(][^（）()\n]{{0,14}}[）)]{_WIDE})?"
    rf"(?:[:：为是至到]|(?=[（(0-9０-９]))(?:{_WIDE}[:：])?{_WIDE}"
)


_SIGN = re.compile(
    rf"电{_GAP}[话子邮]|传{_GAP}真|邮{_GAP}[编政箱寄]|信箱|地{_GAP}[址点]|联{_GAP}系|咨询|致电|拨打|垂询|手机|座机"
    rf"|T[Ee][Ll]|t[Ee][Ll]|F[Aa][Xx]|f[Aa][Xx]|E-?[Mm]ail|e-?[Mm]ail|EMAIL|@|＠|W[Ww]{{2}}[.．]|w[Ww]{{2}}[.．]"
    rf"|http|[.]gov|网{_GAP}[址站]"
)  # each alternative opens with one letter, not a class: such a search is four times as fast


@frozen
class _Label:
    kinds: tuple[str, ...]
    start: int
    value_at: int


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {row["label"]: tuple(row["kinds"].split()) for row in seeds.rows("contact_labels.csv")}


@cache
def _label_pattern() -> re.Pattern[str]:
    spelled = (_GAP.join(map(re.escape, label)) for label in sorted(_kinds(), key=len, reverse=True))
    return re.compile(f"(?P<label>{'|'.join(spelled)})")


def find_contacts(document: Document) -> tuple[Contact, ...]:
    """The report's contacts in printed order; one value of one kind once."""
    found: dict[tuple[str, str], Contact] = {}
    for start, end in _stretches(document):
        for contact in _in_stretch(document.text, start, end):
            found.setdefault((contact.kind, contact.value), contact)
    return tuple(sorted(found.values(), key=lambda c: c.evidence_start))


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    """The body's lines that hold a sign of a contact; a table's row is one line, label before value."""
    text, done = document.text, -1
    for block in document.blocks:
        if block.zone is not Zone.BODY:
            continue
        for sign in _SIGN.finditer(text, block.start, block.end):
            if sign.start() < done:
                continue
            start = max(text.rfind("\n", 0, sign.start()) + 1, block.start, done)
            done = text.find("\n", sign.end(), block.end)
            done = min(block.end if done < 0 else done, start + STRETCH_MAX)
            yield start, done


def _in_stretch(text: str, start: int, end: int) -> Iterator[Contact]:
    labels = list(islice(_labels(text, start, end), LABELS_MAX))
    for no, label in enumerate(labels):
        stop = labels[no + 1].start if no + 1 < len(labels) else end
        yield from _labelled(text, label, stop)
    if _AT.search(text, start, end):
        for match in _EMAIL.finditer(text, start, end):
            yield _contact("email", match)
    for match in _URL.finditer(text, start, end):
        yield Contact("url", match.group().rstrip("."), match.start(), match.end())
    yield from _unlabelled(text, start, end, labels)


def _labels(text: str, start: int, end: int) -> Iterator[_Label]:
    for match in _label_pattern().finditer(text, start, end):
        kinds = _kinds()[re.sub(f"[{BLANK}]", "", match["label"])]
        if filler := _FILLER.match(text, match.end(), end):
            yield _Label(kinds, match.start(), filler.end())
        elif match.end() < end and text[match.end()] in "\t ":
            yield _Label(kinds, match.start(), match.end())


def _contact(kind: str, match: re.Match[str]) -> Contact:
    return Contact(kind, match.group(), match.start(), match.end())


def _labelled(text: str, label: _Label, stop: int) -> Iterator[Contact]:
    at = label.value_at
    while at < stop and text[at] in BLANK:
        at += 1
    if "phone" in label.kinds or "fax" in label.kinds:
        yield from _numbers(text, at, stop, label.kinds)
    elif "postcode" in label.kinds:
        if match := _POSTCODE.match(text, at, stop):
            yield _contact("postcode", match)
    elif "address" in label.kinds:
        yield from _address(text, at, stop)


def _numbers(text: str, at: int, stop: int, kinds: tuple[str, ...]) -> Iterator[Contact]:
    """One or several numbers behind their label; a name may come first (联系人：张三 0433-…)."""
    match = _PHONE.match(text, at, stop)
    if match is None and "phone" in kinds:
        match = _PHONE.search(text, at, min(stop, at + NEAR_MAX))
        if match and not _AREA.match(match.group()):
            match = None
    while match:
        for kind in kinds:
            yield _contact(kind, match)
        following = _NEXT_PHONE.match(text, match.end(), stop)
        match = _PHONE.match(text, following.end(), stop) if following else None


def _address(text: str, at: int, stop: int) -> Iterator[Contact]:
    ends = _ADDRESS_END.search(text, at, min(stop, at + ADDRESS_MAX))
    value = text[at : ends.start() if ends else min(stop, at + ADDRESS_MAX)]
    value = _balanced(value).rstrip(BLANK + "、：:（(")
    if len(value) >= ADDRESS_MIN:
        yield Contact("address", value, at, at + len(value))


def _balanced(value: str) -> str:
    """The value up to a bracket that closes one opened before it."""
    depth = 0
    for place, char in enumerate(value):
        depth += (char in "（(") - (char in "）)")
        if depth < 0:
            return value[:place]
    return value


def _unlabelled(text: str, start: int, end: int, labels: list[_Label]) -> Iterator[Contact]:
    """Numbers with an area code behind 联系 or 咨询 without a label of their own."""
    for match in _PHONE.finditer(text, start, end):
        if not _AREA.match(match.group()) or any(label.start < match.start() for label in labels):
            continue
        if _ASK.search(text, max(start, match.start() - NEAR_MAX - 4), match.start()):
            yield _contact("phone", match)
