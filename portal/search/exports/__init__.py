"""The whole list a search finds, for other programs: a table, points, news, dates."""
