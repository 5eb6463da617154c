"""One turn: who said what, with what it reads from the books, and what it gathers for the answer."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from assistant.conversation.state import Posted
from assistant.intents import Vocabulary
from assistant.messages import Blocked, Reply, Table, Utterance, Warned
from assistant.reports.readback import Narrator
from assistant.reports.report import Report
from assistant.rules import Finding, RuleBook
from assistant.supervision.enter import Entrance
from assistant.views import json_shapes
from assistant.wording.examples import examples
from assistant.wording.sentences import SILENT, Said, Wording
from store.model import Catalog, Entry, Person
from store.session import Session

EXAMPLES = ("move", "consume", "produce", "receive", "ship", "where", "expiring", "undo")
"""What help offers to say."""


@dataclass(slots=True)
class Turn:
    """Everything one utterance needs, inside its one database transaction.

    `posted` are the reports that it put into the books; `settled` counts those that it judged, so that each has a key
    of its own. `counting` are the counts that are still open: what they will find is not given away.
    """

    session: Session
    said: Utterance
    person: Person
    now: datetime
    zone: ZoneInfo
    book: RuleBook
    wording: Wording
    vocabulary: Vocabulary
    confirming: bool
    key: str = ""
    says: list[Said] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    lots: dict[str, None] = field(default_factory=dict)
    table: Table | None = None
    posted: list[Posted] = field(default_factory=list)
    settled: int = 0
    counting: tuple[Report, ...] = ()

    def __post_init__(self) -> None:
        """A turn without an id of its own gets one, so that its entries have keys."""
        self.key = f"{self.said.channel}:{self.said.id or uuid4().hex}"

    @property
    def today(self) -> date:
        """The plant's day."""
        return self.now.date()

    @property
    def catalog(self) -> Catalog:
        """The plant's master data."""
        return self.session.catalog

    @property
    def entrance(self) -> Entrance:
        """The way into the ledger."""
        return Entrance(self.session, self.book, self.wording, self.now)

    @property
    def narrator(self) -> Narrator:
        """Sentences about entries, with this plant's names."""
        return Narrator(self.wording, self.catalog)

    def say(self, key: str, **values: Any) -> None:  # noqa: ANN401 - whatever the template names
        """Add a sentence to the answer."""
        self.says.append(self.wording.say(key, **values))

    def refuse(self, rule: str, sentence: Said) -> None:
        """Something was refused: it stands in the answer and in `blocked`."""
        self.says.append(sentence)
        self.blocked.append(Blocked(rule, sentence.eye))

    def warn(self, finding: Finding) -> None:
        """Something posted that deserves a look; its warning is open already."""
        self.says.append(self.wording.plain(finding.say))
        self.warnings.append(Warned(finding.rule, finding.lot, finding.say))

    def tell(self, sink: str, key: str, sentence: Said, **about: int | str) -> None:
        """Tell people who are not in this conversation, through the outbox; `about` is what they can decide on."""
        body = {"say": sentence.eye, "by": self.person.code, **about}
        self.session.outbox.queue(sink=sink, key=f"{self.key}:{key}", body=body, at=self.now)

    def examples(self) -> list[str]:
        """A few things that can be said, about what really stands in this plant."""
        said = examples(self.catalog, self.session.ledger.stock(), self.session.orders.all(), self.today)
        return [said[intent] for intent in EXAMPLES if intent in said]

    def reply(self, question: Said = SILENT, asking: str | None = None, options: tuple[str, ...] = ()) -> Reply:
        """Everything that was gathered, as the answer."""
        whole = SILENT
        for sentence in (*self.says, question):
            whole += sentence
        named = dict.fromkeys([*self.lots, *(lot for e in self.entries for lot in e.transaction.lots)])
        return Reply(
            say=whole.eye,
            spoken=whole.ear,
            asking=asking,
            options=options,
            entries=tuple(json_shapes.entry(e, self.zone) for e in self.entries),
            blocked=tuple(self.blocked),
            requests=tuple(self.requests),
            warnings=tuple(self.warnings),
            lots=tuple(named),
            table=self.table,
        )
