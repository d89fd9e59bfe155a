"""Operating gongkai on one machine: Prefect's server and a worker as processes, deployments, automations.

machinery   the processes of `gongkai up`: started, found again, stopped
deploying   what `up` puts on the server: work pool, deployments, automations
standing    what the server says: deployments, their next and last runs
"""
