"""The one-liners that documents of chuck-stack teach, each of them."""

from __future__ import annotations

import pytest

from stk_shell.commands.event._examples import LOGIN
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell, put_example_events

LINES = [
    '"User login successful" | .append event "authentication"',
    'let order_id = 42; $"Error processing order ($order_id)" | .append event "order-error"',
    'event list | where name == "authentication"',
    "event list | where is_revoked == false",
    'event list | where type_enum == "ACTION"',
    "event list | select name created | table",
    f'event get "{LOGIN}"',
    "event list | get uu.0 | event get $in",
    f'let event_uuid = "{LOGIN}"; $event_uuid | event get $in | get record_json',
    f'let uu = "{LOGIN}"; event get $uu | if $in.is_revoked {{ print "Event was revoked" }}',
    "event list | get 0 | event get",
    'event list | where name == "test" | get uu.0 | event revoke $in',
    'event list | where name == "test" | get 0 | event revoke',
    "event list | where created < (date now) - 30day | each { |row| event revoke $row.uu }",
    "event list | where created < (date now) - 30day | each { |row| event revoke --uu $row.uu }",
    "event types | where is_default == true",
    "use modules *",
    "use modules/stk_event *",
]


@pytest.mark.parametrize("line", LINES)
def test_it_runs(shell: Shell, database: TestDatabase, line: str) -> None:
    put_example_events(database)
    database.rows(
        "insert into private.stk_event (name, created) values ('test', now()), ('old', now() - interval '40 days')"
    )
    shell.run(line)


def test_old_events_are_revoked_one_by_one(shell: Shell, database: TestDatabase) -> None:
    database.rows(
        "insert into private.stk_event (name, created)"
        " select 'old', now() - interval '40 days' from generate_series(1, 3)"
    )
    shell.run('"x" | .append event "new"')
    shell.run("event list | where created < (date now) - 30day | each { |row| event revoke $row.uu }")
    assert shell.value("event list | get name") == ["new"]
    assert shell.value("event list --all | where is_revoked | length") == 3


def test_the_quick_start_of_the_event_module(shell: Shell) -> None:
    shown = shell.run(
        '# Import the module\nuse modules *\n\n# Log an event\n"User completed onboarding" | .append event "user-milestone"\n'
        "\n# Check recent activity\nevent list\n\n# Get detailed help for any command\nevent revoke --help\n"
    )
    appended, listed, page = shown
    assert isinstance(appended, dict)
    assert isinstance(listed, list)
    assert [row["record_json"] for row in listed if isinstance(row, dict)] == [{"text": "User completed onboarding"}]
    assert appended["uu"] == next(row["uu"] for row in listed if isinstance(row, dict))
    assert isinstance(page, str)
    assert page.startswith("Revoke an event: mark it inactive")
