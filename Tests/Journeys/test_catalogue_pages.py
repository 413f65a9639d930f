"""The catalogue's pages in a real browser: on a phone and a desk, by keyboard, without scripts, and on paper."""

import re
import subprocess

import pytest

from aws import IAM_SERVER, READ_ONLY, LocalAWS
from harness import wire
from harness.browser import FAINT, browsing
from harness.gateway import Gateway
from harness.programs import free_port, gatehouse, wait_until

SERVER = "awslabs-iam-mcp-server"
TOOL = f"/catalog/{SERVER}/detach_user_policy"
PAGES = [
    "/catalog",
    "/catalog?q=detach&risk=Critical",
    "/catalog?q=detahc+user",
    "/catalog/providers",
    "/catalog/providers/aws",
    f"/catalog/{SERVER}",
    TOOL,
    "/attacks",
    "/attacks/lock-out",
]
# The sections that the product's description names, as headings and in its order.
SECTIONS = [
    "detach_user_policy",
    "What it does",
    "Why it needs a policy",
    "Attack patterns that apply",
    "Recommended policy",
    "Put it in force",
    "Register the server",
    "Add the policy",
    "Point your client at the gateway",
    "Related tools",
    "Further reading",
    "Restrict it now",
    "Questions and answers",
]


class Console:
    """A gateway whose console listens, and plain requests to it."""

    def __init__(self, gateway: Gateway, port: int):
        self.gateway, self.port = gateway, port
        self.origin = f"http://127.0.0.1:{port}"

    def get(self, path: str, host: str | None = None) -> wire.Response:
        with wire.Connection(("127.0.0.1", self.port), None) as connection:
            connection.send(wire.head(path, [("Host", host or f"127.0.0.1:{self.port}")], "GET"))
            return connection.receive()

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def aws():
    with LocalAWS(free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def console(folder):
    port = free_port()
    gateway = Gateway(folder / "console", {}, {}, console={"listen": f"127.0.0.1:{port}"}).start()
    console = Console(gateway, port)
    wait_until(console.is_ready, lambda: f"the catalogue\n{gateway.log_text()}", seconds=60)
    yield console
    gateway.stop()


@pytest.fixture(scope="module")
def browser(console):
    with browsing(console.origin) as browser:
        yield browser


@pytest.fixture(autouse=True)
def fresh(request):
    if "browser" in request.fixturenames:
        browser = request.getfixturevalue("browser")
        browser.scripts(True)
        browser.media()
        browser.resize(1440)
        browser.complaints()


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_the_browser_has_nothing_to_complain_of(browser, path, width):
    browser.resize(width)
    browser.open(path)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.complaints() == []
    assert browser.run("return document.querySelectorAll('h1').length") == 1
    assert browser.run("return document.title").endswith(" · Gatehouse")
    assert browser.run("return document.querySelector('link[rel=canonical]')?.href ?? ''").startswith(
        browser.origin if "?" not in path else ""
    )
    assert browser.run("return document.styleSheets[0].cssRules.length") > 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_can_be_read_in_light_and_dark(browser, path, scheme):
    browser.media(scheme)
    browser.open(path)
    assert browser.run(FAINT) == []


def test_a_text_that_cannot_be_read_would_be_found(browser):
    browser.open(TOOL)
    browser.run("document.querySelector('h1').style.color = '#b0b0b0'")
    (found,) = browser.run(FAINT)
    assert "detach_user_policy" in found


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_of_detach_user_policy_has_every_section_in_order(browser, width):
    browser.resize(width)
    browser.open(TOOL)
    assert [heading for heading in browser.headings() if heading in SECTIONS] == SECTIONS
    top = "return document.getElementById('{}').getBoundingClientRect().top"
    if width == 390:
        order = ["does", "why", "attacks", "recommended", "force", "related", "reading", "act", "questions"]
        tops = [browser.run(top.format(section)) for section in order]
        assert tops == sorted(tops)
    else:
        assert abs(browser.run(top.format("recommended")) - browser.run(top.format("does"))) < 4
    assert browser.run("return document.querySelector('aside mark').textContent") == '"detach_user_policy"'


def test_it_is_used_by_keyboard_alone(browser):
    from selenium.webdriver.common.keys import Keys

    browser.open("/catalog")
    assert browser.press(Keys.TAB)[3] == "Skip to content"
    seen = []
    for _ in range(20):
        tag, name, _, text = browser.press(Keys.TAB)
        seen.append(name or text)
        assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") != "none", seen
        if name == "q":
            break
    assert seen[-1] == "q" and "Attack patterns" in seen
    browser.press("detach user pol", Keys.ENTER)
    wait_until(lambda: "q=detach" in browser.driver.current_url, "the search")
    for _ in range(20):
        if browser.press(Keys.TAB)[3] == "detach_user_policy":
            break
    browser.press(Keys.ENTER)
    wait_until(lambda: browser.driver.current_url.endswith(TOOL), "the tool's page")
    # Tabs are radio buttons: arrows choose among them.
    for _ in range(40):
        if browser.press(Keys.TAB)[1] == "client-claude":
            break
    assert browser.press(Keys.ARROW_RIGHT)[1] == "client-cursor"
    shown = "return [...document.querySelectorAll('.panes > div')].filter(e => e.checkVisibility()).map(e => e.innerText)"
    (pane,) = browser.run(shown)
    assert "~/.cursor/mcp.json" in pane and '"mcpServers"' in pane


def test_it_works_without_scripts(browser):
    browser.scripts(False)
    browser.open("/catalog?q=detach+user+policy")
    browser.driver.find_element("link text", "detach_user_policy").click()
    assert browser.driver.current_url.endswith(TOOL)
    panes = browser.driver.find_elements("css selector", ".panes > div")
    assert [pane.is_displayed() for pane in panes] == [True, False, False, False, False, False]
    browser.driver.find_element("css selector", "label[for=client-codex]").click()
    assert [pane.is_displayed() for pane in panes] == [False, False, False, True, False, False]
    answer = browser.driver.find_elements("css selector", ".qa details")[4]
    answer.find_element("tag name", "summary").click()
    assert "List it under" in answer.text


def test_on_paper_everything_is_there_and_nothing_that_only_a_screen_can_do(browser):
    browser.open(TOOL)
    browser.media(medium="print")
    panes = browser.driver.find_elements("css selector", ".panes > div")
    assert len(panes) == 6 and all(pane.is_displayed() for pane in panes)
    assert not browser.driver.find_element("css selector", ".top nav").is_displayed()
    assert not any(e.is_displayed() for e in browser.driver.find_elements("css selector", ".btns"))


def test_a_page_for_another_name_is_refused(console):
    assert console.get("/catalog", host="rebound.example").status == 421
    assert console.get("/livez", host="10.0.0.7").status == 200


def policy(console: Console, folder) -> str:
    """What the page of detach_user_policy lets people take along."""
    page = console.get(TOOL).body.decode()
    (link, *_) = re.findall(r'href="([^"]+)" download="policy.json">Use this policy', page)
    text = console.get(link).body.decode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.json").write_text(text)
    return text


def test_the_whole_servers_policy_passes_the_strict_check(console, tmp_path):
    policy(console, tmp_path)
    checked = gatehouse("policy", "check", "--strict", str(tmp_path / "policy.json"))
    assert checked.returncode == 0, checked.stderr + checked.stdout


@pytest.mark.anyio
async def test_the_pasted_policy_and_the_copied_snippet_work_before_the_real_server(console, aws, tmp_path):
    server = {"command": [IAM_SERVER, "--allow-write"], "environment": aws.environment}
    gateway = Gateway(tmp_path / "iam", {SERVER: server}, {SERVER: policy(console, tmp_path)})
    gateway.start()
    try:
        async with gateway.client(SERVER) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            assert "detach_user_policy" not in names and "list_users" in names
            with pytest.raises(Exception, match="detach_user_policy"):
                await client.call_tool(
                    "detach_user_policy", {"user_name": "alice", "policy_arn": READ_ONLY, "confirmed": True}
                )
            assert "ReadOnlyAccess" in aws.policies_of("alice")
            read = await client.call_tool("get_user", {"user_name": "alice", "ctx": {"content": []}})
            assert not read.is_error
        listed = subprocess.run(
            ["bash", "-c", snippet(console, "curl", gateway)], capture_output=True, text=True, timeout=30
        )
        assert '"name":"list_users"' in listed.stdout.replace(": ", ":"), listed
        assert "detach_user_policy" not in listed.stdout
    finally:
        gateway.stop()


def snippet(console: Console, client: str, gateway: Gateway) -> str:
    """What a page tells a client, with this gateway's address and token put in."""
    import html

    page = console.get(TOOL).body.decode()
    texts = [html.unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r"<code>(.*?)</code>", page, re.DOTALL)]
    (text,) = [text for text in texts if text.startswith(f"{client} ")]
    text = re.sub(r"http://127\.0\.0\.1:\d+", f"http://127.0.0.1:{gateway.port}", text)
    return text.replace("ghs_…", gateway.token)
