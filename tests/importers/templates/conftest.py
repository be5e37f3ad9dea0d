"""What the tests of templates stand on: the desk that imports lists."""

from tests.importers.sources.conftest import desk

__all__ = ["desk"]
