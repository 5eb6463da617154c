"""The example sentences mean what they are examples of, on a plant that they were made for."""

from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.intents import parse
from assistant.settings import load
from assistant.wording.examples import examples
from store.model import Catalog
from store.session import Session
from tests.support.floor_day import MORNING, ZONE, Clock, demo_books


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The demo plant's assistant in the morning."""
    books = demo_books(tmp_path_factory.mktemp("examples") / "floor.db")
    return bootstrap(load(database_url=f"sqlite:///{books}", timezone=ZONE.key, today=None), now=Clock())


def test_each_example_is_read_as_its_intent_and_as_surely_as_a_report_must_be(assistant: Assistant) -> None:
    def read(session: Session) -> None:
        said = examples(session.catalog, session.ledger.stock(), session.orders.all(), MORNING.date())
        assert len(said) == 22
        vocabulary = assistant.words(session)
        for intent, sentence in said.items():
            reading = parse(sentence, vocabulary, MORNING.date(), now=MORNING, channel="console")
            assert [frame.intent for frame in reading.frames] == [intent], sentence
            assert reading.confidence >= reading.SURE, sentence
            assert not reading.unknown, sentence

    assistant.store.run(read, write=False)


def test_an_empty_plant_still_has_something_to_say() -> None:
    assert set(examples(Catalog({}, {}), [], [], date(2026, 11, 22))) == {"expiring", "mine", "undo"}


def test_no_example_uses_what_may_not_be_used(assistant: Assistant) -> None:
    def read(session: Session) -> None:
        held = [row for row in session.ledger.stock() if row.lot.on_hold]
        assert held
        said = examples(session.catalog, held, session.orders.all(), MORNING.date())
        assert set(said) == {"release", "expiring", "mine", "undo"}

    assistant.store.run(read, write=False)
