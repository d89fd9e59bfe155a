"""How fast sites are fetched: many small pages from many simulated hosts without delays; and memory.

`python -m bench.crawl [PAGES] [HOSTS]` from a clone. The server runs in a process of its own.
Prints pages a second into the blob store, memory, and what the usual pace of a host lets through.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from flows.settings import networks
from tasks.fetch.book import Book
from tasks.fetch.client import Client
from tasks.fetch.crawl import SourceCrawl
from tasks.fetch.policy import Policy
from tasks.fetch.session import Session
from tasks.fetch.sources import WebSource
from tests.site import Reply, Request, Server
from tests.site.reports import article, reports
from warehouse.blobs import BlobStore


def serve(pipe: Connection, hosts: int, pages: int) -> None:
    """Hosts with a list of `pages` reports each, until the other end closes."""
    made = [(each.title, article(each)) for each in reports(pages)]
    rows = "".join(f'<li><a href="/{n}.html">{title}</a></li>' for n, (title, _) in enumerate(made))
    listed = f"<html><title>年报</title><ul>{rows}</ul></html>".encode()

    def site(request: Request) -> Reply:
        name = request.path.strip("/").removesuffix(".html")
        if name.isdigit():
            return Reply(made[int(name)][1].replace(b"</body>", f"{request.host}</body>".encode()))
        return Reply(listed) if name == "list" else Reply(b"", 404)

    with Server({f"h{number}": site for number in range(hosts)}) as server:
        pipe.send(server.port)
        try:
            pipe.recv()
        except EOFError:
            return


async def crawl(sources: list[WebSource], policy: Policy, book: Book, memory: list[float]) -> int:
    async with Client(policy) as client:
        session = Session(client, policy, book, {})

        async def one(source: WebSource) -> int:
            report = await SourceCrawl(source, session, book, policy).run()
            memory.append(resident())
            return report.new

        return sum(await asyncio.gather(*map(one, sources)))


def resident() -> float:
    """This process's memory in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main(pages: int = 2000, hosts: int = 40) -> None:
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs, hosts, pages // hosts), daemon=True)
    server.start()
    theirs.close()
    port = ours.recv()
    policy = Policy(delay=0.0, private_networks=networks("127.0.0.1/32"), hosts=hosts)
    sources = [WebSource(f"h{n}", (f"http://h{n}.localhost:{port}/list.html",)) for n in range(hosts)]
    memory: list[float] = [resident()]
    with tempfile.TemporaryDirectory() as folder:
        book = Book(Path(folder) / "journal", BlobStore(Path(folder) / "blobs"), "bench", (), ())
        start, cpu = time.perf_counter(), time.process_time()
        fetched = asyncio.run(crawl(sources, policy, book, memory))
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        book.close()
    ours.close()
    server.join(10)
    print(f"{fetched:,} pages from {hosts} hosts in {seconds:.1f} s: {fetched / seconds:.0f} pages/s")
    print(f"{1000 * cpu / fetched:.2f} ms of processor time a page")
    print(f"memory {memory[0]:.0f} MB before, at most {max(memory):.0f} MB")
    usual = Policy()
    mean = usual.delay * (1 + usual.jitter / 2)
    print(
        f"at the usual pace ({usual.delay:g} s and jitter): {1 / mean:.2f} pages/s a host, "
        f"{hosts / mean:.0f} in all"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
