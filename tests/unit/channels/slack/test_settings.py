"""Slack's settings: a mistyped one is told in a sentence when the process starts."""

import pytest

from assistant.settings import SettingsFault, load


def test_channels_are_taken_by_their_ids() -> None:
    channels = {"floor": "C01", "supervisors": "C02", "quality": "G03", "receivers": ""}
    assert load(slack_channels=channels).slack_channels == channels


def test_a_group_that_nobody_is_told_in_is_named() -> None:
    with pytest.raises(SettingsFault, match="FLOOR_SLACK_CHANNELS: there is no 'supervisor'; there are floor, superv"):
        load(slack_channels={"supervisor": "C01"})


def test_a_name_in_place_of_an_id_is_named() -> None:
    with pytest.raises(SettingsFault, match="'#floor' is no channel's id"):
        load(slack_channels={"floor": "#floor"})


def test_channels_from_the_environment_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOOR_SLACK_CHANNELS", '{"floor": "C01"}')
    assert load().slack_channels == {"floor": "C01"}
