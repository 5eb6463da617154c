"""Rules and warnings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from assistant.cli.common import as_json, floor, say_no, verb


@click.group(invoke_without_command=True)
@click.option("--json", "raw", is_flag=True)
@click.pass_context
@verb
def rules(context: click.Context, *, raw: bool) -> None:
    """The rule book: thresholds and severities in force, who set them, and how often each rule fired."""
    from assistant.cli import tables

    if context.invoked_subcommand is None:
        found = floor().rules()
        as_json(found) if raw else tables.rules(found)


@rules.command("set")
@click.argument("name", metavar="RULE")
@click.option("--severity", help="block, approve or warn; only QA may.")
@click.option("--threshold", "thresholds", multiple=True, metavar="[NAME=]VALUE", help="A threshold of the rule.")
@click.option("--product", help="Only for this product.")
@click.option("--at", "place", metavar="LOC", help="Only in this place and what is inside it.")
@click.option("--as", "person", required=True, metavar="CODE", help="Who sets it.")
@click.option("--why", required=True, help="Kept with it.")
@verb
def set_rule(thresholds: tuple[str, ...], **wished: str) -> None:
    """Set how severe RULE is, or its threshold; RULE may be a threshold's own name. In force at once, everywhere."""
    from assistant.supervision.rule_settings import Wish, described

    named = [value.rpartition("=") for value in thresholds]
    wish = Wish(**wished, thresholds=[(name.strip(), value.strip()) for name, _, value in named])
    for setting in _ruled(lambda ruling: ruling.set(wish)):
        click.echo(f"Setting {setting.number}: {described(setting)}.")


@rules.command("undo")
@click.argument("number", type=int)
@click.option("--as", "person", required=True, metavar="CODE", help="Who takes it back.")
@click.option("--why", required=True, help="Kept with it.")
@verb
def undo_rule(number: int, person: str, why: str) -> None:
    """Take back the setting of this NUMBER; what was in force before it is in force again."""
    from assistant.supervision.rule_settings import described

    undone = _ruled(lambda ruling: ruling.undo(number, person, why))
    click.echo(f"Setting {number} is taken back: {described(undone)}.")


@rules.command("history")
@click.option("--json", "raw", is_flag=True)
@verb
def rule_history(*, raw: bool) -> None:
    """Everything that was ever set in the rule book, and taken back: who, when and why."""
    from assistant.cli import tables
    from assistant.supervision import rule_settings

    assistant = floor()
    kept = assistant.store.run(lambda session: session.rule_settings.all(), write=False)
    found = [rule_settings.row(setting, assistant.zone) for setting in kept]
    as_json(found) if raw else tables.settings(found)


def _ruled(work: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - what the work gives
    """What a change of the rule book gives; where it is refused, the reason, and exit 1."""
    from assistant.supervision.rule_settings import Ruling
    from assistant.wording.sentences import Said

    assistant = floor()
    now = assistant.now()
    wording = assistant.conversation.wording.on(now.date())
    given = assistant.store.run(lambda s: work(Ruling(s, assistant.book(s), wording, now)))
    if isinstance(given, Said):
        say_no(given.eye)
    return given


@click.command()
@click.option("--open", "open_only", is_flag=True, help="Only those neither acknowledged nor over.")
@click.option("--acknowledge", type=int, help="Take care of the warning of this number.")
@click.option("--rest", type=int, help="Put the warning of this number aside for a few hours.")
@click.option("--as", "person", help="Who does so.")
@click.option("--json", "raw", is_flag=True)
@verb
def warnings(acknowledge: int | None, rest: int | None, person: str | None, *, open_only: bool, raw: bool) -> None:
    """Warnings that were raised."""
    from assistant.cli import tables

    assistant = floor()
    if acknowledge is not None and not assistant.acknowledge(acknowledge, person or ""):
        say_no(f"Warning {acknowledge} cannot be acknowledged by {person or 'nobody'}.")
    if rest is not None and not _put_aside(assistant, rest, person or ""):
        say_no(f"Warning {rest} cannot be put aside by {person or 'nobody'}.")
    found = assistant.warnings(open_only=open_only)
    as_json(found) if raw else tables.rows("Warnings", found)


def _put_aside(assistant: Any, number: int, person: str) -> bool:  # noqa: ANN401 - see common.floor
    from assistant.supervision.warnings import put_aside

    known = any(p.code == person for p in assistant.people())
    now = assistant.now()
    return known and bool(assistant.store.run(lambda session: put_aside(session, number, person, now)))


@click.command()
@verb
def sweep() -> None:
    """Look for warnings now."""
    from assistant.delivery.courier import tick

    found = tick(floor())
    click.echo(f"{found} warnings are open.")


@click.command()
@click.option("--again", type=int, help="Send the message of this number, which was set aside, once more.")
@click.option("--json", "raw", is_flag=True)
@verb
def messages(again: int | None, *, raw: bool) -> None:
    """Messages that were not delivered yet although they were tried, and those that were set aside."""
    from assistant.cli import tables
    from assistant.views.json_shapes import stamp

    assistant = floor()
    now = assistant.now()
    if again is not None and not assistant.store.run(lambda session: session.outbox.again(again, now)):
        say_no(f"Message {again} was not set aside.")
    aside, found = assistant.store.run(
        lambda session: ({m.id for m in session.outbox.set_aside()}, session.outbox.troubled()), write=False
    )
    rows = [
        {
            "number": m.id,
            "to": m.sink,
            "at": stamp(m.at, assistant.zone),
            "say": str(m.body.get("say", "")),
            "state": "set aside" if m.id in aside else "waits",
            "tries": m.attempts,
            "error": m.error,
        }
        for m in found
    ]
    rows += _slack(assistant)
    as_json(rows) if raw else tables.rows("Messages", rows)


def _slack(assistant: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - see common.floor
    """Answers in Slack that it did not take, where the plant has Slack."""
    from assistant.channels.slack.journal import Book
    from assistant.views.json_shapes import stamp

    file = assistant.settings.slack_file
    if not file.exists():
        return []
    book = Book(file)
    found = book.troubled()
    book.close()
    return [
        {
            "number": None,
            "to": f"slack:{post.channel}",
            "at": stamp(datetime.fromtimestamp(post.at, assistant.zone), assistant.zone),
            "say": post.text,
            "state": "given up" if post.over else "waits",
            "tries": post.tries,
            "error": post.error,
        }
        for post in found
    ]
