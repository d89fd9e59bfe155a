"""OFD (GB/T 33190) → text and blocks: the page's characters and lines as its XML sets them.

A ZIP of XML; measures are millimetres. Entities are not resolved, nothing outside the file is read.
Not here: the layout (`tasks.clean.paged`), what pictures show (`ofd_pictures`).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

from tasks.clean.paged import Glyph, Rule, Sheet, compose_sheets
from tasks.clean.readers.ofd_pictures import Picture, with_pictures
from tasks.clean.readers.reading import Reading, Tick
from tasks.clean.readers.refusals import damaged, refused
from tasks.kinds import ZIP_FAULTS, Kind
from tasks.values import Page

MM = 72 / 25.4
MAX_PAGES = 1000
# The largest page known has 1 MB of XML; more than this is a bomb.
MAX_PART = 40_000_000
MAX_CHARACTERS = 2_000_000
ASCENT = 0.86  # share of a character's square above the baseline
THIN = 1.0  # millimetres; a filled shape as thin as this is a line
LEAN = 0.35  # millimetres a level line may lean
BOLD_WEIGHT = 600
MOST_DEEP = 20
PIECE = re.compile(r"([MLBQACS])|(-?\d+(?:\.\d+)?)")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

Matrix = tuple[float, float, float, float, float, float]
Element = Any  # lxml has no types


class Package(NamedTuple):
    """The archive with the names of its members; paths in it count from the part that names them."""

    archive: zipfile.ZipFile
    uri: str

    def part(self, path: str) -> Element:
        return etree.fromstring(self.content(path), PARSER)

    def content(self, path: str) -> bytes:
        info = self.archive.getinfo(path.lstrip("/"))
        if info.file_size > MAX_PART:
            raise refused(self.uri, f"{path} unpacks to {info.file_size:,} bytes.", "Leave it out.")
        with self.archive.open(info) as file:
            return file.read(MAX_PART)


def read(page: Page, tick: Tick) -> Reading:
    try:
        with zipfile.ZipFile(BytesIO(page.content)) as archive:
            sheets = list(_sheets(Package(archive, page.uri), tick))
    except (*ZIP_FAULTS, etree.XMLSyntaxError, OverflowError) as error:
        raise damaged(page.uri, Kind.OFD.value, error) from error
    if not any(sheet.glyphs for sheet in sheets):
        raise refused(page.uri, "The OFD file holds no text.", "Look at it; save it as PDF and ingest that.")
    return Reading("application/ofd", compose_sheets(sheets))


def _sheets(package: Package, tick: Tick) -> Iterator[Sheet]:
    number, left = 0, MAX_CHARACTERS
    for root in _texts(package.part("OFD.xml"), "DocRoot"):
        document = package.part(root)
        folder = posixpath.dirname(root)
        templates = {
            one.get("ID", ""): _path(folder, one.get("BaseLoc", "")) for one in _all(document, "TemplatePage")
        }
        media = _media(package, document, folder)
        area = next(iter(_texts(document, "PhysicalBox")), "0 0 210 297")
        for one in _all(document, "Page"):
            number += 1
            if number > MAX_PAGES:
                raise refused(
                    package.uri, f"More than {MAX_PAGES:,} pages are not read.", "Save the report alone."
                )
            content = package.part(_path(folder, one.get("BaseLoc", "")))
            parts = [package.part(templates[t]) for t in _used(content) if t in templates]
            sheet = _sheet([*parts, content], number, area)
            sheet = with_pictures(sheet, _pictures(package, content, media), package.uri)
            left -= len(sheet.glyphs)
            if left < 0:
                raise refused(
                    package.uri, f"More than {MAX_CHARACTERS:,} characters are not read.", "Leave it out."
                )
            yield sheet
            tick()


def _media(package: Package, document: Element, folder: str) -> dict[str, str]:
    """The files of the pictures by their names."""
    found = {}
    for resources in (*_texts(document, "PublicRes"), *_texts(document, "DocumentRes")):
        path = _path(folder, resources)
        root = package.part(path)
        base = _path(posixpath.dirname(path), root.get("BaseLoc", ""))
        for one in _all(root, "MultiMedia"):
            for file in _texts(one, "MediaFile"):
                found[one.get("ID", "")] = posixpath.normpath(_path(base, file))
    return found


def _pictures(package: Package, content: Element, media: dict[str, str]) -> list[Picture]:
    """The pictures on a page, whole and upright."""
    found = []
    for one in _all(content, "ImageObject"):
        left, top, width, height = [*(value * MM for value in _numbers(one.get("Boundary"))), 0, 0, 0, 0][:4]
        path = media.get(one.get("ResourceID", ""))
        if path is not None:
            found.append(Picture((left, top, left + width, top + height), partial(package.content, path)))
    return found


def _path(folder: str, location: str) -> str:
    return location.lstrip("/") if location.startswith("/") else posixpath.join(folder, location)


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if _name(one) == name)


def _texts(element: Element, name: str) -> list[str]:
    return [one.text.strip() for one in _all(element, name) if one.text]


def _used(content: Element) -> list[str]:
    return [one.get("TemplateID", "") for one in _all(content, "Template")]


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text or "")]


def _sheet(parts: list[Element], number: int, area: str) -> Sheet:
    own = next(iter(_texts(parts[-1], "PhysicalBox")), area)
    _, _, width, height = [*_numbers(own), 0.0, 0.0, 210.0, 297.0][:4]
    sheet = Sheet(number, width * MM, height * MM)
    for part in parts:
        for run, one in enumerate(part.iter()):
            if _name(one) == "TextObject":
                sheet.glyphs.extend(_glyphs(one, run))
            elif _name(one) == "PathObject":
                sheet.rules.extend(_rules(one))
    return sheet


def _matrix(element: Element) -> Matrix:
    """From the object's own measures to the page's, in millimetres."""
    given = _numbers(element.get("CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top = [*_numbers(element.get("Boundary")), 0.0, 0.0][:2]
    return a, b, c, d, e + left, f + top


def _at(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4]) * MM, (m[1] * x + m[3] * y + m[5]) * MM


def _glyphs(element: Element, run: int) -> Iterator[Glyph]:
    m = _matrix(element)
    own = (_numbers(element.get("Size")) or [3.5])[0]
    size = max(own * (m[2] ** 2 + m[3] ** 2) ** 0.5 * MM, 1.0)
    is_bold = (_numbers(element.get("Weight")) or [400])[0] >= BOLD_WEIGHT
    x = y = 0.0
    for code in _all(element, "TextCode"):
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        text = code.text or ""
        steps = _steps(code.get("DeltaX"), len(text))
        falls = _steps(code.get("DeltaY"), len(text))
        for i, character in enumerate(text):
            left, base = _at(m, x, y)
            wide = (own if ord(character) > 0x2000 else own / 2) * (m[0] ** 2 + m[1] ** 2) ** 0.5 * MM
            if character.strip():
                box = (left, base - ASCENT * size, left + wide, base + (1 - ASCENT) * size)
                yield Glyph(character, *box, size, is_bold, 0, run)
            x += steps[i] if steps else (0.0 if falls else own if ord(character) > 0x2000 else own / 2)
            y += falls[i] if falls else 0.0


def _steps(deltas: str | None, count: int) -> list[float]:
    """The distances of `count` characters: `g 3 4.2` stands for three times 4.2."""
    if not deltas:
        return []
    steps: list[float] = []
    words = iter(deltas.split())
    for word in words:
        times, step = (int(float(next(words, "1"))), next(words, "0")) if word == "g" else (1, word)
        steps.extend([float(step)] * max(0, min(times, count - len(steps))))
    last = steps[-1] if steps else 0.0
    return (steps + [last] * count)[:count]


def _rules(element: Element) -> Iterator[Rule]:
    """The level and upright lines of a path, and filled shapes as thin as a line."""
    m = _matrix(element)
    for path in _texts(element, "AbbreviatedData"):
        for points in _subpaths(path):
            seen = [_at(m, x, y) for x, y in points]
            xs, ys = [x for x, _ in seen], [y for _, y in seen]
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN * MM:
                yield _line(min(xs), min(ys), max(xs), max(ys))
                continue
            for (x1, y1), (x2, y2) in zip(seen, [*seen[1:], seen[0]], strict=True):
                if min(abs(x1 - x2), abs(y1 - y2)) <= LEAN * MM:
                    yield _line(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _line(left: float, top: float, right: float, bottom: float) -> Rule:
    if right - left >= bottom - top:
        return Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    return Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _subpaths(path: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; of a curve only its end."""
    points: list[tuple[float, float]] = []
    numbers: list[float] = []
    command = ""
    for letter, number in [*PIECE.findall(path), ("M", "")]:
        if number:
            numbers.append(float(number))
            continue
        if command in ("M", "S", "L", "B", "Q", "A") and len(numbers) >= 2:
            points.append((numbers[-2], numbers[-1]))
        numbers, command = [], letter
        if letter in ("M", "S"):
            if len(points) > 1:
                yield points
            points = []
