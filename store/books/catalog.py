"""Master data: read once into a Catalog and again when it changed, and written by loading."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from types import MappingProxyType
from typing import Any, Final

from store.database import Connection, marks
from store.model import Catalog, Partner, Person, Place, Product, Reason, RecipeLine, Site, WorkOrder
from store.tables.types import json_text

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "product": (
            "sku", "name", "kind", "base_unit", "packs", "shelf_life_days", "traceability_list", "gtin", "lot_prefix",
            "aliases",
        ),
        "place": ("code", "name", "kind", "parent", "check_digits", "aliases"),
        "partner": ("code", "name", "role", "gln", "aliases", "contact"),
        "person": ("code", "name", "role", "slack_id", "language", "active"),
        "reason": ("code", "name", "kind", "aliases"),
        "recipe_line": ("product", "input", "output_quantity", "quantity", "expected_yield", "tolerance"),
        "site": ("key", "value"),
    }
)  # fmt: skip
"""The columns of each master table; the first one or two are its key."""

KEYS: Final[Mapping[str, int]] = MappingProxyType({"recipe_line": 2})
"""How many columns make the key, where it is not one."""


class CatalogCache:
    """The catalog of one store, shared by its sessions and threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._catalog: Catalog | None = None

    def current(self, connection: Connection, *, keep: bool = True) -> Catalog:
        """The catalog as this transaction sees it; one statement when nothing changed.

        A transaction that changed master data must not `keep` it for others: it may still be rolled back.
        """
        version = connection.execute("SELECT version FROM catalog_version WHERE id = 1")[0][0]
        catalog = self._catalog
        if catalog is None or catalog.version != version:
            catalog = read_catalog(connection, version)
            if keep:
                with self._lock:
                    self._catalog = catalog
        return catalog


def read_catalog(connection: Connection, version: int) -> Catalog:
    """All master data, in the order of its keys."""

    def rows(table: str) -> list[Any]:
        columns = COLUMNS[table]
        key = ", ".join(columns[: KEYS.get(table, 1)])
        return connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {key}")

    recipes: dict[str, tuple[RecipeLine, ...]] = {}
    for product, used, output_quantity, quantity, expected_yield, tolerance in rows("recipe_line"):
        line = RecipeLine(product, output_quantity, used, quantity, expected_yield, tolerance)
        recipes[product] = (*recipes.get(product, ()), line)
    return Catalog(
        products=_frozen(
            Product(sku, name, kind, base, _frozen_json(packs), days, bool(listed), gtin, prefix, _names(aliases))
            for sku, name, kind, base, packs, days, listed, gtin, prefix, aliases in rows("product")
        ),
        places=_frozen(
            Place(code, name, kind, parent, check_digits, _names(aliases))
            for code, name, kind, parent, check_digits, aliases in rows("place")
        ),
        partners=_frozen(
            Partner(code, name, role, gln, _names(aliases), _frozen_json(contact))
            for code, name, role, gln, aliases, contact in rows("partner")
        ),
        people=_frozen(
            Person(code, name, role, slack_id, language, bool(active))
            for code, name, role, slack_id, language, active in rows("person")
        ),
        reasons=_frozen(Reason(code, name, kind, _names(aliases)) for code, name, kind, aliases in rows("reason")),
        recipes=MappingProxyType(recipes),
        site=Site(MappingProxyType(dict(rows("site")))),
        version=version,
    )


def _frozen(items: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({item.sku if isinstance(item, Product) else item.code: item for item in items})


def _frozen_json(text: str) -> Mapping[str, Any]:
    return MappingProxyType(json.loads(text))


def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


class Master:
    """Writes master data; every change is seen by all processes at their next transaction.

    Each `put_*` adds what is new, updates what differs, leaves what is the same, and gives the number of rows that
    it added or changed. Nothing is deleted: history refers to it.
    """

    def __init__(self, connection: Connection, changed: Callable[[], None]) -> None:
        self._connection = connection
        self._changed = changed

    def put_products(self, products: Iterable[Product]) -> int:
        """Add or update products."""
        return self._put(
            "product",
            [
                (
                    p.sku, p.name, p.kind, p.base_unit, json_text(p.packs), p.shelf_life_days,
                    p.traceability_list, p.gtin, p.lot_prefix, json_text(p.aliases),
                )
                for p in products
            ],
        )  # fmt: skip

    def put_places(self, places: Iterable[Place]) -> int:
        """Add or update places."""
        rows = [(p.code, p.name, p.kind, p.parent, p.check_digits, json_text(p.aliases)) for p in places]
        return self._put("place", rows)

    def put_partners(self, partners: Iterable[Partner]) -> int:
        """Add or update suppliers and customers."""
        return self._put(
            "partner",
            [(p.code, p.name, p.role, p.gln, json_text(p.aliases), json_text(p.contact)) for p in partners],
        )

    def put_people(self, people: Iterable[Person]) -> int:
        """Add or update people."""
        return self._put("person", [(p.code, p.name, p.role, p.slack_id, p.language, p.active) for p in people])

    def put_reasons(self, reasons: Iterable[Reason]) -> int:
        """Add or update reasons."""
        return self._put("reason", [(r.code, r.name, r.kind, json_text(r.aliases)) for r in reasons])

    def put_recipes(self, lines: Iterable[RecipeLine]) -> int:
        """Add or update recipe lines."""
        return self._put(
            "recipe_line",
            [(r.product, r.input, r.output_quantity, r.quantity, r.expected_yield, r.tolerance) for r in lines],
        )

    def put_site(self, values: Mapping[str, str]) -> int:
        """Add or update what is known of the plant itself."""
        return self._put("site", list(values.items()))

    def put_work_orders(self, orders: Iterable[WorkOrder]) -> int:
        """Add or update work orders; the status of one that is in the books already stays as entries made it."""
        day, differs = self._connection.database.day, self._connection.database.differs
        changed = 0
        for order in orders:
            plan = (order.product, order.planned, order.unit, order.line, day(order.planned_day))
            changed += len(
                self._connection.execute(
                    "INSERT INTO work_order (number, product, planned, unit, line, planned_day, status, filed) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET product = excluded.product, "
                    "planned = excluded.planned, unit = excluded.unit, line = excluded.line, "
                    "planned_day = excluded.planned_day "
                    "WHERE work_order.product <> excluded.product OR work_order.planned <> excluded.planned "
                    f"OR work_order.unit <> excluded.unit OR work_order.line {differs} excluded.line "
                    f"OR work_order.planned_day {differs} excluded.planned_day RETURNING number",
                    (order.number, *plan, order.status.value, order.status.value),
                )
            )
        return changed

    def _put(self, table: str, rows: list[tuple[Any, ...]]) -> int:
        columns = COLUMNS[table]
        split = KEYS.get(table, 1)
        named = ", ".join(columns)
        updates = ", ".join(f"{column} = excluded.{column}" for column in columns[split:])
        unlike = self._connection.database.differs
        differs = " OR ".join(f"{table}.{column} {unlike} excluded.{column}" for column in columns[split:])
        sql = (
            f"INSERT INTO {table} ({named}) VALUES ({marks(len(columns))}) "
            f"ON CONFLICT ({', '.join(columns[:split])}) DO UPDATE SET {updates} WHERE {differs} RETURNING {columns[0]}"
        )
        changed = sum(len(self._connection.execute(sql, row)) for row in rows)
        if changed:
            self._connection.execute("UPDATE catalog_version SET version = version + 1 WHERE id = 1")
            self._changed()
        return changed
