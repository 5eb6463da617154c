"""Tables of master data: what the plant's files say, and one row that tells when it changed."""

from datetime import date

from sqlalchemy import BigInteger
from sqlmodel import Field

from store.tables.types import Json, Row


class CatalogVersion(Row, table=True):
    """One row (`id` 1) whose `version` goes up with every change of master data."""

    __tablename__ = "catalog_version"

    id: int = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)


class ProductRow(Row, table=True):
    """An item; `packs` maps a unit to 1/10,000 of the base unit."""

    __tablename__ = "product"

    sku: str = Field(primary_key=True)
    name: str
    kind: str
    base_unit: str
    packs: dict[str, int] = Field(sa_type=Json)
    shelf_life_days: int | None = None
    traceability_list: bool = False
    gtin: str | None = None
    lot_prefix: str | None = None
    aliases: list[str] = Field(sa_type=Json)


class PlaceRow(Row, table=True):
    """A real place; what is not in this table is virtual."""

    __tablename__ = "place"

    code: str = Field(primary_key=True)
    name: str
    kind: str
    parent: str | None = None
    check_digits: str | None = None
    aliases: list[str] = Field(sa_type=Json)


class PartnerRow(Row, table=True):
    """A supplier or customer; one code may be both."""

    __tablename__ = "partner"

    code: str = Field(primary_key=True)
    name: str
    role: str
    gln: str | None = None
    aliases: list[str] = Field(sa_type=Json)
    contact: dict[str, str] = Field(sa_type=Json)


class PersonRow(Row, table=True):
    """Somebody who may report."""

    __tablename__ = "person"

    code: str = Field(primary_key=True)
    name: str
    role: str
    slack_id: str | None = None
    language: str = "en"
    active: bool = True


class ReasonRow(Row, table=True):
    """Why stock is scrapped or adjusted."""

    __tablename__ = "reason"

    code: str = Field(primary_key=True)
    name: str
    kind: str
    aliases: list[str] = Field(sa_type=Json)


class RecipeRow(Row, table=True):
    """One input of a product's recipe."""

    __tablename__ = "recipe_line"

    product: str = Field(primary_key=True, foreign_key="product.sku")
    input: str = Field(primary_key=True, foreign_key="product.sku")
    output_quantity: int = Field(sa_type=BigInteger)
    quantity: int = Field(sa_type=BigInteger)
    expected_yield: int
    tolerance: int


class SiteRow(Row, table=True):
    """One fact about the plant itself."""

    __tablename__ = "site"

    key: str = Field(primary_key=True)
    value: str


class WorkOrderRow(Row, table=True):
    """A planned run; `filed` is the status that the plant's file gave, `status` what entries made of it."""

    __tablename__ = "work_order"

    number: str = Field(primary_key=True)
    product: str = Field(foreign_key="product.sku")
    planned: int = Field(sa_type=BigInteger)
    unit: str
    line: str | None = None
    status: str
    filed: str
    planned_day: date | None = None
