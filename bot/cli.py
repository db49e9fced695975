"""`ramah`: the one command line."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.processes.trouble import Trouble
from bot.settings import Settings
from bot.shop_file.mistakes import ShopFileError

# What a command needs is imported when it runs: `ramah --help` answers at once.
app = typer.Typer(
    help="Ramah, the friendly customer-service bot for online shops.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
store = typer.Typer(help="Try your store; load and dump the demo store's data.", no_args_is_help=True)
app.add_typer(store, name="store")
agent = typer.Typer(help="The people of the agent desk.", no_args_is_help=True)
app.add_typer(agent, name="agent")


Folder = Annotated[Path | None, typer.Option(help="Another bot's folder; else this one's.", show_default=False)]


class DeskRole(str, Enum):
    agent = "agent"
    supervisor = "supervisor"
    trainer = "trainer"
    admin = "admin"


class DemoShop(str, Enum):
    demo = "demo"
    medusa = "medusa"


class Format(str, Enum):
    ramah = "ramah"
    tau_retail = "tau-retail"


@app.command()
def demo(
    store: Annotated[DemoShop, typer.Option(help="Ours, or a real Medusa 2.18 (needs Node 20 and PostgreSQL).")] = (
        DemoShop.demo
    ),
) -> None:
    """Show everything: a demo shop with its store, the widget and the bot, on this machine."""
    from bot.commands.demo import demo as run_demo

    run_demo(Settings(), store.value)


@app.command()
def serve() -> None:
    """Run action server, Rasa and gateway before your own store (settings: RAMAH_… in the environment)."""
    from bot.commands.serve import serve as run_serve

    run_serve(Settings())


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False) -> None:
    """Train the model if its inputs changed: config.yml, domain.yml and what lies in data/."""
    from bot.commands.run import trained_model

    typer.echo(f"The model is {trained_model(Settings(), force)}.")


@app.command()
def chat(url: Annotated[str | None, typer.Option(help="A gateway's address.")] = None) -> None:
    """Talk to the running bot in this terminal."""
    from bot.commands.chat import chat as talk

    settings = Settings()
    talk(url or f"http://{settings.gateway_host}:{settings.gateway_port}")


@app.command()
def check(
    folder: Folder = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show all findings, not the first of each kind.")] = False,
) -> None:
    """Look for mistakes in the trainers' files; each with its line and what to do. Exit code 1 if there are any."""
    from bot.commands.check import check as run_check

    raise typer.Exit(run_check(_root(folder), strict=strict, everything=everything))


@app.command("try")
def try_(
    text: str,
    language: Annotated[str, typer.Option(help="The language of the shopper's page; else the shop's.")] = "",
    slots: Annotated[list[str] | None, typer.Option(help="A slot that is set before: name=value.")] = None,
    folder: Folder = None,
) -> None:
    """Show what the bot makes of TEXT: language, intents, entities, and what it would do."""
    from bot.commands.try_text import try_text

    try_text(text, language, slots or [], _root(folder), Settings())


@app.command()
def parse(
    file: Path,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
    language: Annotated[str, typer.Option(help="The language of the shoppers' page; else the shop's.")] = "",
    folder: Folder = None,
) -> None:
    """Write what the bot makes of each line of FILE, a table with a column utterance (docs/nlu-formats.md)."""
    from bot.commands.parse import parse as run_parse

    run_parse(file, out, language, _root(folder), Settings())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def rasa(context: typer.Context) -> None:
    """Rasa's own command line without TensorFlow: `ramah rasa shell`, `ramah rasa data validate`."""
    from bot.engine.rasa_command import run

    raise typer.Exit(run(context.args))


@store.command("parcel")
def store_parcel(
    order: Annotated[str, typer.Argument(help="A demo order's number, like 1047.")],
    state: Annotated[str, typer.Argument(help="packed, in_transit, out_for_delivery, failed_attempt, delivered …")],
    place: Annotated[str, typer.Option(help="Where the courier says it is.")] = "",
) -> None:
    """Move a parcel of the running demo store, to see cards and shoppers hear of it."""
    from bot.commands.parcel import move

    typer.echo(f"Order {order} is {move(Settings(), order, state, place)}.")


@store.command("check")
def store_check(
    order: Annotated[str, typer.Option(help="An order's number, to see that it is found; needs --email.")] = "",
    email: Annotated[str, typer.Option(help="The address it was ordered with.")] = "",
) -> None:
    """Try the key of the store in ramah.toml (reads only) and print what this store can and cannot do."""
    from bot.commands.store import check as run_check

    raise typer.Exit(run_check(Settings(), order, email))


@store.command("load")
def store_load(file: Path, format: Format = Format.ramah, db: Path | None = None) -> None:
    """Fill the demo store's database from FILE; what was in it is replaced."""
    from bot.demo_store.files import load_file

    try:
        load_file(file, format.value, _store_database(db))
    except ValueError as error:
        raise Trouble(f"{file} was not loaded: {error}.") from error


@store.command("dump")
def store_dump(file: Path, format: Format = Format.ramah, db: Path | None = None) -> None:
    """Write the demo store's whole database to FILE."""
    from bot.demo_store.files import dump_file

    try:
        dump_file(file, format.value, _store_database(db))
    except ValueError as error:
        raise Trouble(f"Nothing was written: {error}.") from error


@agent.command("add")
def agent_add(
    email: str,
    name: Annotated[str, typer.Option(help="As shoppers read it.")],
    role: Annotated[DeskRole, typer.Option(help="What they may do: docs/agents.md.")] = DeskRole.agent,
    languages: Annotated[str, typer.Option(help='What they answer in: "en,id"; else all the bot speaks.')] = "",
) -> None:
    """Let a person work at the desk. The password is asked for; from a pipe, it is the first line."""
    from bot.commands.agent import add

    add(Settings(), email, name, role.value, languages)


@agent.command("password")
def agent_password(email: str) -> None:
    """Give a person a new password and sign them out everywhere."""
    from bot.commands.agent import password

    password(Settings(), email)


@agent.command("list")
def agent_list() -> None:
    """Show who works at the desk."""
    from bot.commands.agent import list_

    list_(Settings())


def _store_database(named: Path | None) -> Path:
    return named or Settings().state_dir / "demo-store.db"


def _root(folder: Path | None) -> Path:
    from bot.installation import PROJECT

    root = (folder or PROJECT).resolve()
    if not (root / "domain.yml").is_file():
        raise Trouble(f"There is no bot in {root}: domain.yml is missing.")
    return root


def main() -> None:
    """Run, and turn trouble into one sentence and exit code 1."""
    try:
        app()
    except Trouble as trouble:
        sys.exit(_complain(str(trouble)))
    except ShopFileError as error:
        sys.exit(_complain(str(error)))
    except ValidationError as error:
        first = error.errors()[0]
        sys.exit(_complain(f"The setting RAMAH_{str(first['loc'][0]).upper()} is not usable: {first['msg']}."))
    except OSError as error:
        sys.exit(_complain(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}."))


def _complain(sentence: str) -> int:
    typer.secho(sentence, fg="red", err=True)
    return 1


if __name__ == "__main__":
    main()
