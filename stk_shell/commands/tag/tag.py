"""The command `tag`."""

from __future__ import annotations

from stk_shell.commands._overview import OverviewPage, overview_signature
from stk_shell.model.command import Example


class Tag(OverviewPage):
    """Introduces the tag commands."""

    name = "tag"
    summary = "Show what the tag commands do, and lines to begin with."
    signature = overview_signature("tag")
    examples = (Example("tag | lines | first", "The overview.", "Tags: what is noted of other records"),)
    see_also = (".append tag", "tag list", "tag revoke", "tags")
    page = """\
Tags: what is noted of other records

  .append tag   tag a record, with a word or with what is piped in
  tag list      the newest tags
  tag get       one tag with all its columns
  tag revoke    take a tag from its record; nothing is ever deleted
  tag types     the types that tags can have
  tags          add a column with the tags of each row

Try these, one after another:

  let failed = ("Login failed" | .append event "authentication")
  .append tag urgent --attach $failed
  event list | tags name | where ($it.tags.name has urgent)
  tag list | elaborate name

`tag list --help` explains a command, `help commands` lists all of them."""


COMMAND = Tag()
