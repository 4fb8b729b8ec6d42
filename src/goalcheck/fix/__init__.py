"""Applies fixes to a text, and sees to it that the sheet still says the same."""
