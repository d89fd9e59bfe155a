"""What runs and in what order: Prefect flows, what they show, and the command line. No parsing here.

run        `run_ingest`: the flow here and now, with a Prefect server for its length if none is set
ingest     the flow; plan, reading, loading, artifacts, summary are its parts
workers    processes that read documents (`documents`, in `worker`), and survive any one of them
cli        the command line
"""
