"""Bytes in, a file on disk out: written beside it and put in its place at once, so that nobody meets half a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable


def save(pieces: Iterable[bytes], path: str) -> None:
    """Write ``pieces`` to ``path``: all of them, or the old file stays. It keeps its permissions.

    A device or pipe cannot be replaced and is written to. Raises OSError.
    """
    path = path if path.startswith(("/dev/", "/proc/")) else os.path.realpath(path)
    if path.startswith(("/dev/", "/proc/")) or (os.path.exists(path) and not os.path.isfile(path)):
        with open(path, "wb") as file:
            file.writelines(pieces)
        return
    draft = os.path.join(os.path.dirname(path), f".goalcheck-{os.getpid()}.part")
    with open(draft, "xb") as file:
        try:
            file.writelines(pieces)
        except BaseException:
            os.unlink(draft)
            raise
    try:
        if os.path.exists(path):
            os.chmod(draft, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
