"""What the map of a list stands on: the outlines of the territory's communes."""
