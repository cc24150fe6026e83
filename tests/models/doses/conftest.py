"""A puskesmas on each of the two databases."""

import pytest

from models.records.database import Database
from tests.models.conftest import AllRights

from .scene import Clinic


@pytest.fixture
def clinic(database: Database, actor: AllRights) -> Clinic:
    return Clinic(database, actor)
