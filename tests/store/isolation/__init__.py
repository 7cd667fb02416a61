"""The matrix of isolation: who tries what on whose entity, by SQL and by stk, and what has to come of it.

`pytest --collect-only -q -n0 -k "by_sql or by_stk" tests/store/test_isolation.py` counts the cells.
"""
