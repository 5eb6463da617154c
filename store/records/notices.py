"""A shipping notice from a file: CSV or XLSX with a row a lot, or the shipping events of an EPCIS 2.0 document.

lot,gtin,quantity,unit,expires,supplier,reference
RM1207,00850012300014,14,case,2026-12-02,GVF,ASN 5512
"""

import json
from datetime import date
from pathlib import Path
from typing import Final

from store.model import Catalog
from store.plant.files.sheets import Columns, Faults, read_file
from store.records.arrivals import Notice, Reader
from store.records.epcis_arrivals import from_epcis

NOTICE: Final = Columns("notice", ("lot", "quantity", "unit"), ("gtin", "sku", "expires", "supplier", "reference"))
"""The columns of a shipping notice, in any order; `gtin` or `sku` has to name the product."""

LARGEST: Final = 16 * 2**20
"""Bytes of a notice."""

MOST_LOTS: Final = 10_000
"""Lots of a notice."""


def read_notice(path: Path, catalog: Catalog, today: date, *, standard: bool = False) -> Notice:
    """What a file says is coming, received `today`; each fault begins with the file's name, and line where known.

    `standard` takes the product's shelf life where no expiry is told. Raises OSError where there is no such file.
    """
    if path.is_file() and path.stat().st_size > LARGEST:
        return Notice(faults=[f"{path.name}: is larger than {LARGEST // 2**20} MiB; no shipping notice is"])
    reader = Reader(catalog, today, standard=standard)
    if path.suffix.lower() in {".json", ".jsonld"}:
        return _from_json(path, catalog, reader)
    return _from_sheet(path, reader)


def _from_sheet(path: Path, reader: Reader) -> Notice:
    faults = Faults()
    sheet = read_file(path, NOTICE, faults)
    if sheet is not None and not {"gtin", "sku"} & sheet.columns.keys():
        faults.add(path.name, "a column gtin or sku has to name the product", 1)
    if sheet is not None and len(sheet.rows) > MOST_LOTS:
        faults.add(path.name, f"has {len(sheet.rows)} rows, more than {MOST_LOTS}")
    if sheet is None or faults:
        return Notice(faults=faults.all())
    if not sheet.rows:
        return Notice(faults=[f"{path.name}: has no row below the names of the columns"])
    for line, row in sheet.rows:
        reader.take(f"{path.name}:{line}", {name: row[number - 1] for name, number in sheet.columns.items()})
    return reader.notice()


def _from_json(path: Path, catalog: Catalog, reader: Reader) -> Notice:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Notice(faults=[f"{path.name}:{line}: is not UTF-8 text"])
    try:
        document = json.loads(text, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        return Notice(faults=[f"{path.name}:{error.lineno}: is no proper JSON: {error.msg.lower()}"])
    except (ValueError, RecursionError):
        return Notice(faults=[f"{path.name}: is no proper JSON: a number too long, or nested too deep"])
    return from_epcis(document, catalog, reader, path.name, text, most=MOST_LOTS)
