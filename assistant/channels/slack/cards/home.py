"""The app's home tab: for those who decide what is open and how the plant does, for workers their last reports."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from assistant.channels.slack.cards import cards, sentences
from assistant.channels.slack.journal import Book
from assistant.channels.slack.people import People
from assistant.channels.slack.port import DECIDERS, Floor, Person
from assistant.views.rows import WarningRow

RECENT: Final = timedelta(days=7)
"""Orders finished before that stand on no tab."""

LANE: Final = "home:"
"""Each person's tab is published in an order of its own."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Publishes home tabs. A tab is a copy of every card that it shows: when one is decided, it is published anew."""

    floor: Floor
    book: Book
    people: People
    clock: Callable[[], float]

    def publish(self, user: str, key: str) -> None:
        """Queue somebody's tab as it stands now, once for each key, in place of the one before."""
        person = self.people.who(user)
        if person is None:
            home = cards.stranger_home(sentences.UNKNOWN.format(user=user))
        elif person.role in DECIDERS:
            home = self._decider(person)
        else:
            home = self._worker(person)
        lane, about = f"{LANE}{user}", cards.decides(home)
        post = f"{lane}:{key}"
        if self.book.post(post, lane, "views.publish", {"user_id": user, "view": home}, self.clock(), about=about):
            self.book.replaces(post, lane, self.clock())

    def again(self, lane: str, key: str) -> None:
        """Publish the tab that went out in this lane once more, because something on it was decided."""
        self.publish(lane.removeprefix(LANE), key)

    def _decider(self, person: Person) -> Mapping[str, Any]:
        now = self.floor.now()
        entries = self.floor.entries(since=now.replace(hour=0, minute=0, second=0, microsecond=0))
        requests, warnings = self.floor.requests(), self._warnings()
        done = Counter(self.floor.done(e["kind"]) if e["reverses"] is None else sentences.UNDONE for e in entries)
        figures = sentences.FIGURES.format(
            entries=len(entries),
            people=len({e["by"] for e in entries}),
            requests=len(requests),
            warnings=len(warnings),
            done=", ".join(f"{count} {what}" for what, count in done.most_common()) or sentences.NOTHING_YET,
        )
        yields = self._yields()
        orders = [
            {**order, "yield": yields.get(order["number"], "")}
            for order in self.floor.orders()
            if order["status"] != "finished" or order["number"] in yields
        ]
        return cards.home(person.name, requests, warnings, orders, figures, self.people.names())

    def _warnings(self) -> Sequence[WarningRow]:
        """Open warnings that nobody has put aside."""
        found, now = self.floor.warnings(open_only=True), self.floor.now()
        until = {n: w["rests_until"] for n, w in self.floor.warned([w["id"] for w in found]).items()}
        return [w for w in found if (rests := until.get(w["id"])) is None or rests <= now]

    def _yields(self) -> Mapping[str, str]:
        """Each recent order's yield in percent, of its input furthest from the recipe; `!` where that is too far."""
        found = self.floor.figures("yields", self.floor.today() - RECENT)
        furthest: dict[str, Mapping[str, Any]] = {}
        for row in found.rows if found is not None else ():
            before = furthest.get(row["work_order"])
            if row["off_by_points"] is not None and (
                before is None or abs(row["off_by_points"]) > abs(before["off_by_points"])
            ):
                furthest[row["work_order"]] = row
        return {
            order: f"{row['yield_percent']:.1f} %{' !' if row['variance'] else ''}" for order, row in furthest.items()
        }

    def _worker(self, person: Person) -> Mapping[str, Any]:
        entries: Sequence[Mapping[str, Any]] = self.floor.entries(by=person.code, limit=cards.LISTED)
        undone = frozenset(int(e["reverses"]) for e in entries if e["reverses"] is not None)
        return cards.worker_home(person.name, entries, undone)
