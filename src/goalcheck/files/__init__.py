"""All that touches the disk: finding and reading inputs, the user's TOML files, writing at once, compiled tables."""
