"""What is checked, as data: rules with their examples, taxonomies, word lists."""
