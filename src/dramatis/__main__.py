"""`python -m dramatis` is `dramatis`."""

from dramatis.cli import main

main()
