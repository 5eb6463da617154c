"""The manifest installs an app that has all that the channel answers to, and no more than it needs."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from assistant.channels.slack.installed import SCOPES
from assistant.channels.slack.receive.slash_commands import HELP

MANIFEST = Path(__file__).parents[4] / "slack-manifest.yaml"
SCHEMA = Path(__file__).parents[3] / "standards" / "slack" / "manifest.schema.2.0.0.json"
ADDRESS = "https://floor.example.com/slack/events"

NEEDED = {
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "app_home_opened": set[str](),
    "user_change": {"users:read"},
    "reaction_added": {"reactions:read"},
}
"""The scopes without which Slack refuses to subscribe to an event."""

CALLING = {"chat:write", "im:write", "files:write", "files:read", "commands"}
"""The scopes of what is called: messages, also to people, files, and commands."""


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return found


def test_slack_would_install_it(manifest: dict[str, Any]) -> None:
    """By Slack's own schema; one with a fault is no app at all."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(manifest)] == []
    assert list(validator.iter_errors({**manifest, "settings": {"interactivity": "yes"}}))


def test_the_app_asks_for_the_scopes_that_it_looks_for_at_its_start(manifest: dict[str, Any]) -> None:
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(SCOPES)


def test_every_command_is_installed_and_answered(manifest: dict[str, Any]) -> None:
    commands = manifest["features"]["slash_commands"]
    assert sorted(c["command"] for c in commands) == sorted(f"/{name}" for name in HELP)
    for command in commands:
        assert command["url"] == ADDRESS
        assert 0 < len(command["description"]) <= 2000
        assert command["usage_hint"]


def test_events_come_with_the_scopes_that_they_need_and_no_others(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]
    assert set(events["bot_events"]) == set(NEEDED)
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == CALLING.union(*NEEDED.values())
    assert events["request_url"] == manifest["settings"]["interactivity"]["request_url"] == ADDRESS


def test_people_can_write_to_the_app_and_see_its_home(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_names_are_within_slacks_limits(manifest: dict[str, Any]) -> None:
    display = manifest["display_information"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
