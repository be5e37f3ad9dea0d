"""The story of the tables, in numbered steps; run by `schema.py`, from a checkout or a wheel."""
