"""The page of what waits for somebody: approval requests, the day's warnings, and the digests of its shifts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.assistant import Assistant
from assistant.channels.web import guard
from assistant.channels.web.pages.labels import Labels
from assistant.supervision import warning_board, warnings
from store.desk.warnings import Warning as Raised

_LARGEST_FORM = 4096
_LONGEST_NUMBER = 15


@dataclass(frozen=True)
class OpenPage:
    """Shows it, and takes "I take care of it" and "remind me later" for a warning."""

    assistant: Assistant
    hosts: Collection[str]

    def blueprint(self) -> Blueprint:
        """The routes `/open` and `/open/warning`."""
        blueprint = Blueprint("open", __name__)
        blueprint.before_request(self._guard)
        blueprint.add_url_rule("/open", "page", self.page, methods=["GET"])
        blueprint.add_url_rule("/open/warning", "warning", self.warning, methods=["POST"])
        return blueprint

    def page(self) -> ResponseReturnValue:
        """What is open; `about` is the warning that somebody has just dealt with."""
        now = self.assistant.now()
        people = sorted(self.assistant.people(), key=lambda p: p.name)
        remembered = request.cookies.get(guard.PERSON_COOKIE)
        about = request.args.get("about", "")
        shown = render_template(
            "open.html",
            labels=Labels(self.assistant.catalog(), now.date()),
            requests=self.assistant.requests(),
            board=self._board(now),
            people=people,
            person=next((p.code for p in people if p.code == remembered), None),
            about=self._warning(about) if about else None,
            now=now,
            hours=warnings.RESTS.total_seconds() // 3600,
            token=guard.token(),
        )
        return guard.remember(make_response(shown))

    def warning(self) -> ResponseReturnValue:
        """Somebody takes care of a warning, or puts it aside for a while; the page then tells how it stands."""
        person = next((p for p in self.assistant.people() if p.code == request.form.get("person", "")), None)
        if person is None:
            raise guard.Refused(400, "That person is not on the plant's list; choose who you are first.")
        rests = "rest" in request.form
        found = self._warning(request.form.get("rest" if rests else "take", ""))
        if rests:
            now = self.assistant.now()
            self.assistant.store.run(lambda s: warnings.put_aside(s, found.id, person.code, now))
        else:
            self.assistant.acknowledge(found.id, person.code)
        return guard.remember(make_response(redirect(url_for("open.page", about=found.id), 303)), person.code)

    def _board(self, now: datetime) -> warning_board.Board:
        wording = self.assistant.conversation.wording.on(now.date())
        return self.assistant.store.run(
            lambda s: warning_board.board(s, self.assistant.book(s), wording, now), write=False
        )

    def _warning(self, said: str) -> Raised:
        number = int(said) if said.isdecimal() and len(said) <= _LONGEST_NUMBER else 0
        found = self.assistant.store.run(lambda s: s.warnings.get(number), write=False)
        if found is None:
            raise guard.Refused(404, f"There is no warning {said[:20]}." if said else "Say which warning.")
        return found

    def _guard(self) -> None:
        request.max_content_length = _LARGEST_FORM
        guard.check_host(self.hosts)
        if request.method == "POST":
            guard.check_form()
