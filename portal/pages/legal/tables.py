"""Every table of the house, whichever rooms the portal has opened: the register must forget none."""

from importlib import import_module
from pkgutil import walk_packages

import portal
from portal.core.database import Base


def _every_table() -> tuple[type[Base], ...]:
    for module in walk_packages(portal.__path__, f"{portal.__name__}."):
        if ".models" in module.name:
            import_module(module.name)
    return tuple(sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda each: each.__tablename__))


EVERY_TABLE = _every_table()
