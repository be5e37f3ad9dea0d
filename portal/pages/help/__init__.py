"""How to search, and what the acronyms mean."""
