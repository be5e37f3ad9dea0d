"""Pages that compose the rooms below: one folder per subject, put together in `site.py`."""
