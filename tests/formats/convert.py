"""The labelled pages as other formats, made by real producers: LibreOffice, python-docx, openpyxl, Chromium.

    python -m tests.formats.convert OUT [--formats docx …]

writes OUT/FORMAT/PAGE.SUFFIX for every page and every format whose producer is installed. One start of
LibreOffice converts all pages into one format, since its start takes longer than the pages.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import seeds
from tasks.clean.charset import decode

ROOT = Path(__file__).parents[2]
CONSTRUCTED = ROOT.parent / "shared/reports/constructed/pages"

# Format → what --convert-to wants, and the filter that opens the HTML.
WRITER, CALC = "HTML (StarWriter)", "HTML (StarCalc)"
BY_LIBREOFFICE = {
    "docx": ("docx:MS Word 2007 XML", WRITER),
    "doc": ("doc:MS Word 97", WRITER),
    "odt": ("odt:writer8", WRITER),
    "rtf": ("rtf:Rich Text Format", WRITER),
    "pdf": ("pdf:writer_pdf_Export", WRITER),
    "xlsx": ("xlsx:Calc MS Excel 2007 XML", CALC),
    "xls": ("xls:MS Excel 97", CALC),
    "ods": ("ods:calc8", CALC),
}
SECONDS = 600
CLAIM = re.compile(r"""(charset\s*=\s*["']?)[\w-]+""", re.IGNORECASE)


def source_pages() -> list[Path]:
    """The constructed pages; the project's own samples where ../shared is absent."""
    folder = CONSTRUCTED if CONSTRUCTED.is_dir() else seeds.FOLDER / "sample"
    return sorted(path for path in folder.iterdir() if path.suffix in (".html", ".txt"))


def prepare(pages: Iterable[Path], folder: Path) -> list[Path]:
    """Each page as UTF-8 HTML that says so, since LibreOffice guesses no charset; text as one line a <p>."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_prepared(page, folder) for page in pages]


def _prepared(page: Path, folder: Path) -> Path:
    text = decode(page.read_bytes()).text
    if page.suffix == ".txt":
        body = "".join(
            f"<p>{html.escape(line).replace(chr(9), '&emsp;')}</p>\n" for line in text.splitlines()
        )
        text = f"<html><head></head><body>{body}</body></html>"
    text = CLAIM.sub(r"\1utf-8", text)
    path = folder / f"{page.name.split('.')[0]}.html"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return path


def by_libreoffice(pages: list[Path], name: str, folder: Path) -> list[Path]:
    """The prepared pages in the format `name`, by one start of LibreOffice with a profile of its own."""
    target, opened_as = BY_LIBREOFFICE[name]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            *("soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}"),
            *(f"--infilter={opened_as}", "--convert-to", target, "--outdir", str(folder)),
        ]
        subprocess.run([*command, *map(str, pages)], check=True, capture_output=True, timeout=SECONDS)
    return sorted(folder.glob(f"*.{name}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--formats", nargs="*", default=sorted(BY_LIBREOFFICE))
    given = parser.parse_args()
    pages = prepare(source_pages(), given.out / "html")
    if shutil.which("soffice"):
        for name in given.formats:
            made = by_libreoffice(pages, name, given.out / name)
            print(f"{name}: {len(made)}", flush=True)


if __name__ == "__main__":
    main()
