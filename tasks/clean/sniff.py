"""Whether text is HTML or plain. Which other format bytes may be is told by `tasks.kinds`."""

from __future__ import annotations

import re

MARKUP_SAMPLE = 4096
SURE_TAGS = 3  # so many tags of HTML in the sample need no claim

TAG = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|table|tbody|tr|td|div|p|br|span|font|script|style|center|h[1-6]|ul|li|a|frameset|frame)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".jsp", ".asp", ".aspx", ".php")


def is_html(text: str, media_type: str | None, uri: str) -> bool:
    """Whether decoded text is markup. The content decides; the claim and the suffix break a tie."""
    start = text[:MARKUP_SAMPLE].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")) or len(TAG.findall(text, 0, MARKUP_SAMPLE)) >= SURE_TAGS:
        return True
    claims_html = "html" in (media_type or "") or uri.lower().endswith(HTML_NAMES)
    return claims_html and TAG.search(text) is not None
