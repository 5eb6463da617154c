"""Judges a transaction against the rule book: facts in, findings out; no database, no clock."""

from assistant.rules.book import RuleBook
from assistant.rules.finding import Finding, Request, Severity
from assistant.rules.lines import lines
from assistant.rules.rule import Stage
from assistant.rules.sentences import Told, finding
from store.model import Situation, Transaction

ORDER = {Severity.BLOCK: 0, Severity.APPROVE: 1, Severity.WARN: 2}


def gate(transaction: Transaction, situation: Situation, book: RuleBook, request: Request) -> tuple[Finding, ...]:
    """What keeps a transaction from being posted as told, blocks first; nothing when it may post.

    Called inside the lock that the posting is made in. What waits for approval is left out once another person with
    the role approved; what blocks stays. Raises RuleBroken when it cannot be judged: then nothing may post.
    """
    found: dict[tuple[str, str | None, str], Finding] = {}
    for line in lines(transaction, situation, book.policy, request):
        told = Told(line, transaction, situation, request, book.policy, book.speech)
        for rule in book.judge(Stage.GATE, transaction.kind, line):
            if rule.severity is Severity.APPROVE and request.approved:
                continue
            one = finding(rule, told)
            found.setdefault((one.rule, one.lot, one.say), one)
    return tuple(sorted(found.values(), key=lambda f: ORDER[f.severity]))
