#!/usr/bin/env python3
"""A manual page (man(7)) from what `roulade --experimental-dump-help` prints, on standard input.

    roulade --experimental-dump-help | Scripts/manual.py "1 January 2026" > roulade.1

swift-argument-parser's own plugin builds the whole package anew without optimization to do the same, and needs git and
a writable package directory for it; this needs the program alone."""
import json
import sys


def text(words: str) -> str:
    """Words as roff: backslashes, hyphens and leading dots are not commands."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in escaped.splitlines())


def option(argument: dict) -> str:
    names = ["-" * (1 if name["kind"] == "short" else 2) + name["name"] for name in argument.get("names", [])]
    value = f" \\fI{text(argument['valueName'])}\\fR" if argument["kind"] == "option" else ""
    if argument["kind"] == "positional":
        head = f"\\fI{text(argument['valueName'])}\\fR"
    else:
        head = ", ".join(f"\\fB{text(name)}\\fR" for name in names) + value
    lines = [".TP", head, text(argument.get("abstract", ""))]
    default = argument.get("defaultValue")
    if default and "(default" not in argument.get("abstract", ""):
        lines.append(text(f"(default: {default})"))
    if argument.get("discussion"):
        lines += [".IP", "\n.br\n".join(text(line) for line in argument["discussion"].splitlines())]
    return "\n".join(line for line in lines if line)


def options(command: dict) -> list[str]:
    lines, section = [], None
    for argument in command.get("arguments", []):
        names = {name["name"] for name in argument.get("names", [])}
        if not argument.get("shouldDisplay", True) or names & {"help", "version"}:
            continue
        if argument.get("sectionTitle") != section:
            section = argument.get("sectionTitle")
            if section:
                lines += [".PP", f"\\fI{text(section.capitalize())}\\fR"]
        lines.append(option(argument))
    return lines


def paragraphs(words: str) -> list[str]:
    """Examples, which are indented, keep their lines."""
    lines = []
    for paragraph in filter(None, words.split("\n\n")):
        lines += [".PP", ".nf", text(paragraph), ".fi"] if "\n  " in paragraph else [".PP", text(paragraph)]
    return lines


def positionals(command: dict) -> str:
    """What comes without a name, in order."""
    arguments = [a for a in command.get("arguments", []) if a["kind"] == "positional" and a.get("shouldDisplay", True)]
    return "".join(f"[\\fI{text(a['valueName'])}\\fR] " if a.get("isOptional") else f"\\fI{text(a['valueName'])}\\fR "
                   for a in arguments)


def main() -> None:
    command = json.load(sys.stdin)["command"]
    name = command["commandName"]
    subcommands = [c for c in command.get("subcommands", []) if c.get("shouldDisplay", True) and c["commandName"] != "help"]
    out = [
        f'.TH {name.upper()} 1 "{sys.argv[1] if len(sys.argv) > 1 else ""}" "{name}" "User Commands"',
        ".SH NAME", f"{name} \\- {text(command['abstract'].rstrip('.').lower())}",
        ".SH SYNOPSIS",
    ]
    out += [f"\\fB{name} {text(c['commandName'])}\\fR {positionals(c)}[\\fIoptions\\fR]\n.br" for c in subcommands]
    if command.get("discussion"):
        out += [".SH DESCRIPTION", *paragraphs(command["discussion"])]
    for sub in subcommands:
        out += [f'.SH "{name.upper()} {sub["commandName"].upper()}"', text(sub["abstract"])]
        out += paragraphs(sub.get("discussion", "")) + options(sub)
    out += [
        ".SH EXIT STATUS", "0 if all went well, 2 for play without a terminal, 64 for a wrong command line, "
        "65 for a file that holds something else, 73 for a file that cannot be created, 74 for one that cannot be written, "
        "128 and its number for a signal, 1 otherwise.",
    ]
    print("\n".join(line for line in out if line))


main()
