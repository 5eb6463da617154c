"""The console: one page to talk to the assistant as any of the plant's people, and see beside it what came of it."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from assistant.assistant import Assistant
from assistant.channels.web import guard
from assistant.channels.web.metrics import Metrics
from assistant.channels.web.pages import examples
from assistant.channels.web.pages.labels import ROLES, Labels
from assistant.channels.web.pages.lot_cards import beside
from assistant.channels.web.transcripts import Transcripts, Turn
from assistant.messages import Utterance
from store.errors import StoreError
from store.model import Person

_LARGEST_FORM = 256 * 1024
_RANK = {role: rank for rank, role in enumerate(ROLES)}
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NOT_SURE = (
    "The books could not be reached, so it is not sure that this was posted. "
    "Send it again from here: it is posted only once."
)


@dataclass(frozen=True)
class Console:
    """The page, and the two forms on it."""

    assistant: Assistant
    transcripts: Transcripts
    metrics: Metrics
    hosts: Collection[str]

    def blueprint(self) -> Blueprint:
        """The console's routes: `/`, `/say` and `/as`."""
        blueprint = Blueprint("console", __name__)
        blueprint.before_request(self._guard)
        blueprint.add_url_rule("/", "page", self.page, methods=["GET"])
        blueprint.add_url_rule("/say", "say", self.say, methods=["POST"])
        blueprint.add_url_rule("/as", "speak_as", self.speak_as, methods=["POST"])
        return blueprint

    def page(self) -> ResponseReturnValue:
        """The conversation so far of the person who speaks in this browser."""
        people = sorted(self.assistant.people(), key=lambda p: (_RANK.get(p.role, len(_RANK)), p.name))
        person = self._speaking(people)
        response = make_response(self._render("console.html", person, people=people, draft=request.args.get("say", "")))
        return guard.remember(response)

    def speak_as(self) -> ResponseReturnValue:
        """Remembers in this browser who speaks."""
        person = self._named(request.form.get("person", ""))
        return guard.remember(_to_page(), person.code)

    def say(self) -> ResponseReturnValue:
        """Hears one message; answers with the page, or with what changed on it where a script asked."""
        text = request.form.get("text", "")
        person = self._named(request.form.get("person", ""), draft=text)
        said = _readable(text)
        if not said:
            raise guard.Refused(400, "There was nothing to send; type what happened first.")
        key = _key(guard.session(), person.code, request.form.get("id", ""), said)
        try:
            reply = self.metrics.hear(Utterance(person=person.code, channel="console", text=said, id=key))
        except (StoreError, SQLAlchemyError) as error:
            sentence = str(error) if isinstance(error, StoreError) else _NOT_SURE
            page = render_template(
                "error.html", status=503, sentence=sentence, draft=text, person=person.code, token=guard.token(),
                message=request.form.get("id", ""),
            )  # fmt: skip
            return page, 503
        self.transcripts.add(guard.session(), person.code, Turn(key, said, reply, self.assistant.now()))
        if request.headers.get("X-Requested-With") == "fetch":
            return guard.remember(make_response(self._render("_answer.html", person)))
        return guard.remember(_to_page("now"), person.code)

    def _guard(self) -> None:
        request.max_content_length = _LARGEST_FORM
        guard.check_host(self.hosts)
        if request.method == "POST":
            guard.check_form()

    def _render(self, template: str, person: Person | None, **more: object) -> str:
        turns = self.transcripts.of(guard.session(), person.code) if person else ()
        return render_template(
            template,
            person=person,
            turns=turns,
            beside=beside(self.assistant, turns),
            labels=Labels(self.assistant.catalog(), self.assistant.today()),
            examples=() if turns else examples.first(self.assistant),
            token=guard.token(),
            new_id=lambda: secrets.token_urlsafe(12),
            **more,
        )

    def _speaking(self, people: Collection[Person]) -> Person | None:
        """Who spoke last in this browser; in the demo anybody will do, in a plant somebody has to say who they are."""
        remembered = request.cookies.get(guard.PERSON_COOKIE)
        known = next((p for p in people if p.code == remembered), None)
        return known or (next(iter(people), None) if self.assistant.settings.demo else None)

    def _named(self, code: str, draft: str = "") -> Person:
        known = next((p for p in self.assistant.people() if p.code == code), None)
        if known is None:
            raise guard.Refused(400, "That person is not on the plant's list; choose who you are first.", draft)
        return known


def _to_page(anchor: str | None = None) -> Response:
    return make_response(redirect(url_for("console.page", _anchor=anchor), 303))


def _key(session: str, person: str, message: str, said: str) -> str:
    """The message's id for the books.

    A form sent twice is one message. The words are part of the id, because a browser's Back shows an old form again,
    and something else typed there is a new message; so are browser and person, whose answers are nobody else's.
    """
    form = message if _ID.fullmatch(message) else secrets.token_urlsafe(12)
    return hashlib.sha256(f"{session}\0{person}\0{form}\0{said}".encode()).hexdigest()[:40]


def _readable(text: str) -> str:
    """What was typed, with control characters (which no database or person reads) as spaces."""
    shown = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return shown.strip()
