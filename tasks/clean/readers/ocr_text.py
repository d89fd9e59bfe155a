"""Text in an image by RapidOCR (PP-OCRv6, its models in the wheel): where words stand and what they say.

OpenVINO runs the models, ONNX Runtime where it is missing. The classifier that turns words is off: it makes
6 of 9. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

import cv2
import numpy as np
from rapidocr import EngineType, RapidOCR

from tasks.clean.readers.ocr_image import Pixels

# White around what is recognised, as share of its height: cut close, strokes at the edge are lost.
MARGIN = 0.12
# No words are found on a page with more sides than this; `prepared` sees to it.
LARGEST = 4000
# Nor in more pixels at once: an A4 page of 200 dpi has 3.9 million and takes 0.8 GB, 12 million take 2.9 GB.
BAND_PIXELS = 4_500_000
# A strip ends amid so many rows of least ink, at most so far (as share of its height) from where it would.
CUT_ROWS = 15
CUT_REACH = 0.1
DARK = 128


class Word(NamedTuple):
    """A stretch of text: its box in pixels and, once recognised, what it says and how sure that is."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    confidence: float = 0.0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left


@cache
def _engine() -> Any:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    runs_on = EngineType.OPENVINO if find_spec("openvino") else EngineType.ONNXRUNTIME
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "error",
            "Global.max_side_len": LARGEST,
            "Det.engine_type": runs_on,
            "Rec.engine_type": runs_on,
        }
    )


def find_words(pixels: Pixels) -> list[Word]:
    """Where text stands, from the top."""
    return [
        word._replace(top=word.top + top, bottom=word.bottom + top)
        for top, band in _bands(pixels)
        for word in _words_of(band)
    ]


def _words_of(pixels: Pixels) -> list[Word]:
    found = _engine()(pixels, use_det=True, use_cls=False, use_rec=False)
    if found is None or getattr(found, "boxes", None) is None:
        return []
    corners = np.asarray(found.boxes)
    low, high = corners.min(axis=1), corners.max(axis=1)
    return [Word(*box) for box in np.concatenate([low, high], axis=1).tolist()]


def _bands(pixels: Pixels) -> Iterator[tuple[int, Pixels]]:
    """The page in strips of its width that the model finds words in at once, cut between lines of text; each
    with its place from the top."""
    height, width = pixels.shape[:2]
    count = -(-height * width // BAND_PIXELS)
    dark = (pixels.min(axis=2) < DARK).sum(axis=1) if count > 1 else np.zeros(1)
    ink = np.convolve(dark, np.ones(CUT_ROWS), "same")
    reach = round(CUT_REACH * height / count)
    top = 0
    for number in range(1, count + 1):
        middle = height * number // count
        first = middle - reach
        bottom = height if number == count else first + int(ink[first : middle + reach].argmin())
        yield top, np.ascontiguousarray(pixels[top:bottom])
        top = bottom


def recognise(pixels: Pixels, words: Sequence[Word], margin: float = MARGIN) -> list[Word]:
    """The words with what they say; the confidence is the model's mean over the characters, below 1."""
    if not words:
        return []
    read = _engine().recognize_txt([cut(pixels, word, margin) for word in words])
    return [
        word._replace(text=text.strip(), confidence=min(float(score), 0.99))
        for word, text, score in zip(words, read.txts, read.scores, strict=True)
    ]


def cut(pixels: Pixels, word: Word, margin: float) -> Pixels:
    """The part of the page that shows a word, with some white around it."""
    height, width = pixels.shape[:2]
    top, bottom = max(0, round(word.top)), min(height, round(word.bottom))
    left, right = max(0, round(word.left)), min(width, round(word.right))
    part = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    edge = max(2, round(margin * part.shape[0])) if margin else 0
    padded = cv2.copyMakeBorder(part, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.asarray(padded, np.uint8)
