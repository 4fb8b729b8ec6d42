"""Runs the rules of a plan over an input and gives the result."""
