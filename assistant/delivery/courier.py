"""The background process: delivers the outbox at least once, and does what is due by the clock.

Several may run at once. A message is leased to one of them and given to the next when that one died; a sink's next
message waits until its oldest is done, so that each sink keeps its order. Messages of several sinks are under way at a
time, so that one which hangs holds up no other. What the clock calls for is idempotent by key (warnings, seals,
digests), so that no leader has to be elected.
"""

import logging
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from assistant.assistant import Assistant
from assistant.channels.slack.send.sink import SlackSink
from assistant.delivery.sinks import Later, LogFile, Sink, Unwanted, Webhook
from assistant.supervision import digest, warnings
from store.desk.outbox import Message
from store.errors import StoreError
from store.proof import seals

LOG = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 300.0
"""Seconds between two tries at the most, however long a sink has been away."""

IDLE: Final = 0.5
"""Seconds between two looks at an empty outbox."""

LANES: Final = 8
"""So many messages, each of another sink, are under way at a time."""

TRIES: Final = 5
"""A message that a fault of ours keeps from being sent is set aside after so many tries."""

SWEEP_MINUTES: Final = 15


def sink_of(assistant: Assistant) -> Sink:
    """Where messages go: Slack where its token is set, else the webhook where one is set, else the log file."""
    settings = assistant.settings
    if settings.slack_bot_token:
        return SlackSink.of(assistant, Unwanted)
    if settings.webhook_url:
        return Webhook(settings.webhook_url, settings.webhook_secret)
    return LogFile(settings.messages_file)


@dataclass(slots=True)
class Courier:
    """Delivers what is due, one message of each sink at a time."""

    assistant: Assistant
    sink: Sink
    now: Callable[[], datetime]
    stopping: threading.Event = field(default_factory=threading.Event)
    _free: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _busy: dict[str, int] = field(default_factory=dict)
    _next: dict[str, Message] = field(default_factory=dict)

    def deliver(self) -> int:
        """One round, one after the other: the oldest due message of every sink; how many were tried."""
        taken = self.assistant.store.run(lambda s: s.outbox.due(self.now()))
        for message in taken:
            self._send(message)
        return len(taken)

    def run(self) -> None:
        """Deliver until told to stop, and finish what is under way; a database that is away is waited for."""
        with ThreadPoolExecutor(LANES, "courier") as lanes:
            while not self.stopping.is_set():
                self._free.clear()
                try:
                    begun = self._begin(lanes)
                except StoreError as error:
                    LOG.warning("%s", error)
                    begun = 0
                if not begun:
                    self._free.wait(IDLE)

    def _begin(self, lanes: ThreadPoolExecutor) -> int:
        """Take messages for the lanes that are free; how many were taken."""
        room = LANES - len(self._busy)
        taken = self.assistant.store.run(lambda s: s.outbox.due(self.now(), room)) if room else []
        for message in taken:
            with self._lock:
                under_way = self._busy.get(message.sink)
                if under_way is None:
                    self._busy[message.sink] = message.id
                    lanes.submit(self._carry, message)
                elif under_way != message.id:  # which is done, but its lane is not free yet
                    self._next[message.sink] = message
        return len(taken)

    def _carry(self, message: Message) -> None:
        """One message on its lane, and what came up for its sink meanwhile; the lane is free afterwards."""
        carried: Message | None = message
        while carried is not None:
            try:
                self._send(carried)
            except StoreError as error:
                LOG.warning("message %s is tried again: %s", carried.key, error)
            finally:
                with self._lock:
                    carried = self._next.pop(message.sink, None)
                    if carried is None:
                        del self._busy[message.sink]
                    else:
                        self._busy[message.sink] = carried.id
        self._free.set()

    def _send(self, message: Message) -> None:
        """Send one and note what came of it; the lease gives it to another if this process dies here."""
        store = self.assistant.store
        try:
            receipt = self.sink.send(message)
        except Unwanted as refused:
            why = str(refused)
            LOG.warning("message %s is set aside: %s", message.key, why)
            store.run(lambda s: s.outbox.failed(message.id, why, None))
        except (Later, OSError) as failed:
            why, again = str(failed), self.now() + timedelta(seconds=pause(message.attempts, failed))
            store.run(lambda s: s.outbox.failed(message.id, why, again))
        except Exception as ours:
            LOG.exception("message %s cannot be sent", message.key)
            why, last = f"{type(ours).__name__}: {ours}", message.attempts + 1 >= TRIES
            next_try = None if last else self.now() + timedelta(seconds=pause(message.attempts, ours))
            store.run(lambda s: s.outbox.failed(message.id, why, next_try))
        else:
            store.run(lambda s: s.outbox.done(message.id, self.now(), receipt))


def pause(attempts: int, failed: BaseException) -> float:
    """Seconds until the next try: what the other side asked for, else doubled with every try."""
    asked = getattr(failed, "seconds", None)
    if asked is not None:
        return max(0.0, min(float(asked), 3600.0))
    return float(min(2.0 ** min(attempts, 12), LONGEST_PAUSE))


def tick(assistant: Assistant) -> int:
    """Look for warnings, and close the requests that nobody decided; how many warnings are open."""
    now = assistant.now()
    wording = assistant.conversation.wording.on(now.date())
    return assistant.store.run(lambda s: warnings.sweep(s, assistant.book(s), wording, now))


def close_shift(assistant: Assistant) -> str:
    """Queue the shift's digest."""
    now = assistant.now()
    wording = assistant.conversation.wording.on(now.date())
    return assistant.store.run(lambda s: digest.digest(s, wording, now))


def close_day(assistant: Assistant) -> None:
    """Seal what was recorded and tell the supervisors the digest."""
    now = assistant.now()
    wording = assistant.conversation.wording.on(now.date())
    seals.seal(assistant.store, now)
    last = seals.digest(assistant.store)
    if last is not None:
        assistant.store.run(lambda s: digest.tell_seal(s, wording, last, now))


def work(assistant: Assistant, *, sink: Sink | None = None) -> None:
    """The background process, until SIGTERM or SIGINT; what it is sending then is finished first."""
    courier = Courier(assistant, sink or sink_of(assistant), assistant.now)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: courier.stopping.set())
    clock = BackgroundScheduler(timezone=assistant.zone)
    clock.add_job(tick, IntervalTrigger(minutes=SWEEP_MINUTES), [assistant], next_run_time=datetime.now(assistant.zone))
    clock.add_job(close_day, CronTrigger(hour=0, minute=10), [assistant])
    for hour in assistant.settings.shift_ends:
        clock.add_job(close_shift, CronTrigger(hour=hour), [assistant])
    clock.start()
    try:
        courier.run()
    finally:
        clock.shutdown(wait=True)
