"""The steps of the tutorial."""

from __future__ import annotations

from stk_shell.model.struct import Struct


class Lesson(Struct):
    """One step: what it is about, the line to type, what to say when it is done, and what else while it is not.

    `check` is a program that is true for the result of a line that does it; where it fails, the line has not. `{uu}` in
    the line stands for the beginning of the uu that the program `find` gives.
    """

    title: str
    text: str
    line: str
    check: str
    done: str
    hint: str
    find: str = ""


FIRST_EVENT = "event list --all --limit 0 --name user-milestone | last | get uu"

LESSONS = (
    Lesson(
        title="Log an event",
        text="""What is piped into `.append event` is recorded, under a name that says what kind of thing happened. Type
this line and press Enter:""",
        line='"User completed onboarding" | .append event "user-milestone"',
        check='($in | columns) == [uu name created] and $in.name == "user-milestone"',
        done="Recorded, for ever. By its `uu` the event can be found again.",
        hint="No event `user-milestone` was logged. The text stands in quotes, and `|` hands it on:",
    ),
    Lesson(
        title="Log several at once",
        text="""A record in braces is kept as it is, so that its fields can be looked for. A list makes an event of each
item, all of them or none:""",
        line='[{user: 7} {user: 9} {user: 7}] | .append event "login"',
        check='($in | columns) == [uu name created] and ($in.name | uniq) == ["login"]',
        done="One event for each item, all with the same name.",
        hint="This takes several events `login`. Brackets hold the list, braces each record:",
    ),
    Lesson(
        title="List events",
        text="""The newest stand first. What has no room is named below the table; a wider window shows more of it:""",
        line="event list",
        check='"record_json" in ($in | columns) and "login" in ($in.name | uniq)',
        done="What you recorded is in the column `record_json`.",
        hint="The answer should be a table with the events that you have logged:",
    ),
    Lesson(
        title="Get one event",
        text="""`event get` takes a uu, or as much of its beginning as no other event has; Tab offers some. It gives
all there is, where `q` leaves what fills the screen; `select` keeps some of it:""",
        line="event get {uu} | select name record_json created_by",
        check='($in | describe) =~ "^record" and "record_json" in ($in | columns)',
        done="`created_by` is you: the store notes who logged what, and when.",
        hint="The answer should be one event. `event list` shows the uu of each:",
        find=FIRST_EVENT,
    ),
    Lesson(
        title="Ask with a pipeline",
        text="""Each part of a line takes what the part before gives. This keeps the logins, takes the user of
each, and counts how often each stands there:""",
        line='event list | where name == "login" | get record_json.user | uniq --count',
        check='7 in $in.value and "count" in ($in | columns)',
        done="Two logins of user 7, one of user 9. `where`, `sort-by` and many more join up like this.",
        hint="The answer should be a table with a `value` and a `count` for each user:",
    ),
    Lesson(
        title="Revoke an event",
        text="""Nothing in the store can be changed or deleted: that is the point of it. What was wrong is revoked. It
stays, and is marked as void:""",
        line="event revoke {uu}",
        check='$in.is_revoked == true and $in.name == "user-milestone"',
        done="From now on `event list` leaves it out.",
        hint="The event `user-milestone` is to be revoked. That works once: `skip` goes on if it was done before.",
        find=FIRST_EVENT,
    ),
    Lesson(
        title="See what was revoked",
        text="""`--all` lists revoked events, too. A word behind `where` that is true or false is a condition by
itself:""",
        line="event list --all | where is_revoked",
        check="($in.is_revoked | uniq) == [true]",
        done="Still there, for whoever has to know what happened.",
        hint="The answer should be a table of the revoked events alone:",
    ),
    Lesson(
        title="Find the way by yourself",
        text="""Every command has a page: `event list --help` shows one, the key F1 all of them. Where you do not know
the name, look for what you want to do:""",
        line="help --find undo",
        check='"event revoke" in $in.name and "summary" in ($in | columns)',
        done="That is how to find all the others.",
        hint="The answer should be a table with the command `event revoke` in it:",
    ),
)
"""All of them, in order. Each may use what the ones before have left in the store."""
