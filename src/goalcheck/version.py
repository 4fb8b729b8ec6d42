"""The version of goalcheck."""

__version__ = "0.1.0"
