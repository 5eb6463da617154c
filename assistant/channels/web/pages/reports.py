"""Pages of what accurate books make visible: a sentence, a chart and a table a report, and the same as files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Final

from flask import Blueprint, jsonify, render_template, request, send_file
from flask.typing import ResponseReturnValue

from assistant.assistant import Assistant
from assistant.channels.web import guard
from assistant.channels.web.pages import genealogy
from assistant.channels.web.pages.labels import Labels
from assistant.exports import files
from assistant.supervision.figures import Figures
from assistant.supervision.performance import GROUPINGS, PERIODS, REPORTS

DAYS: Final = 90
"""How far back a report looks where nothing was chosen."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TIMELESS: Final = frozenset({"exposure"})
"""Reports of this moment, which no days narrow."""


@dataclass(frozen=True)
class ReportPages:
    """Read-only: nothing here posts."""

    assistant: Assistant
    hosts: Collection[str]

    def blueprint(self) -> Blueprint:
        """The routes `/reports`, `/reports/<name>` and `/reports/<name>.xlsx` and `.json`."""
        blueprint = Blueprint("reports", __name__)
        blueprint.before_request(lambda: guard.check_host(self.hosts))
        blueprint.add_url_rule("/reports", "page", self.page, methods=["GET"])
        blueprint.add_url_rule("/reports/<name>", "report", self.report, methods=["GET"])
        blueprint.add_url_rule("/reports/<name>.xlsx", "xlsx", self.xlsx, methods=["GET"])
        blueprint.add_url_rule("/reports/<name>.json", "json", self.json, methods=["GET"])
        return blueprint

    def page(self) -> ResponseReturnValue:
        """Every report with its sentence."""
        since = self.assistant.today() - timedelta(days=DAYS)
        found = [self.assistant.figures(name, since) for name in REPORTS]
        return self._render("reports.html", reports=found, days=DAYS)

    def report(self, name: str) -> ResponseReturnValue:
        """One report of the days that were chosen."""
        found = self._found(name)
        return self._render(
            "report.html",
            report=found,
            bars=genealogy.bars(found.chart),
            timeless=name in TIMELESS,
            groupings=GROUPINGS if name == "shrink" else (),
            periods=PERIODS if name == "accuracy" else (),
            chosen=request.args,
        )

    def xlsx(self, name: str) -> ResponseReturnValue:
        """The report as a workbook."""
        found, target = self._found(name), BytesIO()
        files.workbook(found, target)
        target.seek(0)
        return send_file(target, mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx")

    def json(self, name: str) -> ResponseReturnValue:
        """The report for programs."""
        return jsonify(self._found(name).as_document())

    def _found(self, name: str) -> Figures:
        told = request.args
        since = _day(told.get("since", ""))
        if not told.get("since") and "until" not in told and name not in TIMELESS:
            since = self.assistant.today() - timedelta(days=DAYS)
        by, period = told.get("by") or "product", told.get("period") or "week"
        found = self.assistant.figures(name, since, _day(told.get("until", "")), by=by, period=period)
        if found is None:
            raise guard.Refused(404, "There is no such report.")
        return found

    def _render(self, template: str, **what: object) -> str:
        return render_template(template, labels=Labels(self.assistant.catalog(), self.assistant.today()), **what)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise guard.Refused(400, f"{said[:20]} is no day; write it like 2026-11-22.") from None
