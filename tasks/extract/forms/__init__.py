"""Statutory forms: grids in, facts and form cells out.

One engine reads every generation: labels are matched to the rows and columns of seeds/forms, never
positions alone. `cells` parses one cell, `grid` makes a table's cells into entries (labels with the values
behind them), `turned` knows tables printed the other way round, `entries` and `labels`/`local_labels` know
which row an entry is, `table2`, `table3`, `table4` and `listform` (with `columns`) read one grid each, `sums`
settles what lost its blanks, `pages` hands the grids out in order, `reader` decides which form the page
carries and what is said in checks.
"""

from tasks.extract.forms.reader import Reading, read_forms

__all__ = ["Reading", "read_forms"]
