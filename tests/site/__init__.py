"""A simulator of government sites: a real HTTP server on 127.0.0.1 with any number of hosts
(`NAME.localhost`).

`server` speaks HTTP and keeps the log, `families` are sites as the families publish them,
`faults` what goes wrong.
"""

from tests.site.server import Exchange, Reply, Request, Server, Site

__all__ = ["Exchange", "Reply", "Request", "Server", "Site"]
