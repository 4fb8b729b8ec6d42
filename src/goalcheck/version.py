"""The version of goalcheck, which knows nobody else."""

__version__ = "0.1.0"
