"""The three Lark grammars of goalcheck, as package data; read by :mod:`goalcheck.parse` alone."""
