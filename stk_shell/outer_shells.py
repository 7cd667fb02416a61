"""Scripts that make other shells complete the options of stk, from the table of options."""

from __future__ import annotations

from stk_shell.options import OPTIONS, Option


def completions(shell: str) -> str:
    """A script that makes a shell (bash, zsh or fish) complete the options of stk."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _words(option: Option) -> list[str]:
    return [f"--{option.name}", *([f"-{option.letter}"] if option.letter else [])]


BASH = """\
# Completion of the options of stk in bash: put it into a file that your ~/.bashrc reads.
_stk() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} from='-f'
  case $before in
{cases}
    {free}) return ;;
    *) [[ $word == -* ]] && from="-W '{words}'" ;;
  esac
  eval "COMPREPLY=(\\$(compgen $from -- \\"\\$word\\"))"
}}
complete -o filenames -F _stk stk
"""


def _bash() -> str:
    with_value = [option for option in OPTIONS if option.value]
    sources = {"|".join(_words(option)): f"-W '{' '.join(option.choices)}'" for option in with_value if option.choices}
    sources["--data-dir"] = "-d"
    cases = "\n".join(f'    {words}) from="{source}" ;;' for words, source in sources.items())
    free = [word for option in with_value if not option.choices for word in _words(option) if word not in sources]
    words = " ".join(word for option in OPTIONS for word in _words(option))
    return BASH.format(cases=cases, free="|".join(free), words=words)


def _zsh() -> str:
    return "\n".join(
        [
            "#compdef stk",
            "# Completion of the options of stk in zsh: put it as `_stk` into a folder of your fpath.",
            "_arguments \\",
            *(f"  {_zsh_argument(option)} \\" for option in OPTIONS),
            "  '*:script:_files'",
            "",
        ]
    )


def _zsh_argument(option: Option) -> str:
    meaning = option.sentence.replace("'", "'\\''").replace(":", "\\:").replace("[", "\\[").replace("]", "\\]")
    action = f"({' '.join(option.choices)})" if option.choices else "_directories" if option.name == "data-dir" else ""
    value = f":{option.value}:{action}" if option.value else ""
    if not option.letter:
        return f"'--{option.name}[{meaning}]{value}'"
    return f"'(-{option.letter} --{option.name})'{{-{option.letter},--{option.name}}}'[{meaning}]{value}'"


def _fish() -> str:
    lines = ["# Completion of the options of stk in fish: put it as stk.fish into ~/.config/fish/completions."]
    for option in OPTIONS:
        letter = f" -s {option.letter}" if option.letter else ""
        takes = ""
        if option.choices:
            takes = f" -x -a '{' '.join(option.choices)}'"
        elif option.value:
            takes = " -x -a '(__fish_complete_directories)'" if option.name == "data-dir" else " -x"
        meaning = option.sentence.replace("'", "\\'")
        lines.append(f"complete -c stk -l {option.name}{letter}{takes} -d '{meaning}'")
    return "\n".join([*lines, ""])
