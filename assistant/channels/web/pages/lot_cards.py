"""What stands beside the conversation: what it posted, blocked and asked, and the stock of the lots concerned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.assistant import Assistant
from assistant.channels.web.transcripts import Turn

_LOTS: Final = 8


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that a turn did; `kind` is posted, blocked, asked, question or warned."""

    kind: str
    entry: Mapping[str, Any] | None = None
    rule: str = ""
    say: str = ""
    number: int | None = None
    request: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """The cards of the latest turn that has any, those of earlier ones (newest first), totals, lots and their stock.

    `without` are those of the lots that stand in no place now.
    """

    latest: Sequence[Card]
    earlier: Sequence[Card]
    totals: Mapping[str, int]
    lots: Sequence[str]
    stock: Sequence[Mapping[str, Any]]
    without: Sequence[str]


def beside(assistant: Assistant, turns: Sequence[Turn]) -> Beside:
    """Reads what stands beside a conversation of these turns, oldest first."""
    waiting = {request["number"]: request for request in assistant.requests()} if _asked(turns) else {}
    per_turn = [cards for turn in turns if (cards := _cards(turn, waiting, last=turn is turns[-1]))]
    earlier = [card for cards in reversed(per_turn[:-1]) for card in cards]
    latest = per_turn[-1] if per_turn else []
    lots = _lots(turns)
    stock = assistant.stock(lots=lots, wip=True) if lots else ()
    held = {row["lot"] for row in stock}
    return Beside(
        latest=latest,
        earlier=earlier,
        totals={
            kind: sum(c.kind == kind for c in (*latest, *earlier)) for kind in ("posted", "blocked", "asked", "warned")
        },
        lots=lots,
        stock=stock,
        without=[lot for lot in lots if lot not in held],
    )


def _asked(turns: Iterable[Turn]) -> bool:
    return any(turn.reply.requests for turn in turns)


def _cards(turn: Turn, waiting: Mapping[int, Mapping[str, Any]], *, last: bool) -> list[Card]:
    reply = turn.reply
    cards = [Card("blocked", rule=blocked.rule, say=blocked.say) for blocked in reply.blocked]
    cards += [Card("asked", number=number, request=waiting.get(number)) for number in reply.requests]
    if last and reply.asking:
        cards.append(Card("question", say=reply.asking))
    cards += [Card("posted", entry=entry, number=entry["number"]) for entry in reply.entries]
    cards += [Card("warned", rule=warned.rule, say=warned.say) for warned in reply.warnings]
    return cards


def _lots(turns: Sequence[Turn]) -> list[str]:
    """The lots that the latest turns were about, most recent first."""
    named: dict[str, None] = {}
    for turn in reversed(turns):
        for lot in (*turn.reply.lots, *(lot for entry in turn.reply.entries for lot in entry["lots"])):
            named.setdefault(lot)
        if len(named) >= _LOTS:
            break
    return list(named)[:_LOTS]
