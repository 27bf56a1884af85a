"""The website's pages and files over HTTP."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser

import pytest

from assistant.content.article import load_article
from assistant.settings import CONTENT, ROOT
from tests.channels.conftest import Server

ENTRY = "/widget/clinic-chat.js"
MODULE = f"/widget/{min(path.name for path in (ROOT / 'web/widget').glob('[d-z]*.js'))}"
STYLE = f"/page/{min(path.name for path in (ROOT / 'web/page').glob('*.css'))}"


class Ids(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.text += data


async def versioned(server: Server) -> str:
    found = re.search(
        r'"\.\.(/widget-[0-9a-f]{12}/clinic-chat\.js)"', (await server.http.get(ENTRY)).text
    )
    assert found, "the entry module does not name the versioned one"
    return found[1]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_the_root_leads_to_the_article(server: Server, method: str) -> None:
    answer = await server.http.request(method, "/?from=card")
    assert (answer.status_code, answer.headers["location"]) == (302, "/article?from=card")


async def test_the_article_has_every_anchor_that_answers_name(server: Server) -> None:
    page = Ids((await server.http.get("/article")).text)
    article = load_article(CONTENT / "article.md")
    wanted = {p.section.anchor for p in article.passages.values()} | set(article.passages)
    heading = {load_article(CONTENT / "article.md").passages["L3a"].section.anchor}
    assert wanted - heading <= set(page.ids)
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"


async def test_the_article_is_whole_and_without_what_is_for_the_assistant(server: Server) -> None:
    page = Ids((await server.http.get("/article")).text)
    for passage in load_article(CONTENT / "article.md").passages.values():
        assert passage.text in page.text
    assert "without" not in page.attributes
    assert "make validate" not in (await server.http.get("/article")).text


async def test_the_page_allows_nothing_foreign(server: Server) -> None:
    answer = await server.http.get("/article")
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.headers["content-security-policy"].split(";")
    )
    host = f"{server.host}:{server.port}"
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' ws://{host} wss://{host}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "style=" not in answer.text
    assert not re.findall(r"<script(?![^>]*\bsrc=)", answer.text), "an inline script"
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text.split("<main>")[0])


async def test_a_strange_host_does_not_get_into_the_policy(server: Server) -> None:
    answer = await server.http.get("/article", headers={"host": "a.example; script-src *"})
    assert "connect-src 'self';" in answer.headers["content-security-policy"]
    assert "script-src *" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/article", ENTRY, STYLE])
async def test_every_response_is_taken_for_what_it_is(server: Server, path: str) -> None:
    answer = await server.http.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"


async def test_modules_load_on_other_websites_and_stay_in_the_cache(server: Server) -> None:
    path = await versioned(server)
    answer = await server.http.get(path)
    assert answer.content == (ROOT / "web/widget/clinic-chat.js").read_bytes()
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", [ENTRY, MODULE, STYLE])
async def test_an_address_without_version_is_asked_for_again(server: Server, path: str) -> None:
    first = await server.http.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = await server.http.get(path, headers={"if-none-match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")
    other = await server.http.get(path, headers={"if-none-match": '"another"'})
    assert other.status_code == 200


async def test_an_old_version_still_loads_but_is_not_kept(server: Server) -> None:
    path = re.sub("widget-[0-9a-f]+", "widget-000000000000", await versioned(server))
    answer = await server.http.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


async def test_files_are_compressed_for_those_who_can_read_it(server: Server) -> None:
    async with server.http.stream("GET", MODULE, headers={"accept-encoding": "gzip"}) as answer:
        body = b"".join([chunk async for chunk in answer.aiter_raw()])
    plain = await server.http.get(MODULE, headers={"accept-encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "accept-encoding"
    assert gzip.decompress(body) == plain.content == (ROOT / f"web{MODULE}").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/page/page.html.j2",
        "/widget/no-such.js",
        "/widget/%2e%2e/%2e%2e/credentials.yml",
        "/widget/..%2f..%2fcontent%2fclinic.yml",
        "/page//etc/passwd",
        "/widget-000000000000/../page/page.html.j2",
    ],
)
async def test_nothing_else_is_served(server: Server, path: str) -> None:
    assert (await server.http.get(path)).status_code == 404
