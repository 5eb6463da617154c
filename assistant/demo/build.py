"""Builds the demo plant in a database of its own."""

import socket
from pathlib import Path

import click

from assistant.bootstrap import bootstrap, plant_zone
from assistant.demo import PLANT
from assistant.serve import Server
from assistant.settings import Settings, load
from store.plant.loading import Progress
from store.plant.loading import load as load_plant
from store.session import Store


def demo_settings(database: Path) -> Settings:
    """The settings of a demo plant in a SQLite file; the folder is made."""
    database.parent.mkdir(parents=True, exist_ok=True)
    return load(database_url=f"sqlite:///{database}", demo=True)


def serve_demo(settings: Settings, database: Path, port: int | None) -> None:
    """Serve the demo plant that is built, on the port or the first free one, and tell the addresses."""
    found = free_port(settings.host, settings.port) if port is None else port
    assistant = bootstrap(settings)
    address = f"http://{settings.host}:{found}/"
    click.echo(f"The demo plant is in {database}. Console: {address}, headset: {address}headset  (Ctrl-C stops it)")
    Server(assistant, settings.host, found).run()


def build_demo(settings: Settings, hour: int | None = None, progress: Progress | None = None) -> None:
    """The demo plant in its database, loaded once: a second start finds it as it was left.

    It is recorded now, or on the hour of the day that is given.
    """
    store = Store(settings.database_url)
    store.migrate()
    if not store.run(lambda s: bool(s.catalog.products), write=False):
        zone = plant_zone(settings, store, PLANT)
        store.close()
        store, now = Store(settings.database_url, timezone=zone.key), settings.now(zone)
        if hour is not None:
            now = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        load_plant(store, PLANT, now.date(), now, progress)
    store.close()


def free_port(host: str, first: int, tries: int = 50) -> int:
    """The first port from `first` on that nobody uses."""
    for port in range(first, first + tries):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return 0
