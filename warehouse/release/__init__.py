"""A data release: a folder that anybody can use without gongkai, with everything needed to trust and cite it.

`publish` makes one, `publish_to` also in an object store. What is published is in `content`, what is
blackened in `masking`; one module a kind of file. Exports of everything as it is, for the
warehouse's owner, are in `warehouse.export`.
"""

from warehouse.release.edition import Edition
from warehouse.release.publish import Release, publish
from warehouse.release.remote import publish_to
from warehouse.release.shelf import newest_release

__all__ = ["Edition", "Release", "newest_release", "publish", "publish_to"]
