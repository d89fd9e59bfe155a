"""The empty warehouses of tests/warehouse."""

from tests.warehouse.conftest import empty_home, home, warehouse

__all__ = ["empty_home", "home", "warehouse"]
