"""Text in an image by RapidOCR (PP-OCRv6, its models in the wheel): where words stand and what they say.

OpenVINO runs the models, ONNX Runtime where it is missing. The classifier that turns words is off: it makes
6 of 9. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
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
    found = _engine()(pixels, use_det=True, use_cls=False, use_rec=False)
    if found is None or getattr(found, "boxes", None) is None:
        return []
    corners = np.asarray(found.boxes)
    low, high = corners.min(axis=1), corners.max(axis=1)
    return [Word(*box) for box in np.concatenate([low, high], axis=1).tolist()]


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
