"""What happens to one document, one folder a step: fetch, clean, extract, load.

A step is a pure function on the values of `tasks.values`; no network (but in fetch), clock,
environment or Prefect in it. What runs in which order stands in `flows`.
"""
