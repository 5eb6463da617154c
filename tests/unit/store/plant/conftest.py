"""The smallest plant as files."""

from pathlib import Path

import pytest

from tests.support.plant_folder import LOCATIONS, PRODUCTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The smallest plant: two products, two places."""
    (tmp_path / "products.csv").write_text(PRODUCTS)
    (tmp_path / "locations.csv").write_text(LOCATIONS)
    return tmp_path
