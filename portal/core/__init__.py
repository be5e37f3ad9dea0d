"""The ground every room stands on: database, changes, events, clock, errors, text, jobs."""
