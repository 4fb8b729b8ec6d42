"""Taxonomies: codes, labels and parents of the indicator classes, one TOML file each."""
