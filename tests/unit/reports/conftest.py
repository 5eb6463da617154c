"""What a proposal is made from: the demo plant's situation, read from its books."""

from collections.abc import Callable

import pytest

from assistant.reports.draft import Ask, Refuse, Speaker, Surroundings
from assistant.reports.proposal import Proposal, propose
from assistant.reports.report import Report
from store.model import OrderStatus
from store.session import Session, Store
from tests.support.floor_day import MORNING, ZONE, demo_books

Propose = Callable[..., Proposal | Ask | Refuse]


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    """The whole demo plant in the morning."""
    store = Store(f"sqlite:///{demo_books(tmp_path_factory.mktemp('reports') / 'floor.db')}", timezone=ZONE.key)

    def read(session: Session) -> Surroundings:
        codes = {row.lot.code for row in session.ledger.stock()}
        orders = session.orders.all()
        situation = session.situation(codes, [o.number for o in orders], MORNING, MORNING.date(), lock=False)
        waiting = tuple(o for o in orders if o.status is not OrderStatus.FINISHED)
        senders = {"R-ROM": ("GVF",), "R-TOM": ("RIO", "GVF")}
        return Surroundings(situation, waiting, senders, frozenset({"K1122"}))

    found = store.run(read, write=False)
    store.close()
    return found


@pytest.fixture
def proposing(surroundings: Surroundings) -> Propose:
    """What becomes of a report of an intent with these slots."""

    def made(intent: str, *, hears_back: bool = False, **slots: object) -> Proposal | Ask | Refuse:
        report = Report(intent, {name.rstrip("_"): value for name, value in slots.items()}, "said")
        return propose(report, surroundings, Speaker("maria", "slack", "k1", hears_back=hears_back))

    return made
