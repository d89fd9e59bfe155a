"""When a page is asked for again: the rules of looking again, and nothing else."""

from __future__ import annotations

import datetime as dt

from tasks.fetch.answers import Fault
from tasks.fetch.book import CrawlState, Seen, now
from tasks.fetch.policy import Policy

SETTLES = dt.timedelta(days=1)  # reports are corrected soon after they appear, if ever

LASTING = frozenset(
    {
        Fault.STATUS,
        Fault.SOFT_404,
        Fault.MOVED,
        Fault.TOO_LARGE,
        Fault.BOMB,
        Fault.REDIRECT_LOOP,
        Fault.REDIRECTS,
        Fault.WRONG_TYPE,
    }
)
"""Faults that will be there tomorrow: looked at again only in a full round."""


def is_due(page: Seen, state: CrawlState, policy: Policy) -> bool:
    """Whether the page is to be asked for in the round `state`.

    Never seen, or failed for a passing reason: yes. Answered in this round: no. In a full round: yes. Else
    ever more rarely: a page that has not changed for so long is asked for when as much time again has
    passed, and once in `recheck_days` at the latest.
    """
    if page.checked_at is None:
        return True
    is_of_round = page.checked_at >= state.started_at
    if page.fault is not None:
        is_lasting = page.fault in {fault.value for fault in LASTING}
        return not is_lasting or (state.is_full and not is_of_round)
    if is_of_round:
        return page.sha256 is None
    if state.is_full or page.changed_at is None:
        return True
    quiet = page.checked_at - page.changed_at
    if quiet < SETTLES:
        return True
    return now() - page.checked_at >= min(quiet, dt.timedelta(days=policy.recheck_days))
