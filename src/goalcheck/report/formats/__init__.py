"""The formats of reports: one module a format, and nothing else."""
