"""`python -m uitknop`."""

from uitknop.cli import main

main()
