"""The environment as one frozen value; every fault in it is told at once.

Every name begins with FLOOR_ and is described in docs/operations.md.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_CHANNELS = ("floor", "supervisors", "quality", "receivers")
"""The groups of people who may have a Slack channel of their own."""

Confirm = Literal["always", "voice", "never"]


class SettingsFault(Exception):
    """The environment cannot be used; `str()` is one line a fault."""


class Settings(BaseSettings):
    """How this assistant runs. Built by `load`, frozen afterwards."""

    model_config = SettingsConfigDict(env_prefix="FLOOR_", frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///var/floor.db"
    today: date | None = None
    timezone: str | None = None
    confirm: Confirm = "voice"
    host: str = "127.0.0.1"
    hosts: tuple[str, ...] = ()
    port: int = Field(default=8600, ge=0, le=65535)
    rules: Path | None = None
    console: bool | None = None
    demo: bool = False
    webhook_url: str | None = None
    webhook_secret: str = ""
    messages_file: Path = Path("var/messages.log")
    shift_ends: tuple[int, ...] = (6, 14, 22)
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = "https://slack.com/api/"
    slack_channels: Mapping[str, str] = {}
    slack_file: Path = Path("var/slack.db")
    model: Path | None = None
    model_url: str = "https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip"
    model_folder: Path = Path("var/models")
    headset_pins: Path = Path("var/headset-pins.json")
    headset_streams: int = Field(default=8, ge=1, le=32)
    wake_word: str | None = None
    sleep_word: str | None = None
    audio_days: int = Field(default=0, ge=0, le=3650)
    audio_folder: Path = Path("var/audio")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError) as error:
                message = f"there is no time zone {name!r}"
                raise ValueError(message) from error
        return name

    @field_validator("slack_channels")
    @classmethod
    def _known_channels(cls, channels: Mapping[str, str]) -> Mapping[str, str]:
        unknown = ", ".join(repr(name) for name in channels if name not in SLACK_CHANNELS)
        if unknown:
            message = f"there is no {unknown}; there are {', '.join(SLACK_CHANNELS)}"
            raise ValueError(message)
        named = ", ".join(repr(found) for found in channels.values() if found and not found.startswith(("C", "G", "D")))
        if named:
            message = f"{named} is no channel's id; that begins with C and stands at the end of its About page"
            raise ValueError(message)
        return channels

    @property
    def console_open(self) -> bool:
        """The console speaks as anybody: open it in the demo, or where only this machine can reach it."""
        if self.console is not None:
            return self.console
        return self.demo or self.host in {"127.0.0.1", "localhost", "::1"}

    def now(self, zone: ZoneInfo) -> datetime:
        """This moment in the plant, on the pinned day where one is pinned."""
        moment = datetime.now(zone)
        if self.today is None:
            return moment
        return moment.replace(year=self.today.year, month=self.today.month, day=self.today.day)


def load(**given: Any) -> Settings:  # noqa: ANN401 - any setting, by name
    """Settings from the environment, with what is `given` on top. Raises SettingsFault naming every fault."""
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = [f"FLOOR_{'.'.join(map(str, f['loc'])).upper()}: {_told(f['msg'])}" for f in error.errors()]
        raise SettingsFault("\n".join(faults)) from None


def _told(message: str) -> str:
    """What pydantic says, without its own preface."""
    return message.removeprefix("Value error, ")
