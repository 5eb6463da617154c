"""A page as a test sees it: its elements, forms and text, and a browser without scripts that fills in its forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask
from werkzeug.test import TestResponse

from assistant.assistant import Assistant
from assistant.views.rows import EntryRow

MOVE = "moved 12 cs romaine RM1107 from C1-01 to line 2"
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """An element with its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def everything(self) -> Iterator["Element"]:
        """All elements below, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.everything()

    def all(self, tag: str | None = None, **wanted: str) -> list["Element"]:
        """The elements below with that tag, class (`of`) and attributes."""
        of = wanted.pop("of", None)
        return [
            one
            for one in self.everything()
            if (tag is None or one.tag == tag)
            and (of is None or of in one.attributes.get("class", "").split())
            and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str | None = None, **wanted: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]

    @property
    def text(self) -> str:
        """What a person reads there, white space collapsed."""
        parts = (child if isinstance(child, str) else f" {child.text} " for child in self.children)
        return " ".join("".join(parts).split())

    def fields(self) -> dict[str, str]:
        """What a form would send, but for its buttons."""
        sent = {i["name"]: i.attributes.get("value", "") for i in self.all("input") if "name" in i.attributes}
        for select in self.all("select"):
            options = select.all("option")
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            sent |= {select["name"]: chosen[0]["value"]} if chosen else {}
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The page as elements; every end tag must close what is open."""
    reader = _Reader()
    reader.feed(html)
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


class Browser:
    """A browser without scripts: it keeps cookies, follows redirects and sends the forms of the page it shows."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.response: TestResponse
        self.page: Element

    def get(self, path: str, **more: object) -> Element:
        """Opens a page."""
        return self._show(self.client.get(path, follow_redirects=True, **more))

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Element:
        """Sends a form."""
        return self._show(self.client.post(path, data=fields, headers=headers, follow_redirects=True))

    def speak_as(self, person: str) -> Element:
        """Chooses who speaks."""
        form = self.get("/").one("form", action="/as")
        return self.post("/as", form.fields() | {"person": person})

    def say(self, text: str) -> Element:
        """Types a message into the page that is shown and sends it."""
        return self.post("/say", self.page.one("form", id="say").fields() | {"text": text})

    def _show(self, response: TestResponse) -> Element:
        self.response = response
        self.page = read(response.text)
        return self.page


def cards(page: Element, kind: str) -> list[str]:
    """The texts of the cards of that kind."""
    return [card.text for card in page.all("li", of=kind) if "card" in card["class"].split()]


def posted(assistant: Assistant) -> list[EntryRow]:
    """What was posted through the console."""
    return [entry for entry in assistant.entries() if entry["channel"] == "console"]
