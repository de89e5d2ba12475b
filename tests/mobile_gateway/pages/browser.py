"""A browser without scripts: it keeps cookies, and understands just enough HTML to press buttons."""

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI

VOID = frozenset("meta link br input source".split())
SMALL = frozenset(
    "html head meta title link body nav h1 h2 p ul li a b br small form input label textarea audio source".split()
)


@dataclass
class Form:
    """A form of a page: what it would send, and its buttons by what they show."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """What a page holds; making one fails on HTML that does not nest, and on anything a small browser cannot take."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.language = ""
        self.text = ""
        self._link = ""
        assert html.startswith("<!DOCTYPE html>\n")
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"
        self.text = " ".join(self.text.split())

    def form(self, action: str) -> Form:
        """The form that is sent there."""
        return next(form for form in self.forms if form.action == action)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        values = {name: value or "" for name, value in attrs}
        assert len(values) == len(attrs), f"an attribute twice: {attrs}"
        assert tag in SMALL, tag
        assert not [name for name in values if name == "style" or name.startswith("on")]
        assert values.get("id") not in self.ids
        self.ids |= {values["id"]} if "id" in values else set()
        if tag == "html":
            self.language = values["lang"]
        if tag == "a":
            self._link = values["href"]
            self.links[self._link] = ""
        if tag == "form":
            assert "form" not in self.open
            self.forms.append(Form(values["action"], values.get("method", "get")))
        if tag in ("input", "textarea"):
            self._field(values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.open and self.open[-1] != "title":
            self.text += data
        if "a" in self.open:
            self.links[self._link] += data

    def _field(self, values: dict[str, str]) -> None:
        form = self.forms[-1]
        if values.get("type") == "submit":
            form.buttons[values["value"]] = values.get("name", "")
        elif values.get("type") == "file":
            form.files.append(values["name"])
        elif values.get("type") == "radio" and "checked" not in values:
            form.fields.setdefault(values["name"], "")
        else:
            form.fields[values["name"]] = values.get("value", "")


@dataclass
class Browser:
    """One browser at one device."""

    app: FastAPI
    accept_language: str = "en"
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def get(self, address: str, **options: Any) -> httpx.Response:
        """What the address answers."""
        return asyncio.run(self._ask("GET", address, options))

    def post(self, address: str, **options: Any) -> httpx.Response:
        """What it answers to a form."""
        return asyncio.run(self._ask("POST", address, options))

    def page(self, address: str) -> Page:
        """The page at the address, which must be there."""
        return Page(self.get(address).raise_for_status().text)

    def send(self, form: Form, button: str = "", **typed: Any) -> httpx.Response:
        """Fill in a form, and press the button that shows these words."""
        files = typed.pop("files", None)
        pressed = {form.buttons[button]: button} if button and form.buttons[button] else {}
        return self.post(form.action, data=form.fields | typed | pressed, files=files)

    async def _ask(self, method: str, address: str, options: dict[str, Any]) -> httpx.Response:
        headers = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": self.accept_language}
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://testserver", headers=headers, cookies=self.cookies
        ) as client:
            response = await client.request(method, address, **options)
            self.cookies = client.cookies
            return response
