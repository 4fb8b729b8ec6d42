"""What the operating system says of a file that cannot be read or written, as names of sentences, not as its words."""

from __future__ import annotations

import errno

_NAMES = {
    errno.ENOENT: "not-there",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no-folder",
    errno.EEXIST: "there-already",
    errno.ENAMETOOLONG: "name-too-long",
    errno.EINVAL: "bad-name",
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "too-big",
    errno.EROFS: "read-only",
    errno.EBUSY: "in-use",
    errno.ETXTBSY: "in-use",
    errno.EMFILE: "too-many-open",
    errno.ENFILE: "too-many-open",
    errno.ELOOP: "link-in-circle",
    errno.EIO: "disk-error",
    errno.EBADF: "closed",
}


def system_reason(error: OSError | ValueError) -> str:
    """Why ``error`` came about: a sentence of ``disk.toml``, or what it is called where there is none for it.

    A ValueError is that of a path that no system can have, with a NUL character in it.
    """
    if not isinstance(error, OSError):
        return "bad-name"
    number = error.errno or 0
    return _NAMES.get(number) or errno.errorcode.get(number, type(error).__name__)
