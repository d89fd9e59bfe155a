"""What every reader takes and gives: `read(page, tick) -> Reading`.

A reader calls `tick()` when a part of a long document is done (a page of a scan): the time limit of a step
begins anew with it. It raises `TerminalError` of stage `clean` (`tasks.clean.readers.refusals`) for what it
cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tasks.clean.compose import Composed, compose
from tasks.clean.lines import Outline
from tasks.values import Page

Tick = Callable[[], None]


def no_tick() -> None:
    """For callers that watch no clock."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text with its blocks, before zones are told and tables found that no markup declares.

    `parents` is the tree of elements that the drafts' containers stand in (`Outline.parents`); a format
    without a page frame has the root alone. `media_type` is what the bytes are. The rest as in `Document`.
    """

    media_type: str
    composed: Composed
    parents: tuple[int, ...] = (0,)
    charset: str | None = None
    title: str | None = None
    meta: tuple[tuple[str, str], ...] = ()
    replaced: int = 0


Reader = Callable[[Page, Tick], Reading]


def reading_of(media_type: str, outline: Outline) -> Reading:
    """The reading of a format that is told by lines and tables alone."""
    return Reading(media_type, compose(outline), tuple(outline.parents))
