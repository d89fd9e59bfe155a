"""Labelled pages printed to PDF by Chromium, and those scanned: rendered, skewed, blurred, noisy, compressed.

`scans` makes an image of each page of a PDF as a scanner or a fax would; nothing here reads them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

SECONDS = 120


@dataclass(frozen=True)
class Scan:
    """How a page was scanned: resolution, skew in degrees, blur in pixels, noise and gray in steps of 255,
    JPEG quality (0: none)."""

    dpi: int
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    gray: int = 0
    jpeg: int = 0


CLEAN_200 = Scan(200)
WORN_200 = Scan(200, skew=0.8, noise=8, gray=20, jpeg=60)
WORN_150 = Scan(150, skew=-1.3, blur=0.8, noise=12, jpeg=45)


SCANS = {"scan-200": CLEAN_200, "scan-200-worn": WORN_200, "scan-150-worn": WORN_150}


def print_to_pdf(pages: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        for page in pages:
            shutil.move(by_chromium(page, Path(made)), folder)


def by_chromium(page: Path, folder: Path, *options: str) -> Path:
    """A prepared page (`convert.prepare`) printed to PDF, with the browser's own head and foot."""
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not installed")
    made = folder / f"{page.stem}.pdf"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    subprocess.run(
        [*command, *options, f"--print-to-pdf={made}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return made


def scans(pdf: Path, how: Scan) -> list[Any]:
    """Each page as an image (OpenCV's order of colours)."""
    import numpy as np
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    random = np.random.default_rng(5)
    document = pdfium.PdfDocument(pdf)
    return [_worn(page.render(scale=how.dpi / 72).to_numpy()[:, :, :3], how, random) for page in document]


def as_tiff(pdf: Path, how: Scan) -> bytes:
    """The scanned pages as one TIFF file that says its resolution."""
    from PIL import Image

    first, *others = [Image.fromarray(pixels[:, :, ::-1]) for pixels in scans(pdf, how)]
    file = BytesIO()
    resolution = (how.dpi, how.dpi)
    first.save(file, "TIFF", save_all=True, append_images=others, dpi=resolution, compression="tiff_lzw")
    return file.getvalue()


def _worn(pixels: Any, how: Scan, random: Any) -> Any:
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    if how.skew:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), how.skew, 1)
        pixels = cv2.warpAffine(pixels, turn, (width, height), borderValue=(255, 255, 255))
    if how.blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), how.blur)
    grain = random.normal(0, how.noise or 0.01, (height, width, 1))
    pixels = np.clip(pixels * (1 - how.gray / 255) + grain, 0, 255).astype(np.uint8)
    if how.jpeg:
        _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, how.jpeg])
        pixels = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return pixels
