"""Openings: what they are made of, when they hold, how they are read and written. Pure values, no database."""
