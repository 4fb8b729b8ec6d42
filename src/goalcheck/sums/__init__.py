"""Every sum of a sheet with its terms, as people read it."""
