"""The channel put together: takes down, acknowledges, handles, sends, each by its own threads and started as one."""

import logging
import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Self

from slack_bolt import App

from assistant.channels.slack.cards import cards, sentences
from assistant.channels.slack.cards.home import Homes
from assistant.channels.slack.client import web_client
from assistant.channels.slack.installed import installed
from assistant.channels.slack.journal import LANES, Book, Taken
from assistant.channels.slack.people import People
from assistant.channels.slack.port import Floor
from assistant.channels.slack.receive import listeners
from assistant.channels.slack.receive.accounts import Accounts
from assistant.channels.slack.receive.acknowledgements import Acking
from assistant.channels.slack.receive.catch_up import catch_up
from assistant.channels.slack.receive.form_checks import FormChecks
from assistant.channels.slack.receive.listeners import Listeners
from assistant.channels.slack.receive.messages import Handling, Spot
from assistant.channels.slack.receive.recalls import Recalls
from assistant.channels.slack.receive.supervisors import Supervising
from assistant.channels.slack.send.card_updates import Settling
from assistant.channels.slack.send.queue import PACE, Outgoing

LOG = logging.getLogger(__name__)

TRIES: Final = 5
"""So often something is handled that fails for reasons of our own, before its author is told."""

LOOK: Final = 5.0
"""Seconds between two looks at what was decided elsewhere."""

KEPT: Final = 30 * 86400.0
"""Seconds that what was handled and sent is kept."""

TIDYING: Final = 3600.0
"""Seconds between two times that what is older is dropped."""

WITHOUT_MEMBER: Final = frozenset({"told", "member", "deleted", "home"})
"""What does nothing in anybody's name."""

SENDING: Final = 0.1

WAITING: Final = 1.0

STOPPING: Final = 20.0
"""Seconds that what is being done may take when the process ends; a server gives its processes thirty."""


@dataclass(slots=True)
class Channel:
    """One process's Slack channel."""

    book: Book
    app: App
    outgoing: Outgoing
    handling: Handling
    supervising: Supervising
    settling: Settling
    clock: Callable[[], float]
    wakened: threading.Event
    acks: ThreadPoolExecutor
    forms: ThreadPoolExecutor
    listeners: Listeners
    acking: Acking = field(default_factory=Acking)
    _process: int = 0
    _tidied: float = 0.0
    _checked: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _starting: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, floor: Floor, *, clock: Callable[[], float] = listeners.clock, pace: float = PACE) -> Self:
        """The channel of an assistant; nothing runs before `start`."""
        settings = floor.settings
        book, client, wakened = Book(settings.slack_file), web_client(settings), threading.Event()
        people = People(floor, book, clock)
        homes = Homes(floor, book, people, clock)
        settling = Settling(floor, book, people, homes, clock)
        handling = Handling(floor, book, people, settling, clock)
        checks = FormChecks(floor, book, people)
        recalls = Recalls(floor, people, settling, clock, handling, checks)
        accounts = Accounts(floor, people, handling, client, clock)
        supervising = Supervising(floor, book, people, settling, homes, handling, recalls, accounts)
        acks = ThreadPoolExecutor(listeners.LISTENERS, "slack-ack")
        forms = ThreadPoolExecutor(listeners.FORMS, "slack-form")
        taking = Listeners(settings, book, client, clock, wakened.set, forms, checks)
        app = listeners.bolt(taking, acks)
        outgoing = Outgoing(client, book, clock, pace)
        return cls(book, app, outgoing, handling, supervising, settling, clock, wakened, acks, forms, taking)

    def start(self) -> None:
        """Start the threads, once a process: what was left over from before is gone on with."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process == os.getpid():
                return
            self._stop.clear()
            self._threads = [threading.Thread(target=self._lane, args=(n,), daemon=True) for n in range(LANES)]
            self._threads += [threading.Thread(target=self._run, args=(job, pause), daemon=True) for job, pause in (
                (self._send, SENDING), (self._look, LOOK)
            )]  # fmt: skip
            for thread in self._threads:
                thread.start()
            self._process = os.getpid()

    def begin(self) -> bool:
        """Ask Slack how the app is installed and catch up with what it missed; False where Slack cannot say now."""
        client = self.outgoing.client
        return installed(client, self.book, self.clock()) and catch_up(client, self.book, self.listeners)

    def is_ours(self, team: object) -> bool:
        """Whether events of that workspace are for this app; any is before Slack has told which one is ours."""
        home = self.book.noted().get("team")
        return home is None or team == home[0]

    @property
    def started(self) -> bool:
        """Whether it was started in this process; one that was forked off has no threads."""
        return self._process == os.getpid()

    def stop(self) -> None:
        """Finish what is being done, for some seconds, and let go of everything; what is left stays on disk."""
        self._stop.set()
        self.wakened.set()
        end = time.monotonic() + STOPPING
        for thread in self._threads:
            thread.join(timeout=max(0.0, end - time.monotonic()))
        self._threads = []
        self.acks.shutdown(wait=True)
        self.forms.shutdown(wait=True)
        self.outgoing.close()
        self.book.close()

    def drain(self) -> int:
        """Handle everything that was taken down; how much it was."""
        done = 0
        for lane in range(LANES):
            while (taken := self.book.next(lane)) is not None:
                self.handle(taken)
                done += 1
        return done

    def handle(self, taken: Taken) -> None:
        """Handle one thing; what fails is tried again, and at last told to its author."""
        accounts = self.supervising.accounts
        kinds: dict[str, Callable[[Taken], Sequence[int]]] = {
            "said": self.supervising.said,
            "changed": self.handling.changed,
            "deleted": self.handling.deleted,
            "click": self.handling.click,
            "command": self.supervising.command,
            "recall": self.supervising.recalls.click,
            "form": self.supervising.form,
            "home": self.supervising.home,
            "told": self.handling.told,
            "reaction": self.handling.reacted,
            "member": accounts.changed,
        }
        try:
            refused = accounts.refusal(taken) if taken.kind not in WITHOUT_MEMBER else None
            if refused is not None:
                self._refuse(taken, refused)
            entries = kinds[taken.kind](taken) if refused is None else ()
            if taken.body.get("home"):
                self.supervising.homes.publish(taken.body["user"], taken.key)
        except Exception:
            LOG.exception("%s could not be handled", taken.key)
            if taken.tries + 1 < TRIES:
                self.book.failed(taken.id)
                return
            self._sorry(taken)
            entries = ()
        self.book.handled(taken.id, self.clock(), entries)

    def _refuse(self, taken: Taken, why: str) -> None:
        """Told where it can be seen, only to the one whom it is about, once for each message."""
        body = taken.body
        spot = Spot(body.get("channel") or body["user"], body.get("thread") or None)
        self.handling.whisper(taken.key, spot, body["user"], cards.note(why))

    def _sorry(self, taken: Taken) -> None:
        said = next((str(taken.body[k]) for k in ("text", "value", "command") if taken.body.get(k)), taken.kind)
        spot = Spot(taken.body.get("channel") or taken.body["user"], taken.body.get("thread") or taken.body.get("ts"))
        self.handling.tell(taken.key, spot, cards.note(sentences.FAILED.format(said=said[:200])), prefix="sorry")

    def _lane(self, lane: int) -> None:
        while not self._stop.is_set():
            try:
                taken = self.book.next(lane)
                if taken is not None:
                    self.acking.rest()
                    self.handle(taken)
                    self._stop.wait(min(2.0**taken.tries, 30) * random.random() if taken.tries else 0)  # noqa: S311
                    continue
            except Exception:
                LOG.exception("a lane stumbled")
                self._stop.wait(WAITING)
            self.wakened.clear()
            if self.book.next(lane) is None:
                self.wakened.wait(WAITING)

    def _run(self, job: Callable[[], None], pause: float) -> None:
        while not self._stop.wait(pause):
            try:
                job()
            except Exception:
                if not threading.main_thread().is_alive():  # the process is ending; the rest is done by the next
                    return
                LOG.exception("will be tried again")

    def _send(self) -> None:
        while not self._stop.is_set() and self.outgoing.round():
            pass

    def _look(self) -> None:
        if not self._checked:
            self._checked = self.begin()
        self.settling.refresh()
        now = self.clock()
        if now - self._tidied >= TIDYING:
            self._tidied = now
            self.book.forget(now - KEPT)
