"""Load: Reports → Arrow tables → one warehouse transaction a batch. The door of the load step."""

from tasks.load.batch import LoadCounts, load_batch, load_parts
from tasks.load.parts import write_part
from tasks.load.rows import Loaded

__all__ = ["LoadCounts", "Loaded", "load_batch", "load_parts", "write_part"]
