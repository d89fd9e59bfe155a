"""Addresses: which are one page under two spellings, and which can be fetched at all. Text only, no
network."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

import seeds

PORTS = {"http": 80, "https": 443}

# What a URL's path and query may hold unescaped (RFC 3986), `%` for what is escaped already.
_PATH_SAFE = "/:@!$&'()*+,;=-._~%"
_QUERY_SAFE = _PATH_SAFE + "?"
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_SECOND_LEVELS = frozenset({"gov", "com", "edu", "org", "net", "ac"})
"""Below a country: a site's name has three labels there (xx.gov.cn)."""


def is_url(text: str) -> bool:
    """Whether `text` is an http or https address."""
    return text.lower().startswith(("http://", "https://"))


def canonical(url: str) -> str:
    """The one spelling of a page's address: its identity.

    Scheme and host in lower case, no default port, credentials, fragment, session or tracking parameters
    (`seeds/tracking_parameters.csv`), the path with its dots resolved, escapes in one form. Raises ValueError
    for what is no http address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in PORTS or not parts.hostname:
        raise ValueError(f"not an http address: {url!r}")
    path = _escaped(_without_dots(_SESSION.sub("", parts.path)), _PATH_SAFE)
    query = _escaped(_without_tracking(parts.query), _QUERY_SAFE)
    return f"{origin(url)}{path}{'?' if query else ''}{query}"


def origin(url: str) -> str:
    """`scheme://host[:port]` of an address, in lower case; the default port is left out."""
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    port = parts.port
    return f"{scheme}://{_host(parts)}" + (f":{port}" if port and port != PORTS.get(scheme) else "")


def host_of(url: str) -> str:
    """`host[:port]`: whom a request goes to, and whose pace it keeps."""
    return origin(url).partition("://")[2]


def site_of(host: str) -> str:
    """What the hosts of one body have in common: example.gov.cn of www.example.gov.cn:8080 and its like; a
    host without such a name (an address, localhost) is a site of its own."""
    name = host.partition(":")[0]
    labels = name.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return host
    kept = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[-kept:])


def join(base: str, href: str) -> str | None:
    """The canonical address that a link means; None when it is no page (script, mail, broken)."""
    try:
        return canonical(urljoin(base, href.strip()))
    except ValueError:
        return None


def without_scheme(url: str) -> str:
    """The address without http or https, under which one page is often linked twice."""
    return url.partition("://")[2]


def suffix(url: str) -> str:
    """The path's ending in lower case with its point, or ''."""
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:  # IPv6
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise ValueError(f"not a host: {host!r}") from error


def _without_dots(path: str) -> str:
    """The path with `.` and `..` resolved (RFC 3986, 5.2.4), a slash at its start."""
    kept: list[str] = []
    *folders, name = path.removeprefix("/").split("/")
    for part in (*folders, *([""] if name in (".", "..") else [])):
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if name == "..":
        del kept[-2:-1]
    return "/" + "/".join(kept if name in (".", "..") else [*kept, name])


def _without_tracking(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _tracking().fullmatch(_name(part))]
    return "&".join(kept)


def _name(part: str) -> str:
    pairs = parse_qsl(part, keep_blank_values=True)
    return pairs[0][0] if pairs else part


@cache
def _tracking() -> re.Pattern[str]:
    return re.compile(
        "|".join(row["pattern"] for row in seeds.rows("tracking_parameters.csv")), re.IGNORECASE
    )


def _escaped(text: str, safe: str) -> str:
    """Escaped where it must be (Chinese in paths and queries), and nowhere else."""
    return _ESCAPE.sub(_one_form, quote(text, safe=safe))


def _one_form(escape: re.Match[str]) -> str:
    letter = chr(int(escape[0][1:], 16))
    return letter if letter in _UNRESERVED else escape[0].upper()
