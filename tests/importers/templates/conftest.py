"""What the tests of templates stand on: the desk that imports lists."""

from tests.importers.sources.conftest import desk, postgresql_shelf, sqlite_shelf

__all__ = ["desk", "postgresql_shelf", "sqlite_shelf"]
