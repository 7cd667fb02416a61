"""TLS as libpq's settings say, and what `store status` tells of it."""

from __future__ import annotations

import pytest

from tests.fixtures.clusters import PASSWORD, TestDatabase
from tests.fixtures.programs import RunStk
from tests.fixtures.tls import Certificates, TlsCluster, TlsDoor

STATUS = "store status | get tls"


@pytest.fixture
def reached(tls_door: TlsDoor, tcp_database: TestDatabase) -> dict[str, str]:
    """The variables of libpq that name the store."""
    return {
        "PGHOST": "localhost",
        "PGHOSTADDR": "127.0.0.1",
        "PGPORT": str(tls_door.port),
        "PGUSER": "stk_login",
        "PGPASSWORD": PASSWORD,
        "PGDATABASE": tcp_database.name,
    }


def test_a_connection_over_tls_is_told(stk: RunStk, reached: dict[str, str]) -> None:
    assert stk("-c", STATUS, env=reached).stdout == "on, prefer\n"
    assert stk("-c", STATUS, env={**reached, "PGSSLMODE": "require"}).stdout == "on, require\n"


def test_the_certificate_is_verified_where_that_is_asked_for(
    stk: RunStk, reached: dict[str, str], certificates: Certificates
) -> None:
    verified = {**reached, "PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(certificates.authority)}
    assert stk("-c", STATUS, env=verified).stdout == "on, verify-full\n"
    dsn = f"host=localhost sslmode=verify-full sslrootcert={certificates.authority}"
    assert stk("--dsn", dsn, "-c", STATUS, env=reached).stdout == "on, verify-full\n"


def test_the_version_is_told_where_the_server_itself_talks_tls(
    stk: RunStk, tls_cluster: TlsCluster, certificates: Certificates
) -> None:
    dsn = f"{tls_cluster.dsn(tls_cluster.migrated(), 'stk_login')} host=localhost hostaddr=127.0.0.1"
    verified = f"{dsn} sslmode=verify-full sslrootcert={certificates.authority}"
    assert stk("--dsn", verified, "-c", STATUS).stdout == "TLSv1.3, verify-full\n"
    assert "no encryption" in stk("--dsn", f"{dsn} sslmode=disable", "-c", STATUS, code=1).stderr


def test_the_version_is_told_to_a_login_with_a_revoked_actor_as_well(stk: RunStk, tls_cluster: TlsCluster) -> None:
    name = tls_cluster.migrated()
    tls_cluster.execute("update private.stk_actor set revoked = now() where name = 'stk_login'", name)
    dsn = f"{tls_cluster.dsn(name, 'stk_login')} host=localhost hostaddr=127.0.0.1 sslmode=require"
    assert stk("--dsn", dsn, "-c", STATUS).stdout == "TLSv1.3, require\n"


def test_a_certificate_of_another_authority_is_refused(
    stk: RunStk, reached: dict[str, str], certificates: Certificates
) -> None:
    wrong = {**reached, "PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(certificates.wrong_authority)}
    said = " ".join(stk("-c", STATUS, env=wrong, code=1).stderr.split())
    assert "certificate verify failed" in said
    assert "stk::store::tls" in said
    assert "sslrootcert" in said


def test_a_certificate_for_another_host_is_refused(
    stk: RunStk, reached: dict[str, str], certificates: Certificates
) -> None:
    wrong = {**reached, "PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(certificates.authority), "PGHOST": "127.0.0.1"}
    said = " ".join(stk("-c", STATUS, env=wrong, code=1).stderr.split())
    assert "does not match host name" in said
    assert "stk::store::tls" in said


def test_a_server_without_tls_is_refused_where_it_is_required(stk: RunStk, tcp_database: TestDatabase) -> None:
    said = " ".join(stk("--dsn", f"{tcp_database.dsn()} sslmode=require", "-c", STATUS, code=1).stderr.split())
    assert "server does not support SSL" in said


@pytest.mark.not_for("pooler")
def test_where_there_is_no_tls_that_is_told(stk: RunStk, tcp_database: TestDatabase, database: TestDatabase) -> None:
    assert stk("--dsn", tcp_database.dsn(), "-c", STATUS).stdout == "off\n"
    assert stk("--dsn", database.dsn(), "-c", STATUS).stdout == "off (unix socket)\n"
