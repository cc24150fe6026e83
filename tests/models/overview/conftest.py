"""A puskesmas on each of the two databases."""

from pathlib import Path

import pytest

from models.places.regions import Regions
from models.records.database import Database
from tests.models.conftest import AllRights
from tests.models.doses.scene import Clinic


@pytest.fixture
def clinic(database: Database, actor: AllRights) -> Clinic:
    return Clinic(database, actor)


@pytest.fixture(scope="session")
def regions() -> Regions:
    return Regions.load(Path(__file__).parents[3] / "resources" / "regions.zip")
