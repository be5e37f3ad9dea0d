"""The heart: structures, places, services, access points, tours."""
