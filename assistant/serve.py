"""Web processes: the plant's, behind gunicorn, and the demo's, which builds its plant first."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.slack import http as slack
from assistant.channels.slack.channel import Channel
from assistant.channels.web import create_app, headset
from assistant.settings import Settings

THREADS = 48
"""Threads of the one worker: a voice stream holds one for its life, pages need some beside it."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with one worker and many threads, so that a model and a session live in one process.

    What runs beside the requests (the Slack channel) is started in the worker and stopped with it; no connection to the
    books is carried from the master into a worker.
    """

    def __init__(self, assistant: Assistant, host: str, port: int) -> None:
        self.assistant = assistant
        self.app = application(assistant)
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """What the command line says, nothing from files."""
        self.cfg.set("bind", self.bind)
        self.cfg.set("workers", 1)
        self.cfg.set("threads", THREADS)
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("loglevel", "warning")
        self.cfg.set("pre_fork", self._let_go)
        self.cfg.set("post_worker_init", self._begin)
        self.cfg.set("worker_exit", self._end)
        self.cfg.set("control_socket_disable", value=True) if "control_socket_disable" in self.cfg.settings else None

    def load(self) -> Callable[..., Any]:
        """The application."""
        return self.app

    def _let_go(self, _arbiter: object, _worker: object) -> None:
        """In the master, before each fork: a connection that two processes share breaks in both."""
        self.assistant.store.close()

    def _begin(self, _worker: object) -> None:
        """In the worker: what an earlier one left undone is gone on with, before anybody asks."""
        channel = slack_channel(self.app)
        if channel is not None:
            channel.start()

    def _end(self, _arbiter: object, _worker: object) -> None:
        """In the worker, when it has answered its last request; in the master for one that is gone without a word."""
        channel = slack_channel(self.app)
        if channel is not None and channel.started:
            channel.stop()
        self.assistant.store.close()


def slack_channel(app: Flask) -> Channel | None:
    """The Slack channel that an application serves; None where Slack is not set up."""
    return app.extensions.get("slack")


def application(assistant: Assistant) -> Flask:
    """Every page and endpoint of an assistant."""
    app = create_app(assistant, hosts=assistant.settings.hosts)
    headset.register(app, assistant)
    slack.register(app, assistant)
    return app


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the plant."""
    assistant = bootstrap(settings)
    assistant.store.check()
    click.echo(f"Serving at http://{host}:{port}/")
    Server(assistant, host, port).run()
