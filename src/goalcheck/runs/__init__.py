"""Checks many inputs, in one process or several, and holds their findings against a baseline."""
