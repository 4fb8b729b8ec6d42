"""What touches the disk: inputs, TOML files of the user's, paths, files that are written, compiled tables."""
