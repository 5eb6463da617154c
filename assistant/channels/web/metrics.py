"""What a plant's monitoring reads: how many turns came to what, how long they took, and whether the books answer."""

from collections.abc import Iterable
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from assistant.assistant import Assistant
from assistant.channels.web.transcripts import outcome
from assistant.messages import Reply, Utterance
from store.errors import StoreError

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _Books(Collector):
    """Read at the moment of the scrape: whether the books answer, and how many entries they hold."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("floor_up", "1 where the books can be read.")
        try:
            health = self._assistant.health()
        except (StoreError, SQLAlchemyError):
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        entries = GaugeMetricFamily("floor_entries", "Entries in the books.")
        entries.add_metric([], health["entries"])
        yield entries


class Metrics:
    """The figures of one server process."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "floor_turns",
            "Utterances answered, by channel and outcome.",
            ["channel", "outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "floor_turn_seconds",
            "Seconds to answer one utterance.",
            ["channel"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_Books(assistant))

    def hear(self, said: Utterance) -> Reply:
        """Lets the assistant hear an utterance and counts what came of it; a failure counts as `failed`."""
        began = perf_counter()
        came = "failed"
        try:
            reply = self._assistant.hear(said)
            came = outcome(reply)
        finally:
            self._seconds.labels(said.channel).observe(perf_counter() - began)
            self._turns.labels(said.channel, came).inc()
        return reply

    def text(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)
