"""A corpus with known answers: bodies over ten years and all forms, sound but for the faults planted in them.

`bodies` makes sound reports, `faults` spoils some and says which rules must find it, `copies` plants what is
repeated, `judged` holds what the audit found against what was planted. `python -m tests.corpus` prints it.
"""
