"""Sheets: the pages of services, places, structures and tours, and the other shapes in which they can be taken away."""
