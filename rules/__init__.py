"""The rule catalogue as package data: records in TOML, no code; read by :mod:`goalcheck.rule`."""
