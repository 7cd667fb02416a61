"""Putting another table in the place of one, with all that hangs on it: views, triggers, policies, indexes, rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection

QUERIES = {
    "triggers": (
        "select pg_catalog.pg_get_triggerdef(t.oid), t.tgname::text, pg_catalog.obj_description(t.oid, 'pg_trigger')"
        " from pg_catalog.pg_trigger as t where t.tgrelid = {table} and not t.tgisinternal order by t.tgname"
    ),
    "indexes": (
        "select pg_catalog.pg_get_indexdef(i.indexrelid), c.relname::text,"
        " pg_catalog.obj_description(c.oid, 'pg_class'), i.indisprimary from pg_catalog.pg_index as i"
        " join pg_catalog.pg_class as c on c.oid = i.indexrelid"
        " where i.indrelid = {table} order by c.relname"
    ),
    "policies": (
        "select p.polname::text, p.polpermissive, p.polcmd::text,"
        " array(select coalesce(r.rolname::text, 'public') from pg_catalog.unnest(p.polroles) as o (oid)"
        " left join pg_catalog.pg_roles as r on r.oid = o.oid),"
        " pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),"
        " pg_catalog.obj_description(p.oid, 'pg_policy') from pg_catalog.pg_policy as p where p.polrelid = {table}"
    ),
    "grants": (
        "select a.privilege_type, coalesce(r.rolname::text, 'public'), null from pg_catalog.pg_class as c"
        " cross join lateral pg_catalog.aclexplode(c.relacl) as a"
        " left join pg_catalog.pg_roles as r on r.oid = a.grantee"
        " where c.oid = {table} and a.grantee <> c.relowner union all"
        " select a.privilege_type, coalesce(r.rolname::text, 'public'), b.attname::text"
        " from pg_catalog.pg_attribute as b cross join lateral pg_catalog.aclexplode(b.attacl) as a"
        " left join pg_catalog.pg_roles as r on r.oid = a.grantee"
        " where b.attrelid = {table} and b.attnum > 0 and not b.attisdropped"
    ),
    "views": (
        "select distinct v.oid::regclass::text, pg_catalog.pg_get_viewdef(v.oid), v.reloptions"
        " from pg_catalog.pg_depend as d join pg_catalog.pg_rewrite as w on w.oid = d.objid"
        " join pg_catalog.pg_class as v on v.oid = w.ev_class and v.relkind = 'v'"
        " where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = {table}"
    ),
    # Functions that are given a row of the table, and those whose text was bound to it when they were made.
    "functions": (
        "select distinct p.oid::regprocedure::text, pg_catalog.pg_get_functiondef(p.oid),"
        " pg_catalog.pg_get_userbyid(p.proowner)::text, pg_catalog.obj_description(p.oid, 'pg_proc'),"
        " array(select coalesce(r.rolname::text, 'public') from pg_catalog.aclexplode(p.proacl) as a"
        " left join pg_catalog.pg_roles as r on r.oid = a.grantee where a.grantee <> p.proowner)"
        " from pg_catalog.pg_depend as d join pg_catalog.pg_proc as p on p.oid = d.objid"
        " where d.classid = 'pg_proc'::regclass and (d.refclassid = 'pg_class'::regclass and d.refobjid = {table}"
        " or d.refclassid = 'pg_type'::regclass"
        " and d.refobjid = (select reltype from pg_catalog.pg_class where oid = {table}))"
    ),
    "comment": "select pg_catalog.obj_description({table}, 'pg_class')",
}

COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}
"""The commands of policies, by the letters of the catalogue."""


class Rebuilding:
    """What hangs on a table of the schema private: looked up first, taken from the old one, given to the new one."""

    def __init__(self, connection: Connection, table: str) -> None:
        """Look up what there is."""
        self._connection = connection
        self._table = table
        # With names that need no search path.
        connection.execute("set local search_path = ''")
        self._found = {name: self._rows(query) for name, query in QUERIES.items()}

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        table = sql.Literal(f"private.{self._table}")
        text = query.replace("{table}", f"{table.as_string(None)}::pg_catalog.regclass")
        return list(self._connection.execute(text.replace("::regclass", "::pg_catalog.regclass").encode()).fetchall())

    def _run(self, text: str, *parts: object) -> None:
        self._connection.execute(sql.SQL(text).format(*parts))

    def set_aside(self, name: str) -> None:
        """Give the old table another name, and take from it what is to guard the new one."""
        table = sql.Identifier("private", self._table)
        for _, trigger, _ in self._found["triggers"]:
            self._run("drop trigger {} on {}", sql.Identifier(str(trigger)), table)
        for policy in self._found["policies"]:
            self._run("drop policy {} on {}", sql.Identifier(str(policy[0])), table)
        for _, index, _, _ in self._found["indexes"]:
            other = str(index).replace(self._table, name, 1)
            self._run("alter index {} rename to {}", sql.Identifier("private", str(index)), sql.Identifier(other))
        for _, role, column in self._found["grants"]:
            columns = sql.SQL(" ({})").format(sql.Identifier(str(column))) if column else sql.SQL("")
            self._run("revoke all{} on {} from {}", columns, table, _role(str(role)))
        for function in self._found["functions"]:
            self._connection.execute(f"drop function {function[0]}".encode())
        self._run("alter table {} rename to {}", table, sql.Identifier(name))

    def restore(self) -> None:
        """Give all of it to the table that has the name now."""
        self._restore_indexes()
        self._restore_guards()
        for view, text, options in self._found["views"]:
            chosen = f" with ({', '.join(options)})" if isinstance(options, list) else ""
            self._connection.execute(f"create or replace view {view}{chosen} as {text}".encode())
        for function in self._found["functions"]:
            self._restore_function(*map(str, function[:3]), comment=function[3], roles=function[4])
        ((comment,),) = self._found["comment"]
        self._run("comment on table {} is {}", sql.Identifier("private", self._table), comment)

    def _restore_indexes(self) -> None:
        for text, index, comment, is_primary in self._found["indexes"]:
            if not is_primary:
                self._connection.execute(str(text).encode())
                self._run("comment on index {} is {}", sql.Identifier("private", str(index)), comment)

    def _restore_guards(self) -> None:
        table = sql.Identifier("private", self._table)
        self._run("alter table {} enable row level security, force row level security", table)
        for name, permissive, command, roles, using, check, comment in self._found["policies"]:
            text = "create policy {} on {}" + f" as {'permissive' if permissive else 'restrictive'}"
            text += f" for {COMMANDS[str(command)]} to " + "{}"
            given = sql.SQL(", ").join(_role(str(role)) for role in _texts(roles))
            conditions = f"{f' using ({using})' if using else ''}{f' with check ({check})' if check else ''}"
            statement = sql.SQL(text).format(sql.Identifier(str(name)), table, given).as_string(self._connection)
            self._connection.execute(f"{statement}{conditions}".encode())
            self._run("comment on policy {} on {} is {}", sql.Identifier(str(name)), table, comment)
        for definition, name, comment in self._found["triggers"]:
            self._connection.execute(str(definition).encode())
            self._run("comment on trigger {} on {} is {}", sql.Identifier(str(name)), table, comment)
        for privilege, role, column in self._found["grants"]:
            columns = sql.SQL(" ({})").format(sql.Identifier(str(column))) if column else sql.SQL("")
            right = sql.SQL(str(privilege))
            self._run("grant {}{} on {} to {}", right, columns, table, _role(str(role)))

    def _restore_function(self, name: str, text: str, owner: str, *, comment: object, roles: object) -> None:
        self._connection.execute(text.encode())
        self._connection.execute(f"revoke all on function {name} from public".encode())
        for role in _texts(roles):
            self._run(f"grant execute on function {name} to {{}}", _role(role))
        self._run(f"comment on function {name} is {{}}", comment)
        self._run(f"alter function {name} owner to {{}}", sql.Identifier(owner))


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


def _role(name: str) -> sql.Composable:
    return sql.SQL("public") if name == "public" else sql.Identifier(name)
