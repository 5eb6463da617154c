"""The background process: delivers the outbox at least once, and does what is due by the clock.

Several may run at once. A message is leased to one of them and given to the next when that one died; a sink's next
message waits until its oldest is done, so that each sink keeps its order. What the clock calls for is idempotent by key
(warnings, seals, digests), so that no leader has to be elected.
"""

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from assistant import alerts
from assistant.bootstrap import Assistant
from assistant.channels.slack.sink import SlackSink
from assistant.sinks import Later, LogFile, Sink, Unwanted, Webhook
from store.errors import StoreError
from store.outbox import Message
from store.seals import digest, seal

LOG = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 300.0
"""Seconds between two tries at the most, however long a sink has been away."""

IDLE: Final = 0.5
"""Seconds between two looks at an empty outbox."""

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

    def deliver(self) -> int:
        """One round: the oldest due message of every sink; how many were tried."""
        store = self.assistant.store
        taken = store.run(lambda s: s.outbox.due(self.now()))
        for message in taken:
            self._send(message)
        return len(taken)

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
        else:
            store.run(lambda s: s.outbox.done(message.id, self.now(), receipt))

    def run(self) -> None:
        """Deliver until told to stop; a database that is away for a while is waited for."""
        while not self.stopping.is_set():
            try:
                busy = self.deliver()
            except StoreError as error:
                LOG.warning("%s", error)
                busy = 0
            if not busy:
                self.stopping.wait(IDLE)


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
    return assistant.store.run(lambda s: alerts.sweep(s, assistant.book(s), wording, now))


def close_shift(assistant: Assistant) -> str:
    """Queue the shift's digest."""
    now = assistant.now()
    wording = assistant.conversation.wording.on(now.date())
    return assistant.store.run(lambda s: alerts.digest(s, wording, now))


def close_day(assistant: Assistant) -> None:
    """Seal what was recorded and tell the supervisors the digest."""
    now = assistant.now()
    wording = assistant.conversation.wording.on(now.date())
    seal(assistant.store, now)
    last = digest(assistant.store)
    if last is not None:
        assistant.store.run(lambda s: alerts.tell_seal(s, wording, last, now))


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
