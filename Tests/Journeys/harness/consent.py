"""A member's browser before the consent page, and the official client's sign-in through it."""

import html
import re
import urllib.parse

import httpx2
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.shared.auth import OAuthClientMetadata

CALLBACK = "http://127.0.0.1:33418/callback"


class Tokens:
    """Where the official client keeps what it got."""

    tokens = client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


def fields(page: str) -> dict[str, dict]:
    """The hidden fields of each form of a page, by the decision that it sends."""
    forms = {}
    for form in re.findall(r"<form.*?</form>", page, re.S):
        hidden = {
            name: html.unescape(value)
            for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
        }
        forms[hidden.get("decision", "")] = hidden
    return forms


def grants(page: str) -> list[str]:
    """The ids of the grants that a page offers."""
    return re.findall(r'name="grant" value="([^"]*)"', page)


def local(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return parts.path + ("?" + parts.query if parts.query else "")


def decide(browser, url: str, decision: str = "allow", grant: int = 0) -> str:
    """Follows a client's question to the consent page and answers it; where the browser is sent then."""
    status, _, page = browser.request("GET", local(url))
    assert status == 200, page
    form = fields(page)[decision]
    if decision == "allow":
        form["grant"] = grants(page)[grant]
    status, headers, text = browser.request("POST", "/oauth/authorize", form)
    assert status == 303, text
    return headers["location"]


def answer(location: str) -> dict[str, str]:
    """The members of an answer that the browser takes to the client."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))


def provider(endpoint: str, browser, tokens: Tokens, document: str | None = None) -> OAuthClientProvider:
    """The official client's OAuth, whose browser is this one."""
    came: dict[str, str] = {}

    async def open_browser(url: str) -> None:
        came.update(answer(decide(browser, url)))

    async def wait_for_answer() -> AuthorizationCodeResult:
        return AuthorizationCodeResult(code=came["code"], state=came["state"], iss=came["iss"])

    about = OAuthClientMetadata(
        client_name="Journey", redirect_uris=[CALLBACK], grant_types=["authorization_code", "refresh_token"],
        token_endpoint_auth_method="none",
    )  # fmt: skip
    return OAuthClientProvider(
        endpoint, about, tokens, redirect_handler=open_browser, callback_handler=wait_for_answer,
        client_metadata_url=document,
    )  # fmt: skip
