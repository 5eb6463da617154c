"""Puts the web server together: the console and the pages where they may be served, health and metrics always."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from flask import Blueprint, Flask, Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from assistant.assistant import Assistant
from assistant.channels.web.guard import Refused
from assistant.channels.web.metrics import Metrics
from assistant.channels.web.pages import labels
from assistant.channels.web.pages.console import Console
from assistant.channels.web.pages.open import OpenPage
from assistant.channels.web.pages.recall import RecallPages
from assistant.channels.web.pages.records import Pages
from assistant.channels.web.pages.reports import ReportPages
from assistant.channels.web.transcripts import Transcripts
from store.errors import StoreError

_log = logging.getLogger(__name__)

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries; a blueprint that needs more (a microphone) sets its own, which stays."""

_SENTENCES: Final[Mapping[int, str]] = {
    400: "The browser sent something that could not be read.",
    403: "That is not allowed here.",
    404: "There is no such page.",
    405: "That page cannot be used this way.",
    413: "That is far too long for one message; send it in parts.",
}
_UNREADABLE: Final = "The books cannot be read just now."
_OURS: Final = "Something went wrong on our side, and it has been noted for the plant's IT."


def create_app(
    assistant: Assistant,
    *,
    blueprints: Iterable[Blueprint] = (),
    hosts: Collection[str] = (),
    metrics: Metrics | None = None,
) -> Flask:
    """The web server of an assistant.

    Args:
        assistant: What answers, and whose books are shown.
        blueprints: Further routes (Slack, headset).
        hosts: Domain names under which the console may be opened, beside addresses and local names.
        metrics: The figures to count in, where other channels count in them too.
    """
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        amount=labels.amount,
        done=labels.done,
        waiting=labels.waiting,
        by_digit=labels.BY_DIGIT,
        roles=labels.ROLES,
        statuses=labels.STATUS,
        outcomes=labels.OUTCOMES,
        demo=assistant.settings.demo,
        console_open=assistant.settings.console_open,
    )
    figures = metrics or Metrics(assistant)
    app.register_blueprint(_watched(assistant, figures))
    if assistant.settings.console_open:
        app.register_blueprint(Console(assistant, Transcripts(), figures, frozenset(hosts)).blueprint())
        app.register_blueprint(Pages(assistant, frozenset(hosts)).blueprint())
        app.register_blueprint(RecallPages(assistant, frozenset(hosts)).blueprint())
        app.register_blueprint(ReportPages(assistant, frozenset(hosts)).blueprint())
        app.register_blueprint(OpenPage(assistant, frozenset(hosts)).blueprint())
    else:
        app.add_url_rule("/", "closed", _closed)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    app.after_request(_headers)
    _tell_errors(app)
    return app


def _closed() -> ResponseReturnValue:
    raise Refused(404, "The console is switched off on this server.")


def _watched(assistant: Assistant, metrics: Metrics) -> Blueprint:
    """What a plant's monitoring asks for."""
    blueprint = Blueprint("watched", __name__)

    @blueprint.get("/health")
    def health() -> ResponseReturnValue:
        """200 and the state of the books, or 503 and what is wrong with them."""
        try:
            return jsonify(dict(assistant.health()))
        except StoreError as error:
            return jsonify(status="down", error=str(error)), 503
        except SQLAlchemyError:
            _log.exception("the books cannot be read")
            return jsonify(status="down", error=_UNREADABLE), 503

    @blueprint.get("/metrics")
    def figures() -> ResponseReturnValue:
        """The figures in Prometheus' text format."""
        return Response(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")

    return blueprint


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _tell_errors(app: Flask) -> None:
    """Every failure is one sentence on a page, never a traceback."""

    def page(status: int, sentence: str, **more: Any) -> ResponseReturnValue:  # noqa: ANN401 - what the template shows
        return render_template("error.html", status=status, sentence=sentence, **more), status

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return page(error.status, error.sentence, draft=error.draft)

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:  # noqa: PLR2004 - redirects are raised, too
            return error.get_response()
        answer = app.make_response(page(status, _SENTENCES.get(status, _OURS)))
        if status == 405 and hasattr(error, "valid_methods"):  # noqa: PLR2004 - RFC 9110 wants the header there
            answer.headers["Allow"] = ", ".join(error.valid_methods or ())
        return answer

    @app.errorhandler(StoreError)
    def store(error: StoreError) -> ResponseReturnValue:
        _log.error("the books: %s", error)
        return page(503, str(error))

    @app.errorhandler(SQLAlchemyError)
    def database(error: SQLAlchemyError) -> ResponseReturnValue:
        _log.error("the books cannot be read", exc_info=error)
        return page(503, _UNREADABLE)

    @app.errorhandler(Exception)
    def ours(error: Exception) -> ResponseReturnValue:
        _log.error("unforeseen", exc_info=error)
        return page(500, _OURS)
