"""Faults in words for a person: what to do next."""

from __future__ import annotations

from tasks.errors import DocumentError, TerminalError, TransientError
from tasks.fetch.answers import Fault, FetchFault

_LOOK = "Look at it in a browser."
_AGAIN = "The next run tries it again."
_MOVED = "Find its new address and change the source."

ADVICE = {
    Fault.ROBOTS: "The site asks robots to stay away; save the page by hand and ingest the file.",
    Fault.ADDRESS: "If this is meant, allow the network with GONGKAI_FETCH__PRIVATE_NETWORKS.",
    Fault.SCHEME: "Only http and https are fetched.",
    Fault.TLS: "If the site knows only old TLS, set GONGKAI_FETCH__OLD_TLS=true.",
    Fault.CERTIFICATE: "Whoever answers may not be the site. See it in a browser; if the site has a CA of "
    "its own, name that with GONGKAI_FETCH__CA_FILE.",
    Fault.TOO_LARGE: "Raise GONGKAI_FETCH__MAX_BYTES if it is a report.",
    Fault.BOMB: _LOOK,
    Fault.REDIRECT_LOOP: "It may need a cookie. " + _LOOK,
    Fault.REDIRECTS: _LOOK,
    Fault.STATUS: "It may be gone. " + _LOOK,
    Fault.CHALLENGE: "The site tells robots from people: save the page by hand and ingest the file.",
    Fault.SHELL: "Save the page from a browser and ingest the file.",
    Fault.MOVED: _MOVED,
    Fault.SOFT_404: "It may be gone. " + _LOOK,
    Fault.LOGIN: "It is not public; save the page by hand if you may.",
    Fault.WRONG_TYPE: _LOOK,
    Fault.LIST_UNREADABLE: "See `gongkai source check`; report the site to the project.",
    Fault.LIST_EMPTY: "The site may have changed: see `gongkai source check`. " + _MOVED,
    Fault.LIST_SHRUNK: "Has the site changed? See `gongkai source check`; if not, lower its floor.",
}


def error_of(uri: str, fault: FetchFault) -> DocumentError:
    """The fault as the error of a document (or list page) in the step `fetch`."""
    kind = TransientError if fault.is_transient else TerminalError
    return kind(uri, "fetch", f"{fault.fault.value}: {fault.words}", ADVICE.get(fault.fault, _AGAIN))
