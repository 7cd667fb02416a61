"""With chuck-stack, both ways: stk on a database of its making, and its clients on one of ours."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable

import psycopg
import pytest

from stk_shell.model.settings import Settings
from stk_shell.model.store import NewEvent
from stk_shell.store import open_store
from tests.fixtures.clusters import PASSWORD, Cluster, TestDatabase
from tests.fixtures.foreign import NEWER, OLDER, foreign_database
from tests.fixtures.programs import PROGRAM, RunStk


@pytest.fixture
def cluster_with_roles(cluster: Cluster) -> Cluster:
    """The server, where somebody has given stk_login a password."""
    cluster.migrated()
    return cluster


@pytest.fixture(params=[OLDER, NEWER])
def foreign(request: pytest.FixtureRequest, cluster_with_roles: Cluster) -> TestDatabase:
    """An event store of chuck-stack's own, of each generation in turn."""
    return foreign_database(cluster_with_roles, request.param)


@pytest.fixture
def older(cluster_with_roles: Cluster) -> TestDatabase:
    """One of the older generation."""
    return foreign_database(cluster_with_roles, OLDER)


@pytest.fixture
def newer(cluster_with_roles: Cluster) -> TestDatabase:
    """One of the newer generation."""
    return foreign_database(cluster_with_roles, NEWER)


def schema_of(database: TestDatabase) -> str:
    """The schema as pg_dump writes it, without what is random in it."""
    command = [str(database.cluster.binaries / "pg_dump"), "--schema-only", database.dsn("postgres")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return "\n".join(line for line in done.stdout.split("\n") if not line.startswith(("\\restrict", "\\unrestrict")))


def test_all_that_is_done_with_events_is_done_there_and_nothing_is_changed(stk: RunStk, foreign: TestDatabase) -> None:
    before = schema_of(foreign)

    def run(program: str) -> str:
        return stk("--dsn", foreign.dsn(), "-o", "nuon", "-c", program).stdout

    run('"it\'s" | .append event "text"; [{n: 1} {n: 2}] | .append event "list" --type action -d "why"')
    assert run("event list | get name | sort") == "[list, list, text]\n"
    assert run("event list | where type_enum == ACTION | get record_json.n | sort") == "[1, 2]\n"
    assert run("event list --type none | get 0.record_json.text") == '"it\'s"\n'
    run('"x" | .append event "attached" --attach (event list --name text | get 0)')
    assert run("event list --name text | events | get 0.events.name") == "[attached]\n"
    elaborated = run("event list --name attached | elaborate | get 0.table_name_uu_json_resolved.name")
    assert elaborated == '"text"\n'
    assert run("event list --name list --detail | elaborate | get 0.created_by_uu_resolved.name") == '"stk_login"\n'
    assert run("event get (event list --name text | get 0.uu) | get created_by") == '"stk_login"\n'
    assert run("event list --name list | event revoke | get is_revoked") == "[true, true]\n"
    assert run("event list | get name | sort") == "[attached, text]\n"
    assert run("event list --all | length") == "4\n"
    assert run("event types | get name | sort") == "[action, none]\n"
    assert run("event list --since 2020-01-01 | first 1 | get name | length") == "1\n"
    assert "Nothing was changed" in stk("--dsn", foreign.dsn(), "-c", "store migrate", code=1).stderr
    assert schema_of(foreign) == before


def test_its_clients_may_take_another_role(stk: RunStk, cluster_with_roles: Cluster) -> None:
    role = f"clients_{secrets.token_hex(4)}"
    cluster_with_roles.execute(f"create role {role} nologin")
    database = foreign_database(cluster_with_roles, NEWER, role)
    program = '"x" | .append event "y" | get name'
    assert "permission denied" in stk("--dsn", database.dsn("postgres"), "-c", program, code=1).stderr
    assert stk("--dsn", database.dsn("postgres"), "-c", program, env={"STK_PG_ROLE": role}).stdout == "y\n"


def test_what_there_is_to_be_named_is_found(foreign: TestDatabase) -> None:
    store = open_store(Settings(dsn=foreign.dsn()), None)
    store.append([NewEvent("seen", {})])
    found = store.overview()
    store.close()
    assert [each.name for each in found.names] == ["seen"]
    assert sorted(each.name for each in found.types) == ["action", "none"]


def test_requests_and_tags_work_where_they_are(stk: RunStk, newer: TestDatabase) -> None:
    store = ("--dsn", newer.dsn(), "-o", "nuon", "-c")
    stk(*store, '"x" | .append event "e"; event list | get 0 | .append request "ask"; "t" | .append tag "label"')
    assert stk(*store, "request list | request process | get is_processed").stdout == "[true]\n"
    assert stk(*store, "tag list | get name").stdout == "[label]\n"


def test_the_status_says_what_is_lacking(stk: RunStk, older: TestDatabase, newer: TestDatabase) -> None:
    def lacking(database: TestDatabase) -> str:
        status = stk("--dsn", database.dsn(), "-c", "store status | get migrations lacks | to text").stdout
        assert status.startswith("none: the schema is chuck-stack's own\n")
        return status.split("\n")[1]

    both = "members of entities, and the isolation of what belongs to them, proof"
    assert lacking(older) == f"requests, tags, enums that are listed, {both}"
    assert lacking(newer) == both


LACKING = [
    *("event verify", "event digest", "event proof (event list | get 0.uu)", "event seal"),
    *("entity new x", "entity grant ana --entity '*'", "entity current", "actor list", "store logins"),
    "actor new Ana --login ana",
]
LACKING_IN_THE_OLDER = [
    *(
        "request list",
        "request types",
        '"x" | .append request r',
        "tag list",
        '"x" | .append tag t',
        "event list | requests",
    ),
    *("event list | tags", "event type new x --enum ACTION"),
]


@pytest.mark.parametrize("program", [*LACKING, *LACKING_IN_THE_OLDER])
def test_what_is_lacking_is_one_clear_error(stk: RunStk, older: TestDatabase, program: str) -> None:
    stk("--dsn", older.dsn(), "-c", '"x" | .append event e | ignore')
    done = stk("--dsn", older.dsn(), "-c", program, code=1)
    said = " ".join(done.stderr.split())
    assert done.stderr.count("Error:") == 1
    assert "this store" in said
    assert not any(word in said for word in ("relation", "does not exist", "SQL", "(42", "column"))


# Their clients on ours


@pytest.fixture(params=[15, 16, 18])
def ours(request: pytest.FixtureRequest, cluster_of: Callable[[int], Cluster]) -> TestDatabase:
    """A store that stk has made, on each version in turn."""
    return TestDatabase(cluster_of(request.param), cluster_of(request.param).migrated())


def client(database: TestDatabase) -> psycopg.Connection[tuple[object, ...]]:
    """What their clients do first: log in, take the role, say who they are."""
    connection = database.connect("stk_login", "stk_api_role")
    connection.execute("""set stk.session = '{"psql_user": "stk_login"}'""")
    return connection


def test_their_clients_insert_list_and_revoke(ours: TestDatabase) -> None:
    with client(ours) as connection:
        inserted = connection.execute(
            "insert into api.stk_event (name, description, record_json)"
            """ values ('authentication', 'why', '{"text": "it''s"}') returning uu::text, created_by_uu, search_key"""
        ).fetchone()
        assert inserted is not None
        uu = inserted[0]
        listed = connection.execute(
            "select e.uu::text, e.name, e.record_json, e.created, e.updated, e.is_revoked, t.type_enum::text, t.name"
            " from api.stk_event e left join api.stk_event_type t on e.type_uu = t.uu"
            " where not e.is_revoked order by e.created desc limit 10"
        ).fetchall()
        assert [row[0] for row in listed] == [uu]
        assert listed[0][6:] == ("NONE", "NONE")
        revoked = connection.execute(
            "update api.stk_event set revoked = now() where uu = %s returning uu::text, name, is_revoked", (uu,)
        ).fetchone()
        assert revoked == (uu, "authentication", True)
        found = connection.execute("select api.get_table_name_uu_json(%s::uuid)", (uu,)).fetchone()
        assert found == ({"table_name": "stk_event", "uu": uu},)


def test_their_clients_attach_what_they_record(ours: TestDatabase) -> None:
    with client(ours) as connection:
        (uu,) = connection.execute("insert into api.stk_event (name) values ('x') returning uu::text").fetchone() or (
            "",
        )
        for table in ("stk_event", "stk_request", "stk_tag"):
            connection.execute(
                f"insert into api.{table} (name, table_name_uu_json)"
                " values ('attached', api.get_table_name_uu_json(%s::uuid))".encode(),
                (uu,),
            )
            rows = connection.execute(
                f"select name from api.{table} where table_name_uu_json = jsonb_build_object('table_name', 'stk_event', 'uu', %s::text)".encode(),
                (uu,),
            ).fetchall()
            assert rows == [("attached",)]


def test_the_entity_of_their_session_is_the_owner(ours: TestDatabase) -> None:
    with client(ours) as connection:
        (entity,) = connection.execute("select uu::text from api.stk_entity where name = '*'").fetchone() or ("",)
        connection.execute("select set_config('stk.session', %s, false)", (json.dumps({"stk_entity_uu": entity}),))
        owner = connection.execute(
            "insert into api.stk_event (name) values ('x') returning stk_entity_uu::text"
        ).fetchone()
        assert owner == (entity,)


def test_enums_types_actors_and_changes_are_read_as_theirs(ours: TestDatabase) -> None:
    with client(ours) as connection:
        connection.execute("insert into api.stk_event (name) values ('x')")
        who = connection.execute(
            "select a.name from api.stk_event e join api.stk_actor a on a.uu = e.created_by_uu"
        ).fetchone()
        assert who == ("stk_login",)
        enums = connection.execute(
            "select enum_value, is_default from api.enum_value where enum_name = 'stk_event_type_enum'"
        ).fetchall()
        assert enums == [("NONE", True), ("ACTION", False), ("TIMESHEET", False)]
        changes = connection.execute(
            "select record_json ->> 'operation' from api.stk_change_log where column_name = 'name'"
        ).fetchall()
        assert ("INSERT",) in changes


def test_psql_does_what_their_clients_have_it_do(ours: TestDatabase) -> None:
    psql = shutil.which("psql")
    if psql is None:
        pytest.skip("psql is not on this machine")
    script = (
        'set role stk_api_role; set stk.session = \'{"psql_user": "stk_login"}\';'
        "insert into api.stk_event (name, record_json) values ('from psql', '{\"text\": \"x\"}') returning name;"
    )
    done = subprocess.run([psql, "-XAtq", "-c", script, ours.dsn()], capture_output=True, text=True, check=True)
    assert done.stdout == "from psql\n"


def test_stk_needs_no_options_where_their_clients_have_their_variables(stk: RunStk, tcp_database: TestDatabase) -> None:
    entity = tcp_database.rows("select uu::text from private.stk_entity where name = '*'")[0][0]
    theirs = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(tcp_database.cluster.port),
        "PGUSER": "stk_login",
        "PGPASSWORD": PASSWORD,
        "PGDATABASE": tcp_database.name,
        "STK_PG_ROLE": "stk_api_role",
        "STK_PG_SESSION": json.dumps({"psql_user": "stk_login", "stk_entity_uu": entity}),
    }
    assert stk("-c", '"x" | .append event "y" | get name', env=theirs).stdout == "y\n"
    assert stk("-c", "event list --detail | get 0 | get entity created_by | to text", env=theirs).stdout == (
        "*\nstk_login\n"
    )


def test_nushell_reads_what_stk_writes(database: TestDatabase) -> None:
    nu = shutil.which("nu") or os.environ.get("NU")
    if nu is None:
        pytest.skip("nushell is not on the PATH")
    program = (
        """'{"n": 7}' | from json | to json -r | ^$env.STK -n -o json -c 'from json | .append event "from nushell"' | from json | get name"""
        """; ^$env.STK -n -o json -c 'event list' | from json | get 0.record_json.n | $in + 1 | print"""
        """; ^$env.STK -n -o json -c 'event list' | from json | where name == "from nushell" | get 0.created | into datetime | describe | print"""
    )
    done = subprocess.run(
        [nu, "-n", "--no-std-lib", "-c", program],
        env={**os.environ, "STK": str(PROGRAM), "STK_DSN": database.dsn()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "8\ndatetime\n")
