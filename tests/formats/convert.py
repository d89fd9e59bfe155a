"""The labelled pages as other formats, made by real producers: LibreOffice, python-docx, openpyxl, Chromium;
OFD by our own writer; scans of what Chromium prints.

    python -m tests.formats.convert OUT [--formats docx-libreoffice …]

writes OUT/FORMAT/PAGE.SUFFIX for every page and every format whose producer is installed. One start of
LibreOffice converts all pages into one format, since its start takes longer than the pages.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import seeds
from tasks.clean import clean
from tasks.clean.charset import decode
from tasks.values import Page
from tests.formats.browser import save_as_mhtml
from tests.formats.printed import SCANS, as_tiff, print_to_pdf
from tests.formats.written import as_docx, as_docx_unruled, as_ofd, as_xlsx, has_layout

ROOT = Path(__file__).parents[2]
CONSTRUCTED = ROOT.parent / "shared/reports/constructed/pages"

WRITER, CALC, EXCEL = "HTML (StarWriter)", "HTML (StarCalc)", "Calc MS Excel 2007 XML"
WORD = "MS Word 2007 XML"
# Name → what --convert-to wants, which of our files it is made of, and the filter that opens them.
BY_LIBREOFFICE = {
    "docx-libreoffice": ("docx:MS Word 2007 XML", "html", WRITER),
    "doc": ("doc:MS Word 97", "html", WRITER),
    "odt": ("odt:writer8", "html", WRITER),
    "rtf": ("rtf:Rich Text Format", "html", WRITER),
    "pdf": ("pdf:writer_pdf_Export", "html", WRITER),
    "pdf-office": ("pdf:writer_pdf_Export", "docx", WORD),
    "pdf-office-unruled": ("pdf:writer_pdf_Export", "docx-unruled", WORD),
    "xlsx-libreoffice": ("xlsx:Calc MS Excel 2007 XML", "html", CALC),
    "xls": ("xls:MS Excel 97", "xlsx", EXCEL),
    "ods": ("ods:calc8", "xlsx", EXCEL),
    "csv": ("csv:Text - txt - csv (StarCalc):44,34,76", "xlsx", EXCEL),  # comma, quote, UTF-8
}
BY_CHROMIUM = ("mhtml", "pdf-chromium", "pdf-chromium-unruled", *SCANS)
WRITTEN = {"docx": as_docx, "docx-unruled": as_docx_unruled, "xlsx": as_xlsx, "ofd": as_ofd}
FORMATS = ("html", *WRITTEN, *BY_CHROMIUM, *BY_LIBREOFFICE)
UNRULED = b"<style>* { border: none !important; background: none !important }</style>"
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


def make(name: str, out: Path) -> list[Path]:
    """The files of a format, made if they are not there; first those that it is made of."""
    folder = out / name
    if not folder.exists():
        if name == "html":
            prepare(source_pages(), folder)
        elif name in WRITTEN:
            _write_anew(name, folder)
        elif name == "mhtml":
            save_as_mhtml(make("html", out), folder)
        elif name == "pdf-chromium":
            print_to_pdf(make("html", out), folder)
        elif name == "pdf-chromium-unruled":
            print_to_pdf(_without_rules(make("html", out), out / "html-unruled"), folder)
        elif name in SCANS:
            _scan(make("pdf-chromium", out), name, folder)
        else:
            by_libreoffice(make(BY_LIBREOFFICE[name][1], out), name, folder)
    return sorted(folder.iterdir())


def _without_rules(pages: list[Path], folder: Path) -> list[Path]:
    """The pages that have tables, with no border drawn anywhere."""
    folder.mkdir()
    made = []
    for page in pages:
        content = page.read_bytes()
        if b"<table" in content:
            made.append(folder / page.name)
            made[-1].write_bytes(content.replace(b"</head>", UNRULED + b"</head>", 1))
    return made


def _write_anew(name: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    now = dt.datetime.now(dt.UTC)
    for path in source_pages():
        document = clean(Page(path.name, "test", path.read_bytes(), None, now))
        has_tables = any(block.table is not None for block in document.body())
        if not has_layout(document) or (name == "docx-unruled" and not has_tables):
            continue
        (folder / f"{path.name.split('.')[0]}.{name.split('-')[0]}").write_bytes(WRITTEN[name](document))


def _scan(files: list[Path], name: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in files:
        (folder / f"{path.stem}.tif").write_bytes(as_tiff(path, SCANS[name]))


def by_libreoffice(files: list[Path], name: str, folder: Path) -> None:
    """The files in another format, by one start of LibreOffice with a profile of its own."""
    target, _, opened_as = BY_LIBREOFFICE[name]
    with tempfile.TemporaryDirectory() as profile:
        command = [
            *("soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}"),
            *(f"--infilter={opened_as}", "--convert-to", target, "--outdir", str(folder)),
        ]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=SECONDS)


def producer(name: str) -> str | None:
    """The program that makes the format, None where a Python package does."""
    return "soffice" if name in BY_LIBREOFFICE else "chromium" if name in BY_CHROMIUM else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--formats", nargs="*", choices=FORMATS, default=FORMATS)
    given = parser.parse_args()
    for name in given.formats:
        program = producer(name)
        if program is None or shutil.which(program):
            print(f"{name}: {len(make(name, given.out))} files", flush=True)
        else:
            print(f"{name}: {program} is not installed")


if __name__ == "__main__":
    main()
