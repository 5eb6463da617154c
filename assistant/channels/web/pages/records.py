"""Pages to read the books by: stock, a lot, orders, entries, and what can be said."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from assistant.assistant import Assistant
from assistant.channels.web import guard
from assistant.channels.web.pages import examples
from assistant.channels.web.pages import genealogy as drawing
from assistant.channels.web.pages.labels import Labels
from store.records.layout import genealogy

_ENTRIES = 100


@dataclass(frozen=True)
class Pages:
    """Read-only: nothing here posts."""

    assistant: Assistant
    hosts: Collection[str]

    def blueprint(self) -> Blueprint:
        """The routes `/stock`, `/lots/<code>`, `/orders`, `/entries` and `/help`."""
        blueprint = Blueprint("pages", __name__)
        blueprint.before_request(lambda: guard.check_host(self.hosts))
        for path, view in (
            ("/stock", self.stock),
            ("/lots/<path:code>", self.lot),
            ("/orders", self.orders),
            ("/entries", self.entries),
            ("/help", self.help),
        ):
            blueprint.add_url_rule(path, view.__name__, view, methods=["GET"])
        return blueprint

    def stock(self) -> ResponseReturnValue:
        """What is where, of a product or at a place, by product."""
        catalog = self.assistant.catalog()
        product, at = request.args.get("product", ""), request.args.get("at", "")
        if (product and product not in catalog.products) or (at and at not in catalog.places):
            raise guard.Refused(404, "The plant has no such product or place.")
        wip = "wip" in request.args
        rows = sorted(
            self.assistant.stock(product=product or None, at=at or None, wip=wip),
            key=lambda row: (row["product"], row["expires"] or "9999", row["lot"]),
        )
        groups = [(sku, list(of_it)) for sku, of_it in groupby(rows, key=lambda row: str(row["product"]))]
        return self._render("stock.html", groups=groups, product=product, at=at, wip=wip, catalog=catalog)

    def lot(self, code: str) -> ResponseReturnValue:
        """One lot: what it is, where it is, what happened to it, where it came from and went."""
        state = self.assistant.lot(code) or self.assistant.lot(code.upper())
        if state is None:
            raise guard.Refused(404, f"This plant has no lot {code[:40]}.")
        lot = state.lot
        picture = self.assistant.store.run(lambda s: genealogy(s, lot.code), write=False)
        return self._render(
            "lot.html",
            lot=lot,
            stock=self.assistant.stock(lots=[lot.code], wip=True),
            entries=self.assistant.entries(lot=lot.code)[::-1],
            trace=self.assistant.trace(lot.code),
            drawn=drawing.genealogy(picture) if picture.lots <= drawing.INLINE else None,
            picture=picture,
        )

    def orders(self) -> ResponseReturnValue:
        """Every work order: planned, made, and what went in."""
        return self._render("orders.html", orders=self.assistant.orders())

    def entries(self) -> ResponseReturnValue:
        """The latest entries, of a lot or by a person, newest first."""
        lot, by = request.args.get("lot", "").strip().upper(), request.args.get("by", "")
        entries = self.assistant.entries(lot=lot or None, by=by or None, limit=_ENTRIES)[::-1]
        return self._render(
            "entries.html", entries=entries, lot=lot, by=by, people=self.assistant.people(), limit=_ENTRIES
        )

    def help(self) -> ResponseReturnValue:
        """What can be said, by examples."""
        return self._render("help.html", groups=examples.groups(self.assistant))

    def _render(self, template: str, **what: object) -> str:
        return render_template(template, labels=Labels(self.assistant.catalog(), self.assistant.today()), **what)
