"""The checks: one plain function a rule, in the module of its family, under the rule's name.

A function takes a node of its level and the :class:`~goalcheck.checks.facts.context.Context`, and yields findings
without words. It reads no file, no configuration and no language, and skips what another finding has already made
meaningless.
"""
