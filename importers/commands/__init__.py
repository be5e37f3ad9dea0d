"""The commands that bring lists in."""
