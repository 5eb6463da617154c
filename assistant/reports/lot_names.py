"""What a lot is called in the books where two suppliers print one code."""


def of_supplier(code: str, supplier: str) -> str:
    """The name in the books of another supplier's lot whose code is taken: `RM1107@RIO`."""
    return f"{code.partition('@')[0]}@{supplier}"
