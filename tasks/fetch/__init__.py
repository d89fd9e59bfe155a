"""From sources to pages: what there is to read (`discover`) and its bytes (`fetch`).

Here belongs where pages come from; what their bytes mean is `tasks.clean`'s business. A source is
anything that yields `Candidate`s; today that is files (`tasks.fetch.files`). A web site is to
become a second one beside it.
"""

from tasks.fetch.files import Candidate, Discovery, Skipped, discover
from tasks.fetch.read import MAX_PAGE_BYTES, fetch

__all__ = ["MAX_PAGE_BYTES", "Candidate", "Discovery", "Skipped", "discover", "fetch"]
