"""The pages of whoever is on call when a lot has to come back: what it reached, whom to call, what to hold, the files.

Everything is read in one state of the books; what is done here (begin, hold, finish) goes the same way as from
everywhere else, and a page that is sent twice does it once.
"""

import tempfile
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from assistant.assistant import Assistant
from assistant.channels.web import guard
from assistant.channels.web.pages import genealogy as drawing
from assistant.channels.web.pages.labels import Labels
from assistant.exports import files as exporting
from assistant.messages import Blocked, storable
from assistant.roles import may
from store.model import Person
from store.records.affected import customers
from store.records.folder import FILES, SUMMARY
from store.records.layout import genealogy
from store.records.summary import page as summary
from store.session import Session
from store.trace import recall_log, recall_scope
from store.trace.mass_balance import trace_balance
from store.trace.recall import examine, shown

_LARGEST_FORM: Final = 16 * 1024
_WAYS: Final = (recall_scope.SUPPLIER, recall_scope.DAY, recall_scope.LINE)


@dataclass(frozen=True)
class RecallPages:
    """A lot's recall, the recalls that were run, and a lot's genealogy."""

    assistant: Assistant
    hosts: Collection[str]

    def blueprint(self) -> Blueprint:
        """The routes `/recalls`, `/recall/<lot>` with its files, and `/genealogy/<lot>`."""
        blueprint = Blueprint("recall", __name__)
        blueprint.before_request(self._guard)
        for path, view, method in (
            ("/recalls", self.kept, "GET"),
            ("/recalls", self.finish, "POST"),
            ("/recall", self.find, "GET"),
            ("/recall/<path:lot>", self.page, "GET"),
            ("/recall/<path:lot>", self.act, "POST"),
            ("/recall-files/<path:lot>/<name>", self.file, "GET"),
            ("/genealogy/<path:lot>", self.picture, "GET"),
        ):
            blueprint.add_url_rule(path, view.__name__, view, methods=[method])
        return blueprint

    def kept(self) -> ResponseReturnValue:
        """Every recall that was run, on one page."""
        return self._kept()

    def finish(self) -> ResponseReturnValue:
        """Stops a recall's clock."""
        said = request.form.get("number", "")
        number = int(said) if said.isdecimal() and len(said) <= 15 else 0  # noqa: PLR2004 - what a database holds
        done = self.assistant.finish_recall(number, by=request.form.get("person", ""))
        told = done.say if isinstance(done, Blocked) else f"Recall {done['number']} took {done['minutes']:g} minutes."
        return self._kept(told, refused=isinstance(done, Blocked))

    def _kept(self, told: str = "", *, refused: bool = False) -> ResponseReturnValue:
        return self._answer("recalls.html", recalls=self.assistant.recalls(), told=told, refused=refused)

    def find(self) -> ResponseReturnValue:
        """The page of the lot that was typed."""
        return self._shown(request.args.get("lot", ""))

    def page(self, lot: str) -> ResponseReturnValue:
        """What a recall of the lot reaches."""
        return self._shown(lot)

    def act(self, lot: str) -> ResponseReturnValue:
        """Begins the recall, or puts everything it reached on hold."""
        code, also = self._lots(lot)
        person, reason = request.form.get("person", ""), request.form.get("reason", "")[:500]
        what = request.form.get("what")
        done: Blocked | str
        if what == "hold":
            if "sure" not in request.form:
                done = Blocked("confirm", "Nothing was put on hold: tick the box that says so first.")
            else:
                held = self.assistant.hold_reached(code, by=person, channel="console", reason=reason, also=also)
                done = held if isinstance(held, Blocked) else held["say"]
        elif what in {"real", "mock"}:
            begun = self.assistant.start_recall(code, by=person, real=what == "real", reason=reason, also=also)
            done = begun if isinstance(begun, Blocked) else f"Recall {begun['number']} has begun."
        else:
            raise guard.Refused(400, "That page was not sent whole, so nothing was done.")
        if isinstance(done, Blocked):
            return self._shown(code, done.say, refused=True)
        return self._shown(code, done)

    def _shown(self, lot: str, told: str = "", *, refused: bool = False) -> ResponseReturnValue:
        code, also = self._lots(lot)
        now = self.assistant.now()

        def read(session: Session) -> dict[str, Any]:
            report = examine(session, code, now, also=also)
            traced = trace_balance(session, report)
            reached = [found.lot.code for found in report.affected]
            inside = recall_scope.running(session, reached)
            picture = genealogy(session, code) if len(reached) <= drawing.INLINE else None
            running = (recall_log.running(session, code, real=real) for real in (True, False))
            return {
                "report": report,
                "page": summary(session.catalog, report, traced, written=now, proof="", files=()),
                "customers": customers(session.catalog, report).rows,
                "free": recall_scope.to_hold(report, inside),
                "inside": inside,
                "picture": picture,
                "running": [kept for kept in running if kept is not None],
                "alike": {way: len(lots) for way, lots in recall_scope.alike(session, report.lot).items()},
            }

        found = self.assistant.store.run(read, write=False)
        drawn = drawing.genealogy(found["picture"]) if found["picture"] else None
        files = [(SUMMARY, "one page, for reading"), *FILES]
        told_too = {"told": told, "refused": refused, "also": also, "files": files, "drawn": drawn}
        return self._answer("recall.html", shown=shown, lot=found["report"].lot, ways=_WAYS, **found, **told_too)

    def file(self, lot: str, name: str) -> ResponseReturnValue:
        """One file of the recall folder, or all of them as `all.zip`."""
        code, also = self._lots(lot)
        if name not in {"all.zip", SUMMARY, *(known for known, _ in FILES)}:
            raise guard.Refused(404, "The recall folder has no such file.")
        with tempfile.TemporaryDirectory() as folder:
            plant = self.assistant
            written = exporting.recall_folder(plant.store, plant.zone, plant.now, code, Path(folder), also=also)
            data = BytesIO()
            if name == "all.zip":
                with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
                    for path in written.files:
                        packed.write(path, f"recall-{_plain(code)}/{path.name}")
            else:
                data.write((Path(folder) / name).read_bytes())
        data.seek(0)
        return send_file(data, as_attachment=True, download_name=f"recall-{_plain(code)}-{name}")

    def picture(self, lot: str) -> ResponseReturnValue:
        """The genealogy at its natural size."""
        code, _ = self._lots(lot)
        found = self.assistant.store.run(lambda s: genealogy(s, code), write=False)
        return self._answer("genealogy.html", picture=found, code=code, drawn=drawing.genealogy(found))

    def _lots(self, said: str) -> tuple[str, list[str]]:
        """The lot that is meant, and the lots to recall with it, by the ways in which they are alike."""
        wanted = storable(said.strip())
        state = self.assistant.lot(wanted) or self.assistant.lot(wanted.upper())
        if state is None:
            raise guard.Refused(404, f"This plant has no lot {wanted[:40]}." if wanted else "Type which lot it is.")
        code = state.lot.code
        ways = [way for way in request.values.getlist("alike") if way in _WAYS]
        found = self.assistant.alike(code) if ways else {}
        return code, [*dict.fromkeys(other["lot"] for way in ways for other in (found or {}).get(way, ()))]

    def _answer(self, template: str, **what: object) -> ResponseReturnValue:
        remembered = request.form.get("person") or request.cookies.get(guard.PERSON_COOKIE)
        shown = render_template(
            template,
            labels=Labels(self.assistant.catalog(), self.assistant.today()),
            people=self._may(),
            person=remembered,
            token=guard.token(),
            chosen=[way for way in request.values.getlist("alike") if way in _WAYS],
            **what,
        )
        return guard.remember(make_response(shown))

    def _may(self) -> Sequence[Person]:
        return sorted((p for p in self.assistant.people() if may(p.role, "recall")), key=lambda p: (p.role, p.name))

    def _guard(self) -> None:
        request.max_content_length = _LARGEST_FORM
        guard.check_host(self.hosts)
        if request.method == "POST":
            guard.check_form()


def _plain(code: str) -> str:
    """A lot's code as a part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in code)
