"""The house: every room of the portal, from the database to the pages."""
