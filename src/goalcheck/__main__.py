"""``python -m goalcheck``."""

from goalcheck.cli import main

main()
