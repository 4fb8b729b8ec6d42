"""Bytes in, a :class:`~goalcheck.source.Source` out: one reader a kind of file, pure and without a disk."""
