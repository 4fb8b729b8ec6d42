"""Findings in, the mended text out."""
