"""Finds functions whose paths, each `and`, `or` and comprehension counted, are more than a reader follows.

`python scripts/complexity.py` exits 1 and names them. Those that were more complex when the check began stand in
`complexity.txt` with their figure: it may fall, never rise, and one that has come below the limit leaves the list.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit

LIMIT = 20
ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_name("complexity.txt")


def measured() -> Iterator[tuple[str, int]]:
    """Each function or method as `path name`, with its figure."""
    for top in ("assistant", "store"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for block in cc_visit(path.read_text(encoding="utf-8")):
                if block.letter != "C":
                    yield f"{path.relative_to(ROOT)} {block.fullname}", block.complexity


def faults(known: dict[str, int], found: dict[str, int]) -> Iterator[str]:
    """What is too complex and not known, more complex than known, or known without need."""
    for name, figure in found.items():
        if figure > known.get(name, LIMIT):
            yield f"{name}: {figure}, at most {known.get(name, LIMIT)}"
    for name in known:
        if found.get(name, 0) <= LIMIT:
            yield f"{name}: no longer above {LIMIT}; take it off {LIST.name}"


def main() -> int:
    """Prints the faults; 1 if there are any."""
    rows = (line.rsplit(maxsplit=1) for line in LIST.read_text(encoding="utf-8").splitlines())
    found = dict(measured())
    told = list(faults({name: int(figure) for name, figure in rows}, found))
    print("\n".join(told) or f"{len(found)} functions, none more complex than it may be")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
