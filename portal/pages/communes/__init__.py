"""The page of a commune of the territory: its mairie, what is there, what passes, who is competent."""
