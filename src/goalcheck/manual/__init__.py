"""The manual of the rules: pages for people, for a terminal and for SARIF."""
