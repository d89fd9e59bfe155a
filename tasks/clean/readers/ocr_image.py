"""Image files → upright pages to recognise: decoded within bounds, the seal's red faded, skew taken out.

An image is an array of height × width × 3 bytes, blue first (OpenCV's order), white where nothing is printed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from tasks.clean.readers.refusals import damaged, refused
from tasks.kinds import Kind

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]
"""1 where something is, height × width."""
Span = tuple[int, int, int, int]
"""Left, top, right, bottom."""

# A0 at 300 dpi has 140 million pixels, A3 at 600 dpi 70; what claims more is a bomb.
MAX_PIXELS = 150_000_000
MAX_FRAMES = 300
# A page is worked on at this many pixels on its longer side at most (A4 at 300 dpi, A3 at 212).
MAX_SIDE = 3508
# Red ink: so much more red than green and blue, and so bright.
RED_LEAD, RED_LEVEL = 45, 110
# A seal is round: its box nearly square, from 2.5 to 6 cm, here as share of the page's shorter side.
SEAL_SIDES = (0.1, 0.35)
SEAL_SHAPE = 1.3
# Of the seal's own points all but this share (percent) become white; ink under it stays darker.
SEAL_DARKEST = 10
# Skew is looked for on copies of so many pixels, so many degrees to both sides, in steps of so many.
SKEW_STEPS = ((700, 6.0, 0.5), (1000, 0.5, 0.1), (1800, 0.1, 0.025))
LEAST_SKEW = 0.04  # degrees; less moves no character out of its line
PAPER = 60  # darkness below which it is paper

DECODING_ERRORS = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError)


def frames(content: bytes, uri: str) -> Iterator[tuple[Pixels, float | None]]:
    """Each picture of an image file, with the dots per inch that it claims."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content))
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number >= MAX_FRAMES:
                    raise refused(
                        uri,
                        f"The image has more than {MAX_FRAMES} pages.",
                        "Save the report alone as a file.",
                    )
                _refuse_bomb(frame, uri)
                yield _pixels(frame), _dpi(frame)
    except Image.DecompressionBombError as error:
        raise refused(uri, f"The image is too large: {error}.", "Save it in a usual resolution.") from error
    except DECODING_ERRORS as error:
        raise damaged(uri, Kind.IMAGE.value, error) from error


def _refuse_bomb(frame: Image.Image, uri: str) -> None:
    pixels = frame.width * frame.height
    if pixels > MAX_PIXELS:
        raise refused(
            uri,
            f"The image has {pixels:,} pixels; more than {MAX_PIXELS:,} are not read.",
            "Save it in a usual resolution (200 to 300 dpi).",
        )


def _pixels(frame: Image.Image) -> Pixels:
    """The picture on white, turned as its camera says."""
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        layer = turned.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        turned = Image.alpha_composite(ground, layer)
    return of_pillow(turned)


def of_pillow(image: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _dpi(frame: Image.Image) -> float | None:
    claimed = frame.info.get("dpi")
    value = float(claimed[0]) if claimed else 0.0
    return value if 50 <= value <= 1300 else None


# ------------------------------------------------------------- preparation


def prepared(pixels: Pixels) -> tuple[Pixels, float]:
    """The page fit for recognition, and its scale: pixels of it for one of the original."""
    scale = min(1.0, MAX_SIDE / max(pixels.shape[:2]))
    if scale < 1:
        pixels = resized(pixels, scale)
    return straightened(without_seals(pixels)), scale


def resized(pixels: Pixels, scale: float) -> Pixels:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def without_seals(pixels: Pixels) -> Pixels:
    """The page without its red seals (公章): inside one only the red light counts, and the seal's red is
    white in it."""
    blue, green, red = (pixels[:, :, i].astype(np.int16) for i in range(3))
    mask = ((red - np.maximum(blue, green) > RED_LEAD) & (red > RED_LEVEL)).astype(np.uint8)
    side = min(pixels.shape[:2])
    if mask.sum() < 0.2 * (SEAL_SIDES[0] * side):
        return pixels
    joined = cv2.dilate(mask, np.ones((9, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    result = pixels
    for left, top, width, height, _ in stats[1:]:
        is_round = max(width, height) <= SEAL_SHAPE * min(width, height)
        if is_round and SEAL_SIDES[0] * side <= width <= SEAL_SIDES[1] * side:
            if result is pixels:
                result = pixels.copy()
            box = slice(top, top + height), slice(left, left + width)
            level = float(np.percentile(red[box][mask[box] > 0], SEAL_DARKEST))
            result[box] = np.minimum(red[box] * (255 / level), 255).astype(np.uint8)[:, :, None]
    return result


def straightened(pixels: Pixels) -> Pixels:
    angle = skew_of(pixels)
    return turned(pixels, angle) if abs(angle) >= LEAST_SKEW else pixels


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """The page turned counter-clockwise around its middle, white at the corners."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = (255, 255, 255)
    rotated = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)
    return np.asarray(rotated, np.uint8)


def skew_of(pixels: Pixels) -> float:
    """The degrees by which the lines of text and the rules must be turned counter-clockwise to be level."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    angle = 0.0
    for side, reach, step in SKEW_STEPS:
        angle = _best(_ink(gray, side), angle + np.arange(-reach, reach + step / 2, step))
    return angle


def _ink(gray: Any, side: int) -> NDArray[np.float32]:
    """How dark the page is, on a copy of so many pixels."""
    scale = side / max(gray.shape)
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    ink: NDArray[np.float32] = (255 - small).astype(np.float32)
    ink[ink < PAPER] = 0
    return ink


def _best(ink: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    """The angle at which rows of ink and rows of paper differ most."""
    height, width = ink.shape
    best, most = 0.0, -1.0
    for angle in sorted(angles, key=abs):
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
        sharpness = float(np.square(np.diff(rows)).sum())
        if sharpness > most * 1.0001:
            best, most = float(angle), sharpness
    return best
