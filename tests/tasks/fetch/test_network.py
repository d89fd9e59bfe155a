"""Whom we talk to: certificates, versions of TLS, and addresses as they are when a connection is made."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from tasks.fetch.sources import of_address
from tests.site import Reply, Request, Server
from tests.site.crawling import Crawler
from tests.site.reports import article, reports

PAGE = article(reports(1)[0])
HOST = "t.localhost"


def site(request: Request) -> Reply:
    return Reply(b"User-agent: *\n" if request.path == "/robots.txt" else PAGE)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(crawler: Crawler, authority: trustme.CA, tmp_path: Path) -> Crawler:
    """A crawler that trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    crawler.set(ca_file=str(tmp_path / "ca.pem"))
    return crawler


def crawled(crawler: Crawler, certificate: trustme.LeafCert, **limits: Any) -> tuple[list[str], Server]:
    """The errors of a crawl of one page over HTTPS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    for name, value in limits.items():
        setattr(context, name, value)
    if limits:
        context.set_ciphers("ALL:@SECLEVEL=0")
    with Server({"t": site}, tls=context) as server:
        [report] = crawler.crawl(of_address(server.url("t", "/2019.html")))
    return [str(error) for error in report.errors], server


def test_a_page_comes_over_https_from_a_host_whose_authority_is_trusted(
    trusting: Crawler, authority: trustme.CA
) -> None:
    errors, server = crawled(trusting, authority.issue_cert(HOST))
    assert errors == [] and [page.uri for page in trusting.accepted()] == [server.url("t", "/2019.html")]


def test_a_certificate_of_an_unknown_authority_is_refused(crawler: Crawler, authority: trustme.CA) -> None:
    [error], server = crawled(crawler, authority.issue_cert(HOST))
    assert "certificate: robots.txt: The certificate is refused: unable to get local issuer" in error
    assert "GONGKAI_FETCH__CA_FILE" in error and "OLD_TLS" not in error
    assert server.log == [], "nothing was asked"


def test_a_certificate_of_another_host_or_one_that_has_expired_is_refused(
    trusting: Crawler, authority: trustme.CA
) -> None:
    [error], _ = crawled(trusting, authority.issue_cert("other.localhost"))
    assert f"not valid for '{HOST}'" in error
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    [error], _ = crawled(trusting, authority.issue_cert(HOST, not_after=past))
    assert "certificate has expired" in error


def test_old_tls_is_spoken_only_where_a_setting_allows_it(trusting: Crawler, authority: trustme.CA) -> None:
    certificate = authority.issue_cert(HOST, key_type=trustme.KeyType.RSA)
    old = {"minimum_version": ssl.TLSVersion.TLSv1, "maximum_version": ssl.TLSVersion.TLSv1_1}
    [error], _ = crawled(trusting, certificate, **old)
    assert "tls: robots.txt: No version and cipher of TLS in common" in error
    assert "GONGKAI_FETCH__OLD_TLS=true" in error
    trusting.set(old_tls=True)
    errors, _ = crawled(trusting, certificate, **old)
    assert errors == [] and len(trusting.accepted()) == 1
    [error], _ = crawled(trusting, authority.issue_cert("other.localhost"))
    assert "not valid for" in error, "certificates are looked at all the same"


def answering(monkeypatch: pytest.MonkeyPatch, answers: Iterator[str]) -> list[str]:
    """The DNS says something else each time; what it said."""
    said: list[str] = []
    ask: Callable[..., list[Any]] = socket.getaddrinfo

    def changing(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        if host != "rebind.example":
            return ask(host, port, *arguments, **options)
        said.append(next(answers))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (said[-1], port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    return said


def test_an_address_that_the_dns_changes_is_looked_at_again_at_each_connection(
    server: Server, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is allowed; the second, when the page is asked for, lies in a private network."""
    server.sites["rebind.example"] = lambda request: Reply(b"", 404, {"Connection": "close"})
    said = answering(monkeypatch, iter(["127.0.0.1", "127.0.0.2", "127.0.0.2"]))
    with socket.create_server(("127.0.0.2", server.port)) as private:
        private.settimeout(0)
        [report] = crawler.crawl(of_address(f"http://rebind.example:{server.port}/2019.html"))
        with pytest.raises(BlockingIOError):
            private.accept()
    assert said[:2] == ["127.0.0.1", "127.0.0.2"]
    assert [exchange.request.path for exchange in server.log] == ["/robots.txt"]
    [error] = report.errors
    assert error.message.startswith("address: The host is at 127.0.0.2, which is no public address")


def test_what_is_connected_to_is_the_address_that_was_looked_at(
    server: Server, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the name resolved once to look and once more to connect, the second answer would get in."""
    server.sites["rebind.example"] = site
    said = answering(monkeypatch, iter(["127.0.0.1", "127.0.0.2"]))
    [report] = crawler.crawl(of_address(f"http://rebind.example:{server.port}/2019.html"))
    assert report.errors == [] and said == ["127.0.0.1"]
