"""GTFS and GTFS-Flex: the public timetables of transport networks as lines, stops and transports on demand.

feeds.py     which lists the files at a path are, and to which each row belongs
network.py   one feed put together from its files, the passages only when somebody asks
lines.py, stations.py, demand.py    the sheets: rows of routes.txt and stops.txt as records
"""
