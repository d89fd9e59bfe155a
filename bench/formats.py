"""What reading a page of each format costs: `clean` alone, in milliseconds of processor time.

    python -m bench.formats        (part of make bench)

The labelled pages in every format whose producer is installed (`tests.formats.convert`). A page is a printed
one: as many as LibreOffice's PDF of the same report has; without it each file counts as one. OCR reads pages
from the middle of these PDFs, where the forms are, as images of 200 dpi. What LibreOffice reads is measured
on a few files, once, LibreOffice's own time included: most of it is its start, one a file.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from bench.pages import best
from tasks.clean import clean
from tasks.errors import TerminalError
from tasks.values import Page
from tests.formats.convert import make, producer

# Milliseconds a printed page may take on two cores.
GOALS = {"pdf": 150, "docx": 15, "docx-libreoffice": 15, "xlsx": 5, "xls": 5, "doc": 1000, "png": 6000}
FORMATS = ("html", "mhtml", "docx", "docx-libreoffice", "doc", "xlsx", "xls", "ofd", "pdf")
BY_LIBREOFFICE = ("rtf", "odt", "ods")
ROUNDS = 3
SAMPLED = 3  # files of those that LibreOffice reads
IMAGES = 4
DPI = 200


def main() -> None:
    print("milliseconds of processor time for `clean`, a printed page")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        pages = printed_pages(out)
        for name in (*FORMATS, *BY_LIBREOFFICE):
            program = producer(name)
            if program and not shutil.which(program):
                print(f"  {name:<18}{program} is not installed")
                continue
            files = make(name, out)
            if name in BY_LIBREOFFICE:
                files = files[:: len(files) // SAMPLED][:SAMPLED]
            measure(name, files, sum(pages.get(path.name.split(".")[0], 1) for path in files))
        if pages and find_spec("PIL"):  # comes with the extra `ocr`
            images = rendered(make("pdf", out)[:IMAGES], out / "png")
            measure("png", images, len(images))


def printed_pages(out: Path) -> dict[str, int]:
    """How many pages each report has in print, by its file's name; nothing without LibreOffice."""
    if not shutil.which("soffice"):
        return {}
    return {path.stem: len(pypdfium2.PdfDocument(path)) for path in make("pdf", out)}


def rendered(files: list[Path], folder: Path) -> list[Path]:
    """The page in the middle of each PDF as an image."""
    folder.mkdir()
    made = []
    for path in files:
        made.append(folder / f"{path.stem}.png")
        image = BytesIO()
        pdf = pypdfium2.PdfDocument(path)
        pdf[len(pdf) // 2].render(scale=DPI / 72).to_pil().save(image, "PNG")
        made[-1].write_bytes(image.getvalue())
    return made


def measure(name: str, files: list[Path], pages: int) -> None:
    """Print what the files cost."""
    now = dt.datetime.now(dt.UTC)
    documents = [Page(path.name, "bench", path.read_bytes(), None, now) for path in files]
    try:
        clean(documents[0])
    except TerminalError as error:
        print(f"  {name:<18}{error.message} {error.advice}")
        return
    if name in BY_LIBREOFFICE:
        seconds = sum(spent(page) for page in documents)
    else:
        seconds = sum(best(lambda page=page: clean(page), ROUNDS) for page in documents)  # type: ignore[misc]
    goal = f"goal {GOALS[name]}" if name in GOALS else ""
    print(
        f"  {name:<18}{1000 * seconds / pages:>9.1f}   {len(files)} files, {pages} pages   {goal}", flush=True
    )


def spent(page: Page) -> float:
    """Processor seconds of reading a page, those of the processes it starts among them."""
    before = os.times()
    clean(page)
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


if __name__ == "__main__":
    main()
