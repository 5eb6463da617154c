"""From settings to a wired assistant: the only place that knows concrete classes, and where tests put fakes in."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.assistant import Assistant
from assistant.conversation.hear import Conversation
from assistant.settings import Settings
from assistant.supervision.rule_book import Shelf
from assistant.views.vocabulary import PlantWords
from assistant.wording import sentences
from store.plant.files import read_plant
from store.session import Store


def bootstrap(settings: Settings, *, now: Callable[[], datetime] | None = None) -> Assistant:
    """A wired assistant. Nothing connects until it is used; the database has to be migrated."""
    with closing(Store(settings.database_url)) as first:
        zone = _zone(settings, first)
    store = Store(settings.database_url, timezone=zone.key)
    clock = now or (lambda: settings.now(zone))
    book = Shelf(settings.rules)
    plant_words = PlantWords()
    conversation = Conversation(
        store=store,
        vocabulary=plant_words,
        book=book,
        wording=sentences.load(),
        now=clock,
        zone=zone,
        confirm=settings.confirm,
    )
    return Assistant(settings, store, zone, book, plant_words, clock, conversation)


def _zone(settings: Settings, store: Store) -> ZoneInfo:
    """The time zone that is set, else the plant's own, else UTC."""
    if settings.timezone:
        return ZoneInfo(settings.timezone)
    named = store.run(lambda s: s.catalog.site.values.get("timezone", "UTC"), write=False)
    return ZoneInfo(named)


def plant_zone(settings: Settings, store: Store, folder: Path) -> ZoneInfo:
    """The time zone of a plant about to be loaded: set, in the books, or in the folder's site file."""
    if settings.timezone:
        return ZoneInfo(settings.timezone)
    known = store.run(lambda s: s.catalog.site.values.get("timezone"), write=False)
    if known is None:
        known = read_plant(folder, settings.today or datetime.now(UTC).date()).catalog.site.values.get("timezone")
    return ZoneInfo(known or "UTC")
