"""What a screen reader says by itself: additions to live regions."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

_LISTEN = """() => {
  const said = (window.announced = []);
  const roles = { log: "polite", status: "polite", alert: "assertive" };
  const level = (element) => {
    const region = element.closest("[aria-live], [role=log], [role=status], [role=alert]");
    return region ? region.getAttribute("aria-live") ?? roles[region.getAttribute("role")] : "off";
  };
  const note = (node) => {
    const element = node instanceof Element ? node : node.parentElement;
    const text = node.textContent.trim();
    if (element?.isConnected && text) said.push([level(element), text]);
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(note);
  }).observe(document.querySelector("clinic-chat").shadowRoot, { childList: true, subtree: true });
}"""


@dataclass(frozen=True)
class Announced:
    """Texts by how insistently they are said."""

    polite: list[str]
    assertive: list[str]


def listen(page: Page) -> None:
    """Note announcements from now on."""
    page.evaluate(_LISTEN)


def announced(page: Page) -> Announced:
    """All since `listen`."""
    said = page.evaluate("window.announced")
    return Announced(*([text for kind, text in said if kind == k] for k in ("polite", "assertive")))


def live_regions(page: Page) -> set[tuple[str, str]]:
    """Role and politeness of the live regions in the browser's own accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found = set()
    for node in nodes:
        for quality in node.get("properties", []):
            if quality["name"] == "live" and quality["value"]["value"] != "off":
                found.add((node["role"]["value"], quality["value"]["value"]))
    return found
