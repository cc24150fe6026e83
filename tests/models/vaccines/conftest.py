from pathlib import Path

import pytest

from models.vaccines.catalogue import Catalogue

DATA = Path(__file__).parents[3] / "resources" / "vaccines"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(DATA)
