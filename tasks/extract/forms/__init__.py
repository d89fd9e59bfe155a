"""Statutory forms: grids in, facts and form cells out.

One engine reads every generation: labels are matched to the rows and columns of seeds/forms, never
positions alone. `cells` parses a value cell, `labels` folds and matches labels, `tables` reads one
grid, `reader` puts a document's grids together and decides which form the page carries.
"""

from tasks.extract.forms.reader import Reading, read_forms

__all__ = ["Reading", "read_forms"]
