"""An adversary for the extraction engine: random report pages with gold by construction.

`generate(seed)` is pure: the same seed gives the same page. Nothing here reads the engine or its rule
files; only the statutory forms (`seeds/forms/form_*.csv`, `table3_columns.csv`, `table4_columns.csv`).
"""

from tests.generate.model import Generated
from tests.generate.page import generate

__all__ = ["Generated", "generate"]
