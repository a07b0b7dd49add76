"""The built book and its readers, as the engine's own tests have them."""

from tests.explorable.conftest import reader, site

__all__ = ["reader", "site"]
