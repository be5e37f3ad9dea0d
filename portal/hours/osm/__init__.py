"""OpenStreetMap's `opening_hours`: an exchange format read and written, never the model."""

from portal.hours.osm.reader import read_osm
from portal.hours.osm.writer import Written, write_osm

__all__ = ["Written", "read_osm", "write_osm"]
