"""`python -m flows.cli`: the same as the script `gongkai`."""

from flows.cli.app import main

main()
