"""What `store status` says."""

from __future__ import annotations

from typing import Protocol

from psycopg import sql

from stk_shell.model.values import Filesize, Record
from stk_shell.store import migrations
from stk_shell.store.claims import Who
from stk_shell.store.connecting import Connection
from stk_shell.store.database import Database
from stk_shell.store.errors import translated
from stk_shell.store.partitioning import told
from stk_shell.store.standby import is_standby, lag

COUNT_UP_TO = 1_000_000
"""Beyond this many events the statistics are asked instead: counting would take a second for each 20 million."""

IDENTITY = sql.SQL(
    "select current_setting('server_version'), current_database(), session_user::text, current_user::text,"
    " pg_database_size(current_database())"
)
COUNT = sql.SQL("select count(*) from (select from api.stk_event limit %s) as found")
ESTIMATE = sql.SQL(
    "select sum(greatest(c.reltuples, 0))::bigint from pg_class c left join pg_inherits i on i.inhrelid = c.oid"
    " join pg_class p on p.oid = coalesce(i.inhparent, c.oid) join pg_namespace n on n.oid = p.relnamespace"
    " where c.relkind = 'r' and n.nspname = 'private' and p.relname = 'stk_event'"
)
OWNERSHIP = sql.SQL(
    "select (select a.name from api.stk_actor a where a.psql_user = session_user and not a.is_revoked),"
    " coalesce((select n.name from api.stk_entity n where n.uu::text ="
    " nullif(current_setting('stk.session', true), '')::jsonb ->> 'stk_entity_uu'), '*')"
)

MEMBERSHIP = sql.SQL(
    "select s.actor, n.name, array(select o.name from api.stk_entity o where not o.is_revoked order by o.name limit %s)"
    " from api.stk_session_start() s left join api.stk_entity n on n.uu = s.entity_uu"
)
TLS = sql.SQL("select version from pg_catalog.pg_stat_ssl where pid = pg_backend_pid() and ssl")
FEATURES = {
    "api.stk_request": "requests",
    "api.stk_tag": "tags",
    "api.enum_value": "enums that are listed",
    "api.stk_entity_member": "members of entities, and the isolation of what belongs to them",
    "api.stk_block": "proof",
}
"""What a store of somebody else's may lack, by a view that it would have."""

AUDITOR = "none: an auditor sees every entity, and records nothing"
"""What is said to the only login that comes in without an actor."""

ENTITIES = 100
"""How many entities are listed."""


class Described(Protocol):
    """A place that can tell what it is, and who a session is there."""

    who: Who

    def describe(self) -> Record:
        """What is to be said of it."""


def status(place: Described, database: Database) -> Record:
    """Which store, server, migrations, events, user."""
    version, name, login, role, size = database.rows(IDENTITY)[0]
    record: Record = {**place.describe(), "server": f"PostgreSQL {version}", "database": name}
    record["tls"] = _tls(database)
    if is_standby(database.connection):
        record |= {"standby": True, "lag": lag(database)}
    if database.connection.is_pooled:
        record["pooler"] = "each transaction names its role and entity"
    record |= _migrations(database)
    if database.rows(sql.SQL("select to_regclass('api.stk_event') is not null"))[0][0]:
        has_members = place.who.entities is not None
        record |= _events(database, is_estimated=not has_members)
        if partitions := told(database.connection):
            record["partitions"] = partitions
        record |= {"size": Filesize(size), "login": login, "role": role}
        record |= _membership(database) if has_members else _ownership(database)
    else:
        record |= {"size": Filesize(size), "login": login, "role": role}
    return record


def _lacking(connection: Connection) -> str:
    """What a store of stk's own would have beside this one."""
    rows = connection.execute("select to_regclass(name) is not null from unnest(%s::text[]) as name", (list(FEATURES),))
    return ", ".join(name for name, (is_there,) in zip(FEATURES.values(), rows.fetchall(), strict=True) if not is_there)


def _tls(database: Database) -> str:
    """How the connection is kept from others: the version, and what was checked of the server."""
    info = database.connection.info
    if not database.connection.pgconn.ssl_in_use:
        return "off (unix socket)" if info.host.startswith("/") else "off"
    asked = info.get_parameters().get("sslmode", "prefer")
    if database.connection.is_pooled:
        # The server knows of the connection that it has with the pooler.
        return f"on, {asked}"
    with database.transaction():
        # Only the login itself is told of its connection.
        database.change(sql.SQL("set local role none"))
        versions = database.rows(TLS)
    return f"{versions[0][0]}, {asked}" if versions else f"on, {asked}"


def _migrations(database: Database) -> Record:
    connection = database.connection
    with translated():
        if migrations.is_foreign(connection):
            return {"migrations": "none: the schema is chuck-stack's own", "lacks": _lacking(connection)}
        every = migrations.available()
        pending = migrations.pending(connection, every)
        record: Record = {"migrations": f"{len(every) - len(pending)} of {len(every)} applied"}
        if pending:
            record["pending"] = [migration.name for migration in pending]
        changed = migrations.altered(connection, every)
        if changed:
            record["changed files"] = list(changed)
        return record


def _membership(database: Database) -> Record:
    actor, entity, entities = database.rows(MEMBERSHIP, (ENTITIES,))[0]
    return {"actor": actor or AUDITOR, "entity": entity, "entities": entities}


def _ownership(database: Database) -> Record:
    actor, entity = database.rows(OWNERSHIP)[0]
    return {"actor": actor or "unknown", "entity": entity}


def without_actor(place: Described, database: Database, reason: str) -> Record:
    """What can be said to a login that has no actor; the connection has the login's own rights."""
    version, name, login, role, size = database.rows(IDENTITY)[0]
    record: Record = {**place.describe(), "server": f"PostgreSQL {version}", "database": name}
    record["tls"] = _tls(database)
    return record | {"size": Filesize(size), "login": login, "role": role, "actor": f"none: {reason}"}


def _events(database: Database, *, is_estimated: bool) -> Record:
    count: int = database.rows(COUNT, (COUNT_UP_TO + 1,))[0][0]
    if count <= COUNT_UP_TO:
        return {"events": count}
    if not is_estimated:
        # The statistics are of the events of all entities.
        return {"events": f"more than {COUNT_UP_TO}"}
    return {"events": f"about {database.rows(ESTIMATE)[0][0]}"}
