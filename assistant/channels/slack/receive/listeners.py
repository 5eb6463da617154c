"""What Slack sends, taken down under a key of ours and acknowledged at once; the work is done afterwards.

The key is the message itself (team, channel and ts: an event may come twice, and under two names), the click (its
moment and who clicked), the command's trigger, the form. Only what has to be answered within seconds is done here:
forms are opened, help is shown.
"""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from re import compile as pattern
from secrets import token_hex
from typing import Any, Final

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from assistant.channels.slack.cards import sentences
from assistant.channels.slack.journal import Book
from assistant.channels.slack.receive import forms as modals
from assistant.channels.slack.receive import slash_commands
from assistant.channels.slack.receive.form_checks import FormChecks
from assistant.channels.slack.receive.rich_text import mrkdwn
from assistant.channels.slack.send.queue import Never, NotNow, call
from assistant.settings import Settings

LOG = logging.getLogger(__name__)

LISTENERS: Final = 16
FORMS: Final = 4

ANYTHING: Final = pattern(".*")
EDITS: Final = {"message_changed": "changed", "message_deleted": "deleted"}
FORMS_OF: Final = {"approve-note": "note", "reject": "note", "correct": "correct", "recall-form": "recall"}
"""The buttons that open a form."""
RECALLING: Final = frozenset({"recall-hold", "recall-finish"})
SAID: Final = frozenset({None, "file_share", "thread_broadcast", "me_message", "file_comment"})
"""Subtypes of messages in which somebody says something."""
SLACKBOT: Final = "USLACKBOT"

Body = Mapping[str, Any]


@dataclass(slots=True)
class Listeners:
    """Everything Slack may send, on its way into the book."""

    settings: Settings
    book: Book
    client: WebClient
    clock: Callable[[], float]
    wake: Callable[[], None]
    forms: Executor
    checks: FormChecks

    def take(self, key: str, kind: str, by: str, body: Body) -> None:
        """Write it down, so that it may be acknowledged, and have it handled."""
        if self.book.take(key, kind, by, body, self.clock()):
            self.wake()

    def message(self, body: Body) -> None:
        """A message, an edit or a deletion; what we or other programs said is none."""
        event = body["event"]
        subtype, channel = event.get("subtype"), event.get("channel")
        team = body.get("team_id") or event.get("team") or ""
        if subtype in EDITS:
            before = event.get("previous_message") or {}
            after = event.get("message") or {}
            if not before.get("bot_id") and before.get("user") != SLACKBOT and words(before) != words(after):
                of = f"{team}:{channel}:{before.get('ts')}"
                kept = {"of": of, "channel": channel, "ts": before.get("ts"), "user": before.get("user")}
                kept |= {"was": words(before), "text": words(after), "app": _app(body)}
                thread = before.get("thread_ts")
                kind = "deleted" if after.get("subtype") == "tombstone" else EDITS[subtype]
                self.take(f"{kind}:{of}:{event['ts']}", kind, str(before.get("user")), {**kept, "thread": thread})
            return
        comment = event.get("comment") or {}
        user = comment.get("user") or event.get("user")
        if subtype not in SAID or event.get("bot_id") or not user or user == SLACKBOT:
            return
        kept = {
            "user": user,
            "channel": channel,
            "ts": event["ts"],
            "thread": event.get("thread_ts"),
            "text": comment.get("comment") or words(event),
            "app": _app(body),
            "foreign": _foreign(body, event),
            "direct": event.get("channel_type") == "im" or str(channel).startswith("D"),
            "mention": event.get("type") == "app_mention",
            "files": [
                {k: file.get(k) for k in ("id", "name", "permalink")} for file in event.get("files") or () if file
            ],
        }
        if self._for_us(kept):
            self.take(f"{team}:{channel}:{event['ts']}", "said", user, kept)

    def _for_us(self, said: Mapping[str, Any]) -> bool:
        """Direct messages, the floor's channel, mentions, and threads in which we spoke."""
        if said["direct"] or said["mention"] or said["channel"] == self.settings.slack_channels.get("floor"):
            return True
        return bool(said["thread"]) and self.book.ours(said["channel"], said["thread"])

    def reaction(self, body: Body) -> None:
        """A reaction to a message of ours."""
        event = body["event"]
        item = event.get("item") or {}
        channel, ts, user = str(item.get("channel")), str(item.get("ts")), event.get("user")
        if user and item.get("type") == "message" and self.book.shown(channel, ts):
            kept = {"user": user, "channel": channel, "ts": ts, "thread": "", "reaction": event.get("reaction")}
            self.take(f"reaction:{channel}:{ts}:{user}:{event.get('event_ts')}", "reaction", user, kept)

    def member(self, body: Body) -> None:
        """A member who changed: their name, or whether they still are one."""
        member = body["event"]["user"]
        kept = {name: member.get(name) for name in ("deleted", "is_restricted", "is_ultra_restricted", "is_stranger")}
        self.take(f"member:{body.get('event_id')}", "member", member["id"], {"user": member["id"], "member": kept})

    def home(self, body: Body) -> None:
        """Somebody looks at the app's home."""
        event = body["event"]
        if event.get("tab", "home") == "home":
            self.take(f"home:{body.get('event_id')}", "home", event["user"], {"user": event["user"]})

    def action(self, body: Body) -> None:
        """A click."""
        did, user = body["actions"][0], body["user"]["id"]
        box, name = body.get("container") or {}, did["action_id"]
        where = {
            "user": user,
            "channel": (body.get("channel") or {}).get("id") or "",
            "ts": box.get("message_ts") or (body.get("message") or {}).get("ts") or "",
            "thread": (body.get("message") or {}).get("thread_ts") or "",
            "about": did.get("block_id") or "",
            "foreign": (body["user"].get("team_id") or body["team"]["id"]) != body["team"]["id"],
            "home": "home" if (body.get("view") or {}).get("type") == "home" else "",
        }
        value = str((did.get("selected_option") or did).get("value") or "")
        about = {k: str(v) for k, v in where.items() if v}
        if name in FORMS_OF:
            form = FORMS_OF[name]
            if form == "note":
                about |= {"decision": name.split("-")[0], "number": value}
            self.open(body["trigger_id"], user, form, {**about, "lot": value})
            return
        kind = "recall" if name in RECALLING else "click"
        self.take(f"click:{did['action_ts']}:{user}", kind, user, {**where, "action": name, "value": value})

    def open(self, trigger: str, user: str, form: str, about: Mapping[str, str]) -> None:
        """Show a form to who may have it; Slack gives three seconds for that, so that nothing waits for it."""
        self.forms.submit(self._open, trigger, user, form, about)

    def _open(self, trigger: str, user: str, form: str, about: Mapping[str, str]) -> None:
        """The form, or in its place why there is none."""
        told = self.checks.refusal(user, form, about)
        if told is None:
            try:
                call(self.client, "views.open", {"trigger_id": trigger, "view": self.checks.form(form, about)})
            except (NotNow, Never) as error:
                LOG.warning("a form could not be opened: %s", error)
                told = sentences.NOT_OPENED.format(why=error)
        if told is not None:
            where = {"channel": about.get("channel", ""), "thread": about.get("thread", ""), "user": user}
            self.take(f"unopened:{trigger}", "told", user, {**where, "say": told})

    def form(self, body: Body) -> dict[str, str]:
        """A form that was sent; what is wrong with it by field, where it is not taken."""
        view, user = body["view"], body["user"]["id"]
        fields = {name: modals.typed(view, name) for name in view["state"]["values"]}
        about = modals.about(view)
        faults = self.checks.faults(user, view["callback_id"], about, fields)
        if not faults:
            kept = {**about, "user": user, "form": view["callback_id"], "fields": fields}
            self.take(f"form:{view['id']}:{user}", "form", user, kept)
        return faults

    def command(self, body: Body) -> str | None:
        """A slash command; a text is what only its author is shown, at once."""
        name, text, user = body["command"].lstrip("/"), (body.get("text") or "").strip(), body["user_id"]
        told = slash_commands.at_once(name, text)
        if told is not None:
            return told
        if name == "recall":
            self.open(body["trigger_id"], user, "recall", {"channel": body["channel_id"], "lot": text})
            return None
        kept = {"user": user, "channel": body["channel_id"], "command": name, "text": text}
        self.take(f"command:{body['trigger_id']}", "command", user, kept)
        return None


def words(message: Mapping[str, Any]) -> str:
    """What a message says, in Slack's mrkdwn."""
    return mrkdwn(message.get("blocks")) or str(message.get("text") or "")


def _app(body: Body) -> str | None:
    """The id by which the app is mentioned."""
    return next((given["user_id"] for given in body.get("authorizations") or () if given.get("is_bot")), None)


def _foreign(body: Body, event: Mapping[str, Any]) -> bool:
    """Whether somebody of another workspace says it, in a channel that is shared with it."""
    home, theirs = body.get("team_id"), event.get("user_team") or event.get("source_team")
    return bool(theirs and home and theirs != home)


def bolt(listeners: Listeners, executor: ThreadPoolExecutor | None = None) -> App:
    """The Bolt app: requests with a wrong or old signature get no further than here."""
    settings = listeners.settings
    app = App(
        name="floor",
        signing_secret=settings.slack_signing_secret or token_hex(),
        authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id=None, bot_token=settings.slack_bot_token),
        client=WebClient(base_url=settings.slack_api_url),
        listener_executor=executor or ThreadPoolExecutor(LISTENERS, "slack-ack"),
        request_verification_enabled=True,
        ignoring_self_events_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _events(app, listeners)

    @app.action(ANYTHING)
    def clicked(ack: Callable[..., Any], body: Body) -> None:
        listeners.action(body)
        ack()

    @app.view(ANYTHING)
    def sent(ack: Callable[..., Any], body: Body) -> None:
        faults = listeners.form(body)
        ack(response_action="errors", errors=faults) if faults else ack()

    @app.command(ANYTHING)
    def commanded(ack: Callable[..., Any], body: Body) -> None:
        told = listeners.command(body)
        ack(response_type="ephemeral", text=told) if told else ack()

    return app


def _events(app: App, listeners: Listeners) -> None:
    """Events are taken down in front of their listener: Bolt acknowledges an event before it runs that."""
    taking = {"message": listeners.message, "app_mention": listeners.message, "app_home_opened": listeners.home}
    taking |= {"user_change": listeners.member, "reaction_added": listeners.reaction}

    def taken_down(body: Body, next: Callable[[], Any]) -> None:  # noqa: A002 - Bolt's name for it
        take = taking.get(body["event"]["type"])
        if take is not None:
            take(body)
        next()

    @app.event(ANYTHING, middleware=[taken_down])
    def event(ack: Callable[..., Any]) -> None:
        ack()


def clock() -> float:
    """Seconds since 1970."""
    return time.time()
