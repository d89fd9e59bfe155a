"""The audit: rules in SQL, one a file, over the reports in the warehouse.

`warehouse.audit.run.audit` applies them and writes what they find to `checks`; how a rule is written,
`warehouse.audit.rules` says. Nothing is imported here: the schema reads the rules, the audit needs the
schema.
"""
