"""``goalcheck``, also as ``python -m goalcheck``: starts the command line.

It stands apart so that an interrupt, even during the imports, ends the process quietly.
"""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and end the process with its status."""
    try:
        from goalcheck.collector import collect_seldom

        collect_seldom()
        from goalcheck.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
