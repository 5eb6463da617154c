"""What every verb of the command line shares: settings, the wired assistant, errors told plainly."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from assistant.settings import Settings, SettingsFault, load

F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def plainly() -> Iterator[None]:
    """What goes wrong is told in its own sentence, and the exit code is 1."""
    from assistant.channels.voice.errors import VoiceError
    from store.errors import LoadRefused, StoreError

    try:
        yield
    except SettingsFault as fault:
        raise click.UsageError(str(fault)) from None
    except VoiceError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except LoadRefused as refused:
        for line in refused.faults:
            click.echo(line, err=True)
        click.echo("Nothing of the folder was loaded.", err=True)
        sys.exit(1)
    except StoreError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


def verb(command: F) -> F:
    """A command whose errors are told plainly."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - what the command takes and gives
        with plainly():
            return command(*args, **kwargs)

    return run  # type: ignore[return-value]


def settings() -> Settings:
    """The settings of this run; the folder of the default database is made."""
    found = load()
    if found.database_url.startswith("sqlite:///") and ":memory:" not in found.database_url:
        Path(found.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return found


def floor() -> Any:  # noqa: ANN401 - assistant.bootstrap is imported late, so that the type is not known here
    """The wired assistant."""
    from assistant.bootstrap import bootstrap

    return bootstrap(settings())


def as_json(document: object) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def moment_of(text: str | None, assistant: Any) -> datetime | None:  # noqa: ANN401 - see floor()
    """An ISO 8601 moment or day of the command line, in the plant's zone; refuses anything else in one sentence."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is no ISO 8601 moment or day", param_hint="--since") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=assistant.zone)


def say_no(sentence: str) -> NoReturn:
    """The answer is no: one sentence on stderr, exit 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
