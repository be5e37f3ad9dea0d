"""The home page: what the portal is for, and where to begin."""
