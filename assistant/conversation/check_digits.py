"""Proves a place by the digits on its label: two strikes, then a supervisor."""

from dataclasses import replace

from assistant.conversation.outcomes import Declined, Waits
from assistant.conversation.turn import Turn
from assistant.reports.draft import Ask
from assistant.reports.report import Report
from assistant.wording import names

STRIKES = 2


def prove_place(turn: Turn, report: Report) -> Report | Waits | Declined:
    """Where policy asks for it, the label's digits prove the place; the second wrong answer is told to a supervisor.

    Gives the report back with the places that are proved now, or what it waits for, or why it is refused.
    """
    for slot in ("from", "at", "to"):
        code = str(report.slots.get(slot, ""))
        place = turn.catalog.places.get(code)
        if place is None or not place.check_digits or code in report.accepted:
            continue
        if not _proved_by_label(turn, code):
            continue
        called = names.place(turn.catalog, code)
        answer = report.slots.get("check")
        asked = {k: v for k, v in report.slots.items() if k != "check"}
        if answer is None:
            return Waits(report, Ask(report, "check", "which-check", {"place": called}))
        if str(answer) == place.check_digits:
            report = replace(report, slots=asked, accepted=(*report.accepted, code), strikes=0)
            continue
        if report.strikes + 1 >= STRIKES:
            turn.tell("supervisors", "check", turn.wording.say("tell-check", who=turn.person.name, place=called))
            return Declined(report, "check-digits", turn.wording.say("check-failed", place=called))
        again = replace(report, slots=asked, strikes=report.strikes + 1)
        return Waits(again, Ask(again, "check", "wrong-check", {"place": called}))
    return report


def _proved_by_label(turn: Turn, code: str) -> bool:
    """Whether policy asks for the check digits of this place on this channel."""
    around = [code]
    while parent := turn.catalog.places[around[-1]].parent:
        around.append(parent)
    policy = turn.book.policy.text("check_digits", places=around)
    return policy == "always" or (policy == "voice" and turn.said.channel == "voice")
