"""The command `request`."""

from __future__ import annotations

from stk_shell.commands._overview import OverviewPage, overview_signature
from stk_shell.model.command import Example


class Request(OverviewPage):
    """Introduces the request commands."""

    name = "request"
    summary = "Show what the request commands do, and lines to begin with."
    signature = overview_signature("request")
    examples = (
        Example("request | lines | first", "The overview.", "Requests: what is to be done, mostly about a record"),
    )
    see_also = (".append request", "request list", "request process", "requests")
    page = """\
Requests: what is to be done, mostly about a record

  .append request   make one: what is piped in is what is asked
  request list      the newest requests; with --open those still to be done
  request get       one request with all its columns
  request process   mark a request as done
  request revoke    take a request back; nothing is ever deleted
  request types     the types that requests can have
  requests          add a column with the requests about each row

Try these, one after another:

  let failed = ("Login failed" | .append event "authentication")
  "Call the customer" | .append request "follow-up" --attach $failed
  request list --open | elaborate name
  event list | requests name is_processed
  request list --open | get 0 | request process

`request list --help` explains a command, `help commands` lists all of them."""


COMMAND = Request()
