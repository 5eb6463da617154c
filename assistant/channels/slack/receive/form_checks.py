"""What is wrong with a form before it is taken down: who may not open it, and which of its fields is at fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.channels.slack.cards import cards, sentences
from assistant.channels.slack.journal import Book
from assistant.channels.slack.people import People
from assistant.channels.slack.port import Floor
from assistant.channels.slack.receive import forms
from assistant.channels.slack.send.card_updates import decided
from assistant.roles import may


@dataclass(frozen=True, slots=True)
class FormChecks:
    """Looks at the plant before a form opens and before it is acknowledged; changes nothing."""

    floor: Floor
    book: Book
    people: People

    def refusal(self, user: str, form: str, about: Mapping[str, str]) -> str | None:
        """Why this member gets no such form; None where they do."""
        person = self.people.who(user)
        if person is None:
            return sentences.UNKNOWN.format(user=user)
        if form == "recall":
            return None if may(person.role, "recall") else sentences.DECIDERS_ONLY
        if form == "correct":
            return None if self.book.asking(user) == about.get("about") else sentences.CLOSED
        if not may(person.role, "approve"):
            return sentences.DECIDERS_ONLY
        found = self.floor.request(int(about["number"]))
        if found is not None and found["asked_by"] == person.code:
            return sentences.OWN_REQUEST.format(number=about["number"])
        return self._decided(about["number"])

    def form(self, form: str, about: Mapping[str, str]) -> dict[str, Any]:
        """The form itself, with what is decided on in sight."""
        if form == "recall":
            return forms.recall(about.get("lot", ""), {"channel": about.get("channel", "")})
        if form == "correct":
            return forms.correction(about)
        found = self.floor.request(int(about["number"]))
        return forms.note(about, cards.request_lines(found, self.people.names()) if found is not None else "")

    def faults(self, user: str, form: str, about: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with what was filled in, by field; a form that may not be sent at all has it at its first."""
        refused = self.refusal(user, form, about)
        if refused is not None:
            return {next(iter(fields)): refused}
        found = {name: sentences.EMPTY for name, value in fields.items() if not value and name != "note"}
        if form == "note" and about["decision"] == "approve" and not fields["note"]:
            found["note"] = sentences.EMPTY
        if form == "recall" and fields["lot"] and self.lot(fields["lot"]) is None:
            found["lot"] = sentences.NO_LOT.format(lot=fields["lot"])
        return found

    def lot(self, typed: str) -> str | None:
        """The plant's code of a lot that was typed into a field; None for one that it does not know."""
        codes = dict.fromkeys((typed, typed.upper(), "".join(typed.upper().split())))
        return next((code for code in codes if self.floor.lot(code) is not None), None)

    def _decided(self, number: str) -> str | None:
        found = self.floor.request(int(number))
        if found is None:
            return sentences.NO_REQUEST.format(number=number)
        return None if found["status"] == "open" else decided(found, self.people.names())
