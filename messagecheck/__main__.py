"""`python -m messagecheck` is the command `messagecheck`."""

from messagecheck.cli import main

main()
