"""Fills a Canaille's database with people, groups and a client, as JSON on standard input says; run in its environment."""

import json
import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend


def kept(backend, model, key: str, name: str, values: dict):
    """The thing of this name, new or changed."""
    thing = backend.get(model, **{key: name}) or model(**{key: name})
    for attribute, value in values.items():
        setattr(thing, attribute, value)
    backend.save(thing)
    return thing


def main() -> None:
    wanted = json.load(sys.stdin)
    with create_app().app_context(), Backend.instance.session():
        backend = Backend.instance
        people = {
            name: kept(backend, models.User, "user_name", name, person) for name, person in wanted["people"].items()
        }
        for name, members in wanted["groups"].items():
            group = backend.get(models.Group, display_name=name)
            # A group is nobody's without members, and then is not there.
            if members:
                kept(backend, models.Group, "display_name", name, {"members": [people[one] for one in members]})
            elif group:
                backend.delete(group)
        for name, client in wanted["clients"].items():
            registered = kept(backend, models.Client, "client_id", name, client)
            registered.audience = [registered]
            backend.save(registered)


main()
