"""What waits for somebody: requests for approval, and warnings that nobody took care of."""

from assistant.conversation.answers.rows import few
from assistant.conversation.turn import Turn
from assistant.reports.report import Slots
from assistant.roles import may
from store.desk.approvals import Approval
from store.desk.warnings import Warning as Raised


def tell_open(turn: Turn, slots: Slots) -> None:
    """Requests that the speaker can decide or waits for, and open warnings; those of one place where one is named."""
    requests = _requests(turn) if "at" not in slots else []
    warnings = _warnings(turn, slots)
    if not requests and not warnings:
        if "at" in slots:
            turn.say("open-none-at", place=turn.wording.words.standing(turn.catalog, str(slots["at"])))
        else:
            turn.say("open-none")
    if requests:

        def request(one: Approval) -> str:
            return turn.wording.part("open-request", number=one.number, say=turn.wording.plain(one.body["say"]).eye)

        turn.say("open-requests", requests=few(turn, requests, request))
    if warnings:

        def warning(one: Raised) -> str:
            return turn.wording.part("open-warning", number=one.id, say=turn.wording.plain(one.say).eye)

        turn.say("open-warnings", warnings=few(turn, warnings, warning))
    turn.lots |= dict.fromkeys(w.lot for w in warnings if w.lot)


def _requests(turn: Turn) -> list[Approval]:
    """Those that this person may decide, or asked for."""
    decides = may(turn.person.role, "approve")
    return [r for r in turn.session.approvals.pending(turn.now) if decides or r.asked_by == turn.person.code]


def _warnings(turn: Turn, slots: Slots) -> list[Raised]:
    """Those that nobody took care of or put aside."""
    within = turn.catalog.within(str(slots["at"])) if "at" in slots else None
    return [
        w
        for w in turn.session.warnings.list(open_only=True)
        if w.acknowledged_by is None and not w.resting(turn.now) and (within is None or w.place in within)
    ]
