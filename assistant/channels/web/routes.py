"""The website's addresses: `/`, `/article`, and the files of widget and page."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, html, raw, redirect

from assistant.channels.web import headers
from assistant.channels.web.assets import Asset, Assets
from assistant.channels.web.page import ClinicPage

ARTICLE = "/article"
ENTRY = "clinic-chat.js"

_READ = ["GET", "HEAD"]


def add_pages(blueprint: Blueprint, web: Path, content: Path) -> None:
    """Add the routes; `web` holds the folders page and widget."""
    page = ClinicPage(web / "page", content)
    widget, styles = Assets(web / "widget"), Assets(web / "page")

    @blueprint.route(ARTICLE, methods=_READ)
    async def article(request: Request) -> HTTPResponse:
        return html(page.html(), headers=headers.for_pages(request.headers.get("host", "")))

    @blueprint.route(f"/widget/{ENTRY}", methods=_READ)
    async def entry(request: Request) -> HTTPResponse:
        # All modules are then loaded from an address that names their common version: they may
        # be kept for ever, and never does a new one meet an old one.
        script = f'export * from "../widget-{widget.version}/{ENTRY}";\n'
        return _file(request, Asset(script.encode(), "text/javascript; charset=utf-8"))

    @blueprint.route("/widget/<name:path>", methods=_READ)
    async def widget_file(request: Request, name: str) -> HTTPResponse:
        return _file(request, widget.get(name))

    @blueprint.route(r"/<folder:widget-[0-9a-f]{12}>/<name:path>", methods=_READ)
    async def versioned_file(request: Request, folder: str, name: str) -> HTTPResponse:
        current = folder == f"widget-{widget.version}"
        return _file(request, widget.get(name), immutable=current)

    @blueprint.route("/page/<name:path>", methods=_READ)
    async def page_file(request: Request, name: str) -> HTTPResponse:
        return _file(request, styles.get(name))


def send_root_to_article(app: Sanic) -> None:
    """Answer `/` with a redirect; Rasa's own route there says "Hello from Rasa"."""

    @app.on_request  # type: ignore[untyped-decorator]
    async def root(request: Request) -> HTTPResponse | None:
        if request.path != "/" or request.method not in _READ:
            return None
        query = f"?{request.query_string}" if request.query_string else ""
        return redirect(f"{ARTICLE}{query}", headers=headers.for_everything())


def _file(request: Request, asset: Asset | None, *, immutable: bool = False) -> HTTPResponse:
    if asset is None:
        raise NotFound("There is no such file.")
    own = {**headers.for_assets(immutable=immutable), "etag": asset.etag}
    if asset.etag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=own)
    if "gzip" in request.headers.get("accept-encoding", ""):
        own["content-encoding"] = "gzip"
        return raw(asset.zipped, headers=own, content_type=asset.content_type)
    return raw(asset.body, headers=own, content_type=asset.content_type)
