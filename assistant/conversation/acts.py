"""What a person may have open: a report, or a decision about what was told before."""

from dataclasses import dataclass, field

from assistant.reports.report import Report, Slots


@dataclass(frozen=True, slots=True)
class Approval:
    """A decision on a request: `granted` or rejected. `request` is None where only one can be meant."""

    said: str
    request: int | None = None
    granted: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Something to take back: `described` by its entry's number or by what it reported; by nothing, the last one.

    `note` is why, where more than a slip of minutes ago is taken back.
    """

    said: str
    described: Slots = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was just posted should have been otherwise.

    `changes` are the slots that were said. `entry` is None until it is clear which one is meant; `report` is that
    entry's report as it should have been, None until it was tried. One that is `unsure` is read back first.
    """

    said: str
    changes: Slots
    entry: int | None = None
    report: Report | None = None
    unsure: bool = False


Act = Report | Approval | Undo | Correction
