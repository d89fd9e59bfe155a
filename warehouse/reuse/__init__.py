"""Reuse: how much of each section stood in the body's last report, and in reports of other bodies.

`measure` fills `repeats`, which the view `reuse` shows. Words are compared by clauses (clauses.sql says what
counts as one); near-duplicates over all bodies are found by MinHash-LSH: the smallest marks of a section's
clauses (`sketches`), of which two texts share about as many as they share clauses. What two candidates have
in common is then told exactly, in clauses and in spans (`spans`). Two given reports: `gongkai compare`.
"""
