"""How often the processes that are goalcheck's own look for garbage: seldom. The library leaves its host's alone."""

import gc

_OBJECTS = 300_000  # more than most sheets come to; some 30 MB at the most wait for the collector


def collect_seldom() -> None:
    """Let the collector of cycles run seldom: a tree has none, yet it would be walked again and again as it grows."""
    gc.set_threshold(_OBJECTS, 20, 20)
