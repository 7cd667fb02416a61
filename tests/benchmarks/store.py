"""A durable embedded store for measuring, and what is fastest on it without stk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.types.json import Jsonb

from stk_shell.commands import Registry
from stk_shell.engine.session import ShellSession
from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from stk_shell.store.account import server_account
from stk_shell.store.programs import NEWEST, Programs
from stk_shell.store.server import EmbeddedServer
from tests.fixtures.shells import Recorder

TEXT = "User completed onboarding"
INSERT = "insert into api.stk_event (name, record_json) values (%s, %s) returning uu::text, name, created"
NEWEST_TEN = (
    "select e.name, e.record_json, e.created, e.updated, e.is_revoked, e.uu::text, t.type_enum::text, t.name,"
    " e.description, e.table_name_uu_json from api.stk_event e left join api.stk_event_type t on t.uu = e.type_uu"
    " where not e.is_revoked order by e.created desc, e.uu desc limit 10"
)


class Measured:
    """A store whose server keeps running, a session on it, and a bare connection."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        settings = Settings(data_dir=str(directory))
        self.session = ShellSession(
            settings, Registry(), Recorder(), lambda: open_store(settings, str(directory)), dict(os.environ)
        )
        self.session.store.start()
        self.session.store.status()
        running = EmbeddedServer(str(directory)).running()
        assert running is not None
        self.host = running.socket_directory
        self.bare = psycopg.connect(f"host={self.host} user=stk_login dbname=stk", autocommit=True)
        self.bare.execute("set role stk_api_role")

    def insert_bare(self, count: int) -> None:
        """Insert in a loop of psycopg alone: prepared, autocommit, with what comes back."""
        cursor = self.bare.cursor()
        for _ in range(count):
            cursor.execute(INSERT, ("bench", Jsonb({"text": TEXT})), prepare=True)
            cursor.fetchone()

    def pgbench(self, seconds: int) -> float:
        """The rate, in inserts a second, of a C client that does nothing else."""
        programs = Programs(NEWEST, server_account(), str(self.directory / "server"))
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            record = f'{{"text": "{TEXT}"}}'
            script.write(INSERT.replace("%s, %s", f"'bench', '{record}'") + ";\n")
            script.flush()
            done = subprocess.run(
                [
                    programs.path("pgbench"),
                    "-n",
                    "-M",
                    "prepared",
                    "-c1",
                    f"-T{seconds}",
                    "-f",
                    script.name,
                    "-h",
                    self.host,
                    "-U",
                    "stk_login",
                    "stk",
                ],
                env={**os.environ, "PGOPTIONS": "-c role=stk_api_role"},
                capture_output=True,
                text=True,
                check=True,
            )
        found = re.search(r"tps = ([\d.]+)", done.stdout)
        assert found is not None
        return float(found[1])


@contextmanager
def measured_store() -> Iterator[Measured]:
    """A store that is removed afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="stk-bench-", dir="/tmp"))
    directory.chmod(0o755)
    measured = Measured(directory)
    try:
        yield measured
    finally:
        measured.bare.close()
        measured.session.store.stop()
        measured.session.close()
        shutil.rmtree(directory, ignore_errors=True)


def make_tenant(owner: psycopg.Connection[tuple[object, ...]], entity: str, login: str) -> None:
    """Make an entity, and a login whose actor is its only member."""
    owner.execute(f'create role "{login}" login noinherit in role stk_api_role'.encode())
    owner.execute("insert into private.stk_actor (name, psql_user) values (%s, %s)", (login, login))
    owner.execute("insert into private.stk_entity (name) values (%s)", (entity,))
    owner.execute(
        "insert into private.stk_entity_member (actor_uu, stk_entity_uu)"
        " select a.uu, n.uu from private.stk_actor a, private.stk_entity n where a.psql_user = %s and n.name = %s",
        (login, entity),
    )
