"""The rule catalogue as package data: records, names and words in TOML, no code; read by
:mod:`goalcheck.catalogue.load` and :mod:`goalcheck.vocabulary`."""
