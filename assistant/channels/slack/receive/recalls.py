"""Recalls from Slack: begun by a form, held and finished by a click, and kept in the books."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.channels.slack.cards import cards, sentences
from assistant.channels.slack.journal import Taken
from assistant.channels.slack.people import People
from assistant.channels.slack.port import Floor, Person
from assistant.channels.slack.receive import forms
from assistant.channels.slack.receive.form_checks import FormChecks
from assistant.channels.slack.receive.messages import Handling, Spot
from assistant.channels.slack.send.card_updates import Settling, moment
from assistant.messages import Blocked
from assistant.views.rows import RecallRow

RUNNING: Final = "recall-running"
"""The rule by which a recall that runs is not begun again."""


@dataclass(frozen=True, slots=True)
class Recalls:
    """Handles the form and the buttons of a recall; who may is judged by the assistant."""

    floor: Floor
    people: People
    settling: Settling
    clock: Callable[[], float]
    handling: Handling
    checks: FormChecks

    def start(self, taken: Taken, person: Person, fields: Mapping[str, str], spot: Spot) -> None:
        """Begin it, and tell the supervisors what it reached, with its workbooks."""
        lot, real = self.checks.lot(fields["lot"]), fields["kind"] == forms.REAL
        if lot is None:
            self.handling.tell(taken.key, spot, cards.note(sentences.NO_LOT.format(lot=fields["lot"])))
            return
        kept = self.floor.start_recall(lot, by=person.code, real=real, reason=fields["reason"])
        if isinstance(kept, Blocked):
            ours = self._begun(lot, person, fields["reason"], real=real) if kept.rule == RUNNING else None
            if ours is None:
                self.handling.tell(taken.key, spot, cards.note(kept.say))
                return
            kept = ours
        found, workbooks = self.floor.recall(lot), self.floor.recall_workbooks(lot)
        home = self.floor.settings.slack_channels.get("supervisors")
        told = Spot(home) if home else spot
        if found is not None and workbooks is not None:
            self.handling.tell(taken.key, told, cards.recall(found, kept, person.name, with_files=True))
            for name, content in workbooks.items():
                self.handling.file(taken.key, told, f"recall {lot} {name}", content)
        if told.channel != spot.channel:
            say = sentences.RECALL_BEGUN.format(number=kept["number"], lot=lot)
            self.handling.tell(taken.key, spot, cards.note(say), prefix="begun")

    def _begun(self, lot: str, person: Person, reason: str, *, real: bool) -> RecallRow | None:
        """The running recall that this form began, where we were stopped between the books and the answer."""
        wanted = ("real" if real else "mock", lot, person.code, reason or None)
        for row in self.floor.recalls():
            if row["finished"] is None and (row["kind"], row["lot"], row["by"], row["reason"] or None) == wanted:
                return row
        return None

    def click(self, taken: Taken) -> Sequence[int]:
        """Hold all that it reached, or stop its clock."""
        body = taken.body
        number, user = int(body["value"]), body["user"]
        spot = Spot(body["channel"], body["thread"] or body["ts"]) if body["channel"] else Spot(user)
        person = self.people.who(user)
        row = next((row for row in self.floor.recalls() if row["number"] == number), None)
        if person is None or row is None:
            self.handling.tell(taken.key, spot, cards.note(sentences.UNKNOWN.format(user=user)))
            return ()
        if body["action"] == "recall-finish":
            return self._finish(taken, person, number, spot)
        done = self.floor.hold_reached(
            row["lot"], by=person.code, channel="slack", reason=row["reason"] or "", also=row["also"]
        )
        if isinstance(done, Blocked):
            self.handling.tell(taken.key, spot, cards.note(done.say))
            return ()
        how = sentences.HELD.format(name=person.name, when=moment(self.floor.now()), lots=len(done["held"]))
        self.settling.settle(f"recall-hold:{number}", how)
        self.handling.tell(taken.key, spot, cards.note(done["say"]))
        return [entry["number"] for entry in done["entries"]]

    def _finish(self, taken: Taken, person: Person, number: int, spot: Spot) -> Sequence[int]:
        done = self.floor.finish_recall(number, by=person.code)
        if isinstance(done, Blocked):
            self.handling.tell(taken.key, spot, cards.note(done.say))
        self.settling.refresh()
        return ()
