"""What the user asks for: from the command line and ``goalcheck.toml`` to the plan that each input is checked under.

    command line ──────────────────────────────────────▶ Setups.of(input) ─▶ Setup: plan, fail-on, encoding
    goalcheck.toml ─▶ layers, itself and what it extends ─▶ Configuration ──┘
    (layers.py)       (merge.py)

What a file can say stands in one table, ``keys.py``: shapes to check it by (``shapes.py``), the commented file
(``template.py``) and the JSON Schema (``schema.py``) are made of it.

A run without a configuration file reads :mod:`~goalcheck.config.selection` and :mod:`~goalcheck.config.setups` alone.
"""
