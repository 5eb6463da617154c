"""Judges a transaction against the rule book: facts in, findings out; no database, no clock."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.rules.book.book import RuleBook
from assistant.rules.finding import Finding, Request, Severity
from assistant.rules.gate.lookup import lines
from assistant.rules.gate.sentences import Told, finding
from assistant.rules.phrases.telling import Telling
from assistant.rules.rule import TIMED, Stage
from assistant.rules.sums.netting import places_around
from assistant.rules.sweep.lookup import lot_facts, order_facts, person_facts, place_facts, supplier_facts
from assistant.rules.sweep.plant_view import PlantView
from assistant.rules.sweep.sentences import Noticed, notice, viewed
from assistant.rules.watch.lookup import outcomes
from assistant.rules.watch.sentences import Seen, warning
from store.model import Situation, Transaction

ORDER: Final = {Severity.BLOCK: 0, Severity.APPROVE: 1, Severity.WARN: 2}


def objections(transaction: Transaction, situation: Situation, book: RuleBook, request: Request) -> tuple[Finding, ...]:
    """What keeps a transaction from being posted as told, blocks first; nothing when it may post.

    Called inside the lock that the posting is made in. What waits for approval is left out once another person with
    the role approved; what blocks stays. Raises RuleBroken when it cannot be judged: then nothing may post.
    """
    telling = Telling(situation, book.policy, book.speech)
    found: list[Finding] = []
    for line in lines(transaction, situation, book.policy, request):
        told = Told(line, transaction, request, telling)
        around = places_around(situation.catalog, line.place)
        judged = (book.in_force(r, line.product, around) for r in book.judge(Stage.GATE, transaction.kind, line))
        found += (
            finding(rule, told) for rule in judged if not (rule.severity is Severity.APPROVE and request.approved)
        )
    return tuple(sorted(_once(found), key=lambda f: ORDER[f.severity]))


def remarks(transaction: Transaction, before: Situation, after: Situation, book: RuleBook) -> tuple[Finding, ...]:
    """What deserves a look about a transaction that posted.

    `before` is the situation it was judged in, `after` the one it left, of the same lots and orders at least. Raises
    RuleBroken when it cannot be judged.
    """
    telling = Telling(after, book.policy, book.speech)
    found: list[Finding] = []
    for outcome in outcomes(transaction, before, after, book.policy):
        seen = Seen(outcome, transaction, before, telling)
        found += (warning(rule, seen) for rule in book.judge(Stage.WATCH, transaction.kind, outcome))
    return tuple(_once(found))


def _once(found: Iterable[Finding]) -> Iterable[Finding]:
    """The same sentence about the same lot once, the first of them."""
    told: dict[tuple[str, str | None, str], Finding] = {}
    for one in found:
        told.setdefault((one.rule, one.lot, one.say), one)
    return told.values()


def alarms(view: PlantView, book: RuleBook) -> tuple[Finding, ...]:
    """What deserves a look in the plant as it stands, whoever reported last.

    Raises RuleBroken when it cannot be judged; what was open before stays open then.
    """
    telling = Telling(viewed(view), book.policy, book.speech)
    facts: dict[Stage, Iterator[object]] = {
        Stage.LOT: lot_facts(view, book.policy),
        Stage.PLACE: place_facts(view, book.policy),
        Stage.ORDER: order_facts(view, book.policy),
        Stage.SUPPLIER: supplier_facts(view, book.policy),
        Stage.PERSON: person_facts(view, book.policy),
    }
    return tuple(
        notice(rule, Noticed(fact, view, telling))
        for stage, found in facts.items()
        for fact in found
        for rule in book.judge(stage, TIMED, fact)
    )
