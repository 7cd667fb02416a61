"""What is tried by stk."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from stk_shell.model.errors import StkError
from stk_shell.model.store import EventQuery
from tests.store.isolation.world import (
    BOTH,
    MAINTAINER,
    NOBODY,
    NONE,
    OTHER,
    OWN,
    READER,
    STRANGER,
    WRITER,
    Command,
    Outcome,
    World,
    asked,
    sees,
)


def by_stk(program: Callable[[World, str], str], among: str) -> Callable[[World, str, str], Outcome]:
    """Run a program for each entity that is asked for; its value is uus, names or nothing."""

    def run(world: World, who: str, entity: str) -> Outcome:
        known: dict[str, str] = getattr(world, among)
        found: set[str] = set()
        with world.shell(who) as shell:
            try:
                for each in asked(entity):
                    value = shell.value(program(world, each))
                    values = value if isinstance(value, list) else [value]
                    found |= {each for each in known if each in values or known[each] in values}
            except StkError as error:
                return error.code.rpartition("::")[2]
        return frozenset(found)

    return run


def watched(world: World, who: str, entity: str) -> Outcome:
    """Watch what has been recorded, until there is nothing new."""
    with world.shell(who) as shell:
        try:
            found: set[str] = set()
            since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
            for batch in shell.session.store.watch(EventQuery(since=since)):
                found |= {str(event["uu"]) for event in batch}
                if not batch:
                    break
        except StkError as error:
            return error.code.rpartition("::")[2]
    return frozenset(each for each in asked(entity) if world.events[each] in found)


def counts(world: World, owner: str) -> str:
    """The program that gives the uu of somebody's event if it is the one that is counted at its time."""
    uu = world.events[owner]
    ((since, until),) = world.database.rows(
        f"select created::text, (created + interval '1 microsecond')::text from private.stk_event where uu = '{uu}'"
    )
    flags = f'--name seen --since "{since}" --until "{until}"'
    return f"event stats {flags} | if ($in.by_name == [[name count percentage]; [seen 1 '100.00%']]) {{ '{uu}' }}"


def as_stk(expected: Callable[[str, str], Outcome], **codes: str) -> Callable[[str, str], Outcome]:
    """What has to come of it, with the codes of stk for those of the database."""
    names = {"STK04": "reference", "STK06": "no_actor", "STK07": "no_entity", "STK08": "read_only_member", **codes}

    def translated(who: str, entity: str) -> Outcome:
        outcome = expected(who, entity)
        return names[outcome] if isinstance(outcome, str) else outcome

    return translated


def finds(code: str) -> Callable[[str, str], Outcome]:
    """Something that has to be there: that of another entity is not, for stk as for everybody."""

    def expected(who: str, entity: str) -> Outcome:
        seen = sees(who, entity)
        return "no_actor" if who == NOBODY else seen if seen == frozenset(asked(entity)) else code

    return expected


def logs(code: str) -> Callable[[str, str], Outcome]:
    """Log something that needs a record to be there, and the right to write."""

    def expected(who: str, entity: str) -> Outcome:
        if who == NOBODY:
            return "no_actor"
        found = finds(code)(who, entity)
        if asked(entity)[0] == OTHER or who == STRANGER:
            return code
        if who == READER:
            return "read_only_member"
        return "permission" if who == MAINTAINER else found

    return expected


def marks(noun: str) -> Callable[[str, str], Outcome]:
    """Revoke or process records of a kind."""
    return lambda who, entity: (
        str(outcome).replace("event", noun) if isinstance(outcome := revokes(who, entity), str) else outcome
    )


def revokes(who: str, entity: str) -> Outcome:
    """Revoke events, as a client does; the role of maintenance may not, through the views."""
    if who == NOBODY:
        return "no_actor"
    if who == MAINTAINER:
        return "permission"
    if who == STRANGER or entity == OTHER:
        return "unknown_event"
    return "read_only_member" if who == READER else "unknown_event" if entity == BOTH else frozenset({OWN})


EVERY = frozenset({OWN, OTHER})
WRITES = ("permission", "read_only_member")
NO_ADMINISTRATOR = ("no_administrator", "no_administrator")
BY_STK = (
    Command("event list", by_stk(lambda w, e: f"event list --limit 100 | where uu == '{w.events[e]}' | get uu", "events"),
            as_stk(sees)),
    Command("event list --limit 0", by_stk(lambda w, e: f"event list --limit 0 | where uu == '{w.events[e]}' | get uu", "events"),
            as_stk(sees)),
    Command("event list --detail", by_stk(
        lambda w, e: f"event list --detail --all --limit 50 | where entity == '{e}' | get stk_entity_uu | uniq", "entities"),
            as_stk(sees)),
    Command("event list --name", by_stk(lambda w, e: f"event list --name seen | where uu == '{w.events[e]}' | get uu", "events"),
            as_stk(sees)),
    Command("event stats", by_stk(counts, "events"), as_stk(sees)),
    Command("event search", by_stk(lambda w, e: f"event search seen | where uu == '{w.events[e]}' | get uu", "events"),
            as_stk(sees)),
    Command("event search --limit 0", by_stk(
        lambda w, e: f"event search seen --limit 0 --all | where uu == '{w.events[e]}' | get uu", "events"), as_stk(sees)),
    Command("event get", by_stk(lambda w, e: f"event get {w.events[e]} | get uu?", "events"), as_stk(sees)),
    Command("event get by its beginning", by_stk(lambda w, e: f"event get {w.events[e][:30]} | get uu?", "events"), as_stk(sees)),
    Command("event watch", watched, as_stk(sees)),
    Command("event revoke", by_stk(lambda w, e: f"event revoke {w.events[e]} | get uu", "events"), revokes, WRITES),
    Command(".append event", by_stk(lambda w, e: ".append event x | event get | get stk_entity_uu", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else "permission" if who == MAINTAINER else
        frozenset({OWN}) if who == WRITER else "read_only_member" if who == READER else "no_entity"), WRITES),
    Command(".append event after entity use", by_stk(
        lambda w, e: f"entity use {e} | ignore; .append event x | event get | get stk_entity_uu", "entities"), lambda who, e: (
        "read_only_member" if who == READER and e != OTHER else "permission" if who == MAINTAINER and e != OTHER else
        finds("unknown_entity")(who, e)), WRITES),
    Command(".append event --attach", by_stk(
        lambda w, e: f".append event x --attach {w.events[e]} | event get | get table_name_uu_json.uu", "events"),
            logs("unknown_record"), WRITES),
    Command(".append event --type", by_stk(
        lambda w, e: f".append event x --type {e.upper()} | event get | get type_uu", "types"), logs("unknown_type"), WRITES),
    Command("event types", by_stk(lambda w, e: f"event types | where uu == '{w.types[e]}' | get uu", "types"), as_stk(sees)),
    Command("events", by_stk(lambda w, e: f"{{uu: '{w.events[e]}'}} | events stk_entity_uu | get events.stk_entity_uu", "entities"),
            lambda who, e: as_stk(sees)(who, OWN), (EVERY, EVERY)),
    Command("requests", by_stk(
        lambda w, e: f"{{uu: '{w.events[e]}'}} | requests stk_entity_uu | get requests.stk_entity_uu", "entities"),
            lambda who, e: as_stk(sees)(who, OWN), (EVERY, EVERY)),
    Command("tags", by_stk(lambda w, e: f"{{uu: '{w.events[e]}'}} | tags stk_entity_uu | get tags.stk_entity_uu", "entities"),
            lambda who, e: as_stk(sees)(who, OWN), (EVERY, EVERY)),
    Command("request list", by_stk(
        lambda w, e: f"request list --limit 0 | where uu == '{w.requests[e]}' | get uu", "requests"), as_stk(sees)),
    Command("tag list", by_stk(lambda w, e: f"tag list --limit 0 | where uu == '{w.tags[e]}' | get uu", "tags"), as_stk(sees)),
    Command("request get", by_stk(lambda w, e: f"request get {w.requests[e]} | get uu?", "requests"), as_stk(sees)),
    Command("tag get by its beginning", by_stk(lambda w, e: f"tag get {w.tags[e][:30]} | get uu?", "tags"), as_stk(sees)),
    Command("request process", by_stk(lambda w, e: f"request process {w.requests[e]} | get uu", "requests"), marks("request"), WRITES),
    Command("request revoke", by_stk(lambda w, e: f"request revoke {w.requests[e]} | get uu", "requests"), marks("request"), WRITES),
    Command("tag revoke", by_stk(lambda w, e: f"tag revoke {w.tags[e]} | get uu", "tags"), marks("tag"), WRITES),
    Command("event proof", by_stk(lambda w, e: f"event proof {w.events[e]} | get event.uu", "events"), finds("unknown_event")),
    Command("elaborate", by_stk(lambda w, e: f"[{{a_uu: '{w.events[e]}'}}] | elaborate | where a_uu_resolved.error? == null | get a_uu", "events"), as_stk(sees)),
    Command("entity list", by_stk(lambda w, e: f"entity list | where name == '{e}' | get uu", "entities"), as_stk(sees)),
    Command("entity use", by_stk(lambda w, e: f"entity use {e} | get uu", "entities"), finds("unknown_entity")),
    Command("actor list", by_stk(
        lambda w, e: f"actor list | where name == '{WRITER if e == OWN else 'landlord'}' | each {{ '{e}' }}", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else frozenset(asked(e)) & {OWN} if who != STRANGER else NONE)),
    Command("store status", by_stk(lambda w, e: f"store status | get entities? | default [] | where $it == '{e}'", "entities"),
            lambda who, e: NONE if who == NOBODY else sees(who, e)),
    Command("entity new", by_stk(lambda w, e: f"entity new x --parent {e}", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else "no_administrator"), NO_ADMINISTRATOR),
    Command("entity grant", by_stk(lambda w, e: f"entity grant {STRANGER} --entity {e}", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else "no_administrator"), NO_ADMINISTRATOR),
    Command("actor new", by_stk(lambda w, e: "actor new x --login x", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else "no_administrator"), NO_ADMINISTRATOR),
    Command("actor revoke", by_stk(lambda w, e: f"actor revoke {WRITER if e == OWN else 'landlord'}", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else "no_administrator"), NO_ADMINISTRATOR),
    Command("store logins", by_stk(lambda w, e: f"store logins --create-in {e}", "entities"), lambda who, e: (
        "no_actor" if who == NOBODY else "no_administrator"), NO_ADMINISTRATOR),
    Command("store partition", by_stk(lambda w, e: "store partition", "entities"),
            lambda who, e: "no_administrator", NO_ADMINISTRATOR),
    Command("store partition --list", by_stk(lambda w, e: "store partition --list | get partition", "entities"),
            lambda who, e: "no_administrator", NO_ADMINISTRATOR),
    Command("store distribute", by_stk(lambda w, e: "store distribute", "entities"),
            lambda who, e: "no_administrator", NO_ADMINISTRATOR),
)  # fmt: skip
