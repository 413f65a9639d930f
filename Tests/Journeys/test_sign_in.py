"""People sign in to the console at a real OpenID Connect provider."""

import json
import re
import time
import urllib.parse

import pytest

from harness.browser import browsing
from harness.canaille import SECRET, Canaille, Person
from harness.managed import ManagedGateway
from harness.programs import wait_until

ROLES = [
    {"when": {"groups": "gatehouse-admins"}, "role": "admin"},
    {"when": {"groups": ["security", "platform"]}, "role": "policy_manager"},
    {"when": {"groups": "staff"}, "role": "viewer"},
]

CHANGES = {
    "another-state": (lambda query: query | {"state": "x" * 43}, 400),
    "no-state": (lambda query: without(query, "state"), 400),
    "another-issuer": (lambda query: query | {"iss": "https://evil.example"}, 502),
    "no-issuer": (lambda query: without(query, "iss"), 502),
    "another-code": (lambda query: query | {"code": "another"}, 502),
    "no-code": (lambda query: without(query, "code"), 400),
}
SENDERS = [f"sender-of-{change}" for change in CHANGES]


def without(query: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != name}


class House:
    """A gateway with an organisation, and the provider that its members sign in at."""

    def __init__(self, folder):
        self.provider = Canaille(folder / "provider")
        self.gateway = ManagedGateway(folder / "gateway", "--config", str(folder / "gatehouse.yaml"))
        self.entered: dict[str, int] = {}
        self.console = f"http://127.0.0.1:{self.gateway.console}"
        self.callback = self.console + "/signin/corp/callback"
        (folder / "secret").write_text(SECRET + "\n")
        corp = {
            "issuer": self.provider.url,
            "client_id": "gatehouse",
            "client_secret_file": "secret",
            "title": "Northwind",
            "organisation": "Acme",
            "roles": ROLES,
        }
        (folder / "gatehouse.yaml").write_text(json.dumps({"sign_in": {"providers": {"corp": corp}}}))
        self.provider.add_client("gatehouse", self.callback)
        self.provider.add_person("ann", "gatehouse-admins", "staff")
        self.provider.add_person("bob", "staff")
        self.provider.add_person("eve", "elsewhere")
        for name in ("carol", "dave", "frank", "heidi", "ivan", *SENDERS):
            self.provider.add_person(name, "staff")
        self.provider.start()
        self.gateway.start()
        self.gateway.run("organisation", "create", "Acme")

    def close(self) -> None:
        self.gateway.stop()
        self.provider.close()

    def leave(self, person: Person):
        """The redirect that sends a browser to the provider."""
        answer = person.get(self.console + "/signin/corp")
        assert answer.status_code == 303, answer.text
        return answer

    def back(self, person: Person) -> str:
        """The address with which the provider sends the person back."""
        return person.sign_in(self.leave(person), self.callback)

    def enter(self, person: Person):
        # Two tokens of one person and second are the same token to this provider, which it refuses to give twice.
        wait_until(lambda: int(time.time()) > self.entered.get(person.name, 0), "the next second")
        answer = person.get(self.back(person))
        self.entered[person.name] = int(time.time())
        return answer

    def role(self, person: Person) -> str | None:
        """As the account's page says; None for somebody who is not signed in."""
        answer = person.get(self.console + "/account")
        if answer.status_code == 303:
            return None
        return re.search(r"Role</dt><dd>([^<]*)", answer.text)[1]

    def members(self) -> dict[str, dict]:
        return {one["email"]: one for one in self.gateway.ask("GET", "/members")[1]["items"]}

    def events(self) -> list[dict]:
        return [one["event"] for one in self.gateway.ask("GET", "/events?limit=200")[1]["items"]]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    running = House(tmp_path_factory.mktemp("sign-in"))
    yield running
    running.close()


def test_a_first_sign_in_makes_a_member_with_the_highest_role_of_its_groups(house):
    ann, bob = Person("ann"), Person("bob")
    for person, role in ((ann, "admin"), (bob, "viewer")):
        answer = house.enter(person)
        assert (answer.status_code, answer.headers["location"]) == (303, "/account"), answer.text
        assert house.role(person) == role
    assert house.members()["bob@example.com"]["name"] == "Bob of Acme"
    joined = [one for one in house.events() if one["operation"] == "joinThroughProvider"]
    assert {one["actor"] for one in joined} == {"provider corp"}
    assert {one["after"]["email"] for one in joined} >= {"ann@example.com", "bob@example.com"}
    assert SECRET not in house.gateway.log_text() + json.dumps(house.events())


def test_the_question_holds_what_binds_its_answer(house):
    query = urllib.parse.parse_qs(urllib.parse.urlparse(house.leave(Person("bob")).headers["location"]).query)
    assert query["response_type"] == ["code"] and query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [house.callback] and query["scope"] == ["openid profile email groups"]
    assert all(len(query[name][0]) == 43 for name in ("state", "nonce", "code_challenge"))


def test_somebody_whose_groups_have_no_role_is_told_so_and_stays_out(house):
    eve = Person("eve")
    answer = house.enter(eve)
    assert answer.status_code == 403 and "none of your groups has a role here" in answer.text
    assert house.role(eve) is None and "eve@example.com" not in house.members()


def test_an_answer_counts_once_and_in_the_browser_that_asked(house):
    heidi, eve = Person("heidi"), Person("eve")
    address = house.back(heidi)
    # Somebody else's browser, with a question of its own and without.
    assert eve.get(address).status_code == 400
    house.leave(eve)
    assert eve.get(address).status_code == 400 and house.role(eve) is None
    # An answer to no question of this browser's, as somebody's link may be one, does not end the question that is open.
    assert heidi.get(house.callback + "?code=x&state=y").status_code == 400
    ticket = dict(heidi.session.cookies)["gatehouse-signin"]
    assert heidi.get(address).status_code == 303
    replayed = eve.get(address, headers={"cookie": f"gatehouse-signin={ticket}"})
    assert replayed.status_code == 400 and "was answered before" in replayed.text


@pytest.mark.parametrize("change", CHANGES)
def test_an_answer_with_anything_changed_signs_nobody_in(house, change):
    person = Person(f"sender-of-{change}")
    address, _, query = house.back(person).partition("?")
    changed, status = CHANGES[change]
    query = changed(dict(urllib.parse.parse_qsl(query)))
    answer = person.get(address + "?" + urllib.parse.urlencode(query))
    assert answer.status_code == status, answer.text
    assert house.role(person) is None and "gatehouse" not in person.session.cookies


def test_what_a_provider_says_no_with_is_text(house):
    bob = Person("bob")
    address, _, query = house.back(bob).partition("?")
    asked = dict(urllib.parse.parse_qsl(query))
    said = {"state": asked["state"], "iss": asked["iss"], "error": "access_denied"}
    said["error_description"] = "<script>alert(1)</script>\u202e" + "x" * 600
    answer = bob.get(address + "?" + urllib.parse.urlencode(said))
    assert answer.status_code == 403 and "access_denied" in answer.text
    assert "<script" not in answer.text and "\u202e" not in answer.text and "x" * 201 not in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_role_is_the_groups_at_each_sign_in_and_none_ends_every_sign_in(house):
    first, second = Person("carol"), Person("carol")
    house.enter(first)
    house.provider.move("carol", "platform")
    house.enter(second)
    assert house.role(first) == house.role(second) == "policy manager"
    changed = next(one for one in house.events() if one["operation"] == "changeRole")
    assert (changed["actor"], changed["before"]["role"], changed["after"]["role"]) == (
        "provider corp",
        "viewer",
        "policy_manager",
    )
    house.provider.move("carol", "elsewhere")
    assert house.enter(Person("carol")).status_code == 403
    assert house.role(first) is house.role(second) is None


def test_somebody_disabled_here_stays_out_whatever_the_provider_says(house):
    dave = Person("dave")
    house.enter(dave)
    assert house.role(dave) == "viewer"
    house.gateway.run("member", "disable", "dave@example.com")
    assert house.role(dave) is None
    answer = house.enter(Person("dave"))
    assert answer.status_code == 403 and "disabled here" in answer.text
    house.gateway.run("member", "enable", "dave@example.com")
    house.enter(dave)
    assert house.role(dave) == "viewer"


def test_signing_out_everywhere_ends_sign_ins_at_the_provider_too(house):
    first, second = Person("frank"), Person("frank")
    house.enter(first)
    house.enter(second)
    page = second.get(house.console + "/account").text
    form = re.search(r'name="form" value="([^"]*)"', page)[1]
    sent = second.session.post(
        house.console + "/signout/everywhere",
        {"form": form},
        headers={"origin": house.console},
        allow_redirects=False,
        timeout=30,
    )
    assert sent.status_code == 303
    assert house.role(first) is house.role(second) is None


def test_an_account_with_the_same_address_is_not_taken_over(house):
    house.provider.add_person("grace", "gatehouse-admins")
    house.provider.fill()
    link = house.gateway.run("member", "invite", "--email", "grace@example.com").strip()
    grace = Person("grace")
    page = grace.get(link)
    form = re.search(r'name="form" value="([^"]*)"', page.text)[1]
    joined = grace.session.post(
        link,
        {"form": form, "name": "Grace", "email": "grace@example.com", "password": "correct horse battery"},
        headers={"origin": house.console},
        allow_redirects=False,
        timeout=30,
    )
    assert joined.status_code == 303 and house.role(grace) == "viewer"
    stranger = Person("grace")
    answer = house.enter(stranger)
    assert answer.status_code == 403 and "sign in with that" in answer.text
    assert house.role(stranger) is None and house.members()["grace@example.com"]["role"] == "viewer"


def test_a_person_signs_in_by_the_button_without_scripts(house):
    with browsing(house.console) as browser:
        browser.scripts(False)
        browser.open("/signin")
        button = browser.driver.find_element("link text", "Continue with Northwind")
        browser.resize(390)
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
        button.click()
        for field, text in (("login", "ivan"), ("password", "ivan-password")):
            element = wait_until(
                lambda name=field: browser.driver.find_elements("css selector", f"input[name={name}]"), field
            )[0]
            element.send_keys(text)
            element.submit()
        wait_until(lambda: "Your account" in browser.headings(), lambda: browser.driver.page_source)
        assert "ivan@example.com" in browser.driver.page_source
        assert not [one for one in browser.complaints() if house.console in one]
