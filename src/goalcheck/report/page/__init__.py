"""The page that ``--format html`` writes: its data, its code and its looks, put together by :mod:`assembly`.

    result ─▶ details.py (one file: findings, table, sums) ─┐
              listing.py (one file in the list of files)    ├─▶ assembly.py ─▶ one file of HTML
    template.html  *.css  *.mjs  messages/page.toml ────────┘

The data is that of ``--format json`` with what it takes to draw the sheet. The ``*.mjs`` are plain ES modules that know
no rule and no words; any page that holds the same data may use them.
"""
