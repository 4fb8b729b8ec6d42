"""``goalcheck``, also as ``python -m goalcheck``: starts the command line.

It stands apart so that an interrupt during the imports, too, ends the process quietly, as it does later.
"""

import sys

from goalcheck.collector import collect_seldom

INTERRUPTED = 130


def main() -> None:
    """Run the command line and end the process with its status."""
    collect_seldom()
    try:
        from goalcheck.cli import main as run
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
