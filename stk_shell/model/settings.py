"""What the user chose by flags, environment and file: made once, never changed."""

from __future__ import annotations

from stk_shell.model.struct import Struct


class Settings(Struct):
    """The choices of one run. None means that nothing was said and the default of the place applies."""

    dsn: str | None = None
    data_dir: str | None = None
    entity: str | None = None
    output: str = "table"
    width: int | None = None
    color: str = "auto"
    role: str | None = None
    stk_session: str | None = None
