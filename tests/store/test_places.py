"""Where a store can be: by DSN over TCP with a password, by libpq's variables, in a database of chuck-stack's own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from stk_shell.model.errors import StoreError
from stk_shell.store.claims import API_ROLE, Claims, set_session
from stk_shell.store.connecting import connect
from stk_shell.store.migrations import available
from tests.fixtures.clusters import PASSWORD, Cluster, TestDatabase
from tests.fixtures.programs import PROGRAM, RunStk

ODD = "-c search_path=x -c intervalstyle=iso_8601 -c bytea_output=escape -c datestyle=sql,dmy"
"""Settings of a session that somebody may have."""


def test_a_store_over_tcp_with_a_password(stk: RunStk, tcp_database: TestDatabase) -> None:
    dsn = tcp_database.dsn()
    stk("--dsn", dsn, "-c", '"it\'s" | .append event "odd" | ignore')
    assert stk("--dsn", dsn, "-c", "event list | get 0.record_json.text").stdout == "it's\n"
    status = stk("--dsn", dsn, "-c", "store status | get store").stdout
    assert "127.0.0.1" in status
    assert PASSWORD not in status


def test_a_wrong_password_is_one_clear_error(stk: RunStk, tcp_database: TestDatabase) -> None:
    done = stk("--dsn", tcp_database.dsn().replace("password='only", "password='never"), "-c", "event list", code=1)
    assert "password authentication failed" in done.stderr
    assert done.stdout == ""


def test_libpqs_variables_name_a_store(stk: RunStk, tcp_database: TestDatabase) -> None:
    cluster = tcp_database.cluster
    variables = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(cluster.port),
        "PGUSER": "stk_login",
        "PGPASSWORD": PASSWORD,
        "PGDATABASE": tcp_database.name,
    }
    stk("-c", '"x" | .append event "by-variables" | ignore', env=variables)
    assert stk("-c", "event list | get 0.name", env=variables).stdout == "by-variables\n"
    assert stk("-c", "event list | get 0.name", env={"STK_DSN": tcp_database.dsn()}).stdout == "by-variables\n"


def test_a_database_without_a_store_is_not_changed_unless_it_is_told_to(stk: RunStk, cluster: Cluster) -> None:
    dsn = cluster.dsn(cluster.empty())
    done = stk("--dsn", dsn, "-c", "event list", code=1)
    assert "store migrate" in done.stderr
    every = len(available())
    assert f"0 of {every} applied" in stk("--dsn", dsn, "-c", "store status").stdout
    assert stk("--dsn", dsn, "-c", "store migrate | length").stdout == f"{every}\n"
    assert stk("--dsn", dsn, "-c", "store migrate | length").stdout == "0\n"
    assert stk("--dsn", dsn, "-c", "event list").stdout == "no rows\n"


def test_a_server_that_is_not_there_is_one_clear_error(stk: RunStk) -> None:
    done = stk("--dsn", "host=127.0.0.1 port=1 dbname=x", "-c", "event list", code=1)
    assert done.stderr.count("Error:") == 1
    message = " ".join(done.stderr.split())
    assert 'cannot connect to the store: connection to server at "127.0.0.1", port 1 failed:' in message
    assert "lost" not in message
    assert "refused. Is the server running" in message


@pytest.mark.parametrize("how", ["dsn", "PGDATABASE"])
def test_a_database_that_there_is_not_is_named_with_how_to_make_it(
    stk: RunStk, tcp_database: TestDatabase, how: str
) -> None:
    dsn = tcp_database.dsn()
    if how == "dsn":
        done = stk("--dsn", dsn.replace(f"dbname={tcp_database.name}", "dbname=nope"), "-c", "event list", code=1)
    else:
        without = dsn.replace(f"dbname={tcp_database.name}", "")
        done = stk("--dsn", without, "-c", "event list", env={"PGDATABASE": "nope"}, code=1)
    message = " ".join(done.stderr.split())
    assert "stk::store::no_database" in message
    assert "help: The server has no database `nope`." in message
    assert "`createdb`" in message
    assert "password" not in message.partition("help:")[2]


def test_a_dsn_that_is_none_is_one_clear_error(stk: RunStk) -> None:
    done = stk("--dsn", "bogus", "-c", "event list", code=1)
    assert "the DSN is no connection string" in done.stderr
    assert "host=db.example.org" in done.stderr


@pytest.mark.parametrize("verb", ["start", "stop"])
def test_the_server_of_a_dsn_is_not_ours(stk: RunStk, verb: str) -> None:
    done = stk("--dsn", "dbname=x", "-c", f"store {verb}", code=1)
    assert f"the server of this store is not stk's to {verb}" in done.stderr


def test_a_role_that_there_is_not_is_named_with_its_variable(stk: RunStk, database: TestDatabase) -> None:
    done = stk("--dsn", database.dsn(), "-c", "event list", env={"STK_PG_ROLE": "nosuch"}, code=1)
    assert "STK_PG_ROLE names the role `nosuch`" in done.stderr
    assert "store migrate" not in done.stderr


def test_the_status_says_which_variables_name_the_store(stk: RunStk, tcp_database: TestDatabase) -> None:
    variables = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(tcp_database.cluster.port),
        "PGUSER": "stk_login",
        "PGPASSWORD": PASSWORD,
        "PGDATABASE": tcp_database.name,
    }
    text = stk("--width", "0", "-c", "store status | get store", env=variables).stdout
    assert text.startswith("what the PG* variables name: PGHOST=127.0.0.1 PGPORT=")
    assert PASSWORD not in text


def test_an_entity_that_there_is_not_is_an_error_wherever_it_is_named(
    stk: RunStk, database: TestDatabase, tmp_path: Path
) -> None:
    store = ("--dsn", database.dsn(), "-c", '"x" | .append event x')
    assert "no entity `nosuch`" in stk("--entity", "nosuch", *store, code=1).stderr
    assert "no entity `nosuch`" in stk(*store, env={"STK_ENTITY": "nosuch"}, code=1).stderr
    (tmp_path / "stk").mkdir()
    (tmp_path / "stk" / "config.toml").write_text('entity = "nosuch"')
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run([PROGRAM, *store], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "no entity `nosuch`" in done.stderr) == (1, True)


def test_new_events_belong_to_the_entity_that_is_named(stk: RunStk, database: TestDatabase) -> None:
    database.entity("acme", "stk_login", search_key="buyers")
    store = ("--dsn", database.dsn(), "-c")
    stk("--entity", "acme", *store, '"x" | .append event "mine" | ignore')
    stk(*store, '"x" | .append event "ours" | ignore', env={"STK_ENTITY": "buyers"})
    stk(*store, '"x" | .append event "theirs" | ignore')
    assert stk(*store, "event list --detail | get entity | to json -r").stdout == '["*","acme","acme"]\n'
    assert stk("--entity", "acme", *store, "store status | get entity").stdout == "acme\n"
    for near, meant in (("acm", "acme"), ("buyer", "buyers")):
        assert f"Did you mean `{meant}`?" in stk("--entity", near, *store, "event list", code=1).stderr


@pytest.mark.parametrize(
    "variables",
    [
        *({"PGDATESTYLE": "German"}, {"PGCLIENTENCODING": "LATIN1"}, {"PGTZ": "Asia/Tokyo"}),
        pytest.param({"PGOPTIONS": ODD}, marks=pytest.mark.not_for("pooler")),
    ],
)
def test_how_others_like_times_and_texts_does_not_matter(
    stk: RunStk, database: TestDatabase, variables: dict[str, str]
) -> None:
    program = """'ü🎉' | .append event 'x' | event get | [$in.record_json.text ($in.created > (date now) - 1hr)]"""
    shown = stk("--dsn", database.dsn(), "-o", "nuon", "-c", program, env=variables).stdout
    assert shown == "[ü🎉, true]\n"


def test_the_session_of_chuck_stacks_clients_is_understood(stk: RunStk, database: TestDatabase) -> None:
    uu = database.rows("select uu from private.stk_entity")[0][0]
    store = ("--dsn", database.dsn(), "-c")
    good = {"STK_PG_SESSION": f'{{"psql_user": "x", "stk_entity_uu": "{uu}"}}'}
    assert stk(*store, '"x" | .append event "x" | get name', env=good).stdout == "x\n"
    assert "STK_PG_SESSION" in stk(*store, "event list", env={"STK_PG_SESSION": "{"}, code=1).stderr


def test_nobody_is_told_to_make_a_login_the_owner(stk: RunStk, tcp_database: TestDatabase) -> None:
    done = stk("-c", "event list", env={"STK_DSN": tcp_database.dsn(), "STK_PG_ROLE": "stk_superuser"}, code=1)
    assert "may not take the role `stk_superuser`" in done.stderr
    assert "STK_PG_ROLE names it" in done.stderr
    assert "grant" not in done.stderr


@pytest.mark.parametrize(
    ("named", "said", "help"),
    [
        ("nonsense", 'by "nonsense", which is no uu', "For example STK_PG_SESSION="),
        (7, "by 7, which is no uu", "For example STK_PG_SESSION="),
        ("01a20563-f070-7b83-b7f5-8b542d8b84da", "which there is not, or which is not yours", "The entities are *."),
    ],
)
def test_a_session_that_names_no_entity_of_ours_is_refused_at_once(
    database: TestDatabase, named: object, said: str, help: str
) -> None:
    connection = connect(database.dsn("stk_login"), "do so")
    with pytest.raises(StoreError, match=said) as caught:
        set_session(connection, Claims(API_ROLE, json.dumps({"stk_entity_uu": named})))
    assert help in (caught.value.help or "")
    assert connection.closed


@pytest.mark.parametrize("session", ["", "{}", '{"stk_entity_uu": ""}', '{"stk_entity_uu": null, "psql_user": "x"}'])
def test_a_session_that_names_no_entity_has_the_usual_one(database: TestDatabase, session: str) -> None:
    with connect(database.dsn("stk_login"), "do so") as connection:
        assert set_session(connection, Claims(API_ROLE, session)).entity == "*"
