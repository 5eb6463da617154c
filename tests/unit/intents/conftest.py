"""The demo plant's names, indexed once for all unit tests of the parser."""

import pytest

from assistant.demo import PLANT
from assistant.intents import Vocabulary
from tests.corpus.plants import vocabulary_of


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return vocabulary_of(PLANT)
