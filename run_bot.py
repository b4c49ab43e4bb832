"""The door: picks a face, assembles the parts, starts them. `python run_bot.py --help` lists what it can do."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

try:
    import click
    from pydantic import ValidationError

    from bot.conversation.flows.shape import Flow
    from bot.conversation.knowledge import Knowledge
    from bot.load_knowledge import ContentError, load_knowledge
    from bot.load_knowledge.collecting import no_collecting
    from bot.load_knowledge.memory import LearntFiles
    from bot.settings import ENV_FILE, Settings, Unusable, probable_slips, what_is_wrong
except ModuleNotFoundError as missing:  # a plain `python3` instead of ours
    todo = "Run `make run` once (Ctrl-C ends it), then `source .venv/bin/activate` in each terminal."
    raise SystemExit(f"{missing.name} is not installed for {sys.executable}. {todo}") from None

CHECKING = "Checking all content: some ten seconds"


def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        raise Stop("A setting in .env or the environment can't be used.\n" + "\n".join(what_is_wrong(error))) from None


class Stop(click.ClickException):
    """Can't go on: says what to do next. Exit code 2."""

    exit_code = 2


def knowledge(on_warnings: Callable[[int], None] | None = None) -> Knowledge:
    folder = settings().knowledge_dir
    try:
        return load_knowledge(folder, LearntFiles(settings().data_dir / "learnt", on_miss=say_learning), on_warnings)
    except ContentError as error:
        more = "How to mend each: python run_bot.py check"
        raise Stop(f"The content in {folder}/ has problems, so nothing was started.\n{error}\n{more}") from None


def say_warnings(count: int) -> None:
    click.echo(f"{count} warning{'s' if count > 1 else ''} about the content: python run_bot.py check", err=True)


def say_aside(line: str) -> None:
    """Beside the output that a program may read."""
    click.echo(line, err=True)


def say_learning() -> None:
    say_aside("Learning how people ask (a minute or two, only after a change of phrasings) ...")


def untaught() -> Knowledge:
    """The content for what needs no understanding of questions, so that nothing has to be learnt first."""
    from bot.load_knowledge.load import read_content

    known, problems = read_content(settings().knowledge_dir, walk=False)
    if known is None:
        raise Stop("\n".join(map(str, problems)))
    return known


@click.group(invoke_without_command=True)
@click.pass_context
def cli(context: click.Context) -> None:
    """An honest career advisor for Telegram, with sources and dates.

    \b
    python run_bot.py                      start (without a token: in your browser)
    python run_bot.py ask "how long does it take"
    python run_bot.py talk                 chat here in the terminal
    python run_bot.py check                look for problems in the content
    python run_bot.py test                 play the content's tests
    python run_bot.py audit enroll         walk a guided flow and count its verdicts
    """
    try:
        for line in probable_slips():
            say_aside(line)
    except Unusable as error:
        raise Stop(str(error)) from None
    if context.invoked_subcommand is None:
        context.invoke(run)


@cli.command()
def run() -> None:
    """Start the bot: on Telegram with TELEGRAM_BOT_TOKEN set, else as a local preview.

    \b
    Example: TELEGRAM_BOT_TOKEN=123:abc python run_bot.py run
    """
    given = settings()
    with no_collecting():
        from bot.handlers.launch import CannotStart, launch, look_ahead
    try:
        look_ahead(given)
        launch(given, knowledge(say_warnings))
    except CannotStart as error:
        raise Stop(str(error)) from None


@cli.group()
def webhook() -> None:
    """Have Telegram deliver messages to WEBHOOK_URL, or fetch them again; see how deliveries go.

    \b
    Examples: python run_bot.py webhook info
              python run_bot.py webhook delete
    """


@webhook.command("set")
def webhook_set() -> None:
    """Tell Telegram to deliver to WEBHOOK_URL. The program does this itself when it starts."""
    from bot.handlers.launch import hook
    from bot.handlers.registering import register

    found = hook(settings())
    if found is None:
        raise Stop("Set WEBHOOK_URL and WEBHOOK_SECRET in .env first.")
    _ask_telegram(lambda bot: register(bot, found))
    click.echo(f"Telegram now delivers to {found.url}.")


@webhook.command("delete")
def webhook_delete() -> None:
    """Tell Telegram to stop delivering. What waits there stays and can be fetched."""
    _ask_telegram(lambda bot: bot.delete_webhook())
    click.echo("No webhook is set any more. Start the bot without WEBHOOK_URL to fetch messages.")


@webhook.command("info")
def webhook_info() -> None:
    """How many messages wait at Telegram, and what went wrong last."""
    from bot.handlers.registering import told

    for line in told(_ask_telegram(lambda bot: bot.get_webhook_info())):
        click.echo(line)


def _ask_telegram(call: Callable[[Any], Awaitable[Any]]) -> Any:
    from bot.handlers.intake import CannotReceive
    from bot.handlers.registering import asked

    given = settings()
    token = given.telegram_bot_token.get_secret_value().strip()
    if not token:
        raise Stop("Set TELEGRAM_BOT_TOKEN in .env first.")
    try:
        return asyncio.run(asked(token, given.telegram_api_url.rstrip("/"), given.http_client, call))
    except CannotReceive as error:
        raise Stop(str(error)) from None


@cli.command()
@click.argument("question", required=False)
@click.option("--explain", is_flag=True, help="Show candidates, probability, corrections and why.")
@click.option("--json", "as_lines", is_flag=True, help="Read a message per line, write a JSON object per line.")
def ask(question: str | None, explain: bool, as_lines: bool) -> None:
    """Answer one question here in the terminal.

    \b
    Examples: python run_bot.py ask "hw long does it take" --explain
              python run_bot.py ask --json < messages.txt
    """
    from bot.operator.ask import as_text, ask_lines
    from bot.operator.ask import ask as ask_once
    from bot.operator.written import written_at

    known = knowledge()
    if as_lines:
        for line in ask_lines(sys.stdin, known, dt.date.today()):
            click.echo(line)
        return
    if not question:
        raise click.UsageError('Give a question, as in: ask "how long does it take"')
    turn, _ = ask_once(question, known, dt.date.today())
    click.echo(as_text(turn, known, explain=explain))
    if explain:
        for line in written_at(settings().knowledge_dir, turn.intents):
            click.echo(line)


@cli.command()
@click.option("--json", "as_lines", is_flag=True, help='JSON lines: {"say": ...}, {"press": ...}, {"restart": true}.')
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), help="Keep the conversation as a test.")
def talk(as_lines: bool, record: Path | None) -> None:
    """Chat in the terminal; a number presses a button, Ctrl-D ends.

    \b
    Examples: python run_bot.py talk
              python run_bot.py talk --record tests/conversations/my_first.yaml
    """
    from bot.operator.talk import chat, talk_lines

    if as_lines and record:
        raise click.UsageError("--record keeps a conversation that is typed; leave --json out")
    if as_lines:
        for line in talk_lines(sys.stdin, knowledge(), dt.date.today):
            click.echo(line)
            sys.stdout.flush()
    elif record:
        _talk_recorded(record)
    else:
        known = knowledge()
        say_aside("Ctrl-D ends it. Nothing of it is kept.")
        chat(known, dt.date.today, _reader(), click.echo)


def _talk_recorded(file: Path) -> None:
    from bot.operator.record import CannotRecord, Recorder
    from bot.operator.talk import chat

    try:
        chat(knowledge(), dt.date.today, _reader(), click.echo, Recorder(file, dt.date.today()).note)
    except CannotRecord as error:
        raise Stop(str(error)) from None
    click.echo(f"\nKept as a test. Play it: python run_bot.py test {file}")


def _reader() -> Callable[[], str | None]:
    def lines() -> Iterator[str]:
        while True:
            try:
                yield input("\nyou: ")
            except (EOFError, KeyboardInterrupt):
                return

    source = lines()
    return lambda: next(source, None)


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option("--quick", is_flag=True, help="Leave out whether changed phrasings are understood as well (minutes).")
@click.option("--rules", "list_rules", is_flag=True, help="List every rule with its reason, and check nothing.")
def check(form: str, strict: bool, quick: bool, list_rules: bool) -> None:
    """Check all content: what is wrong, why it matters, how to mend it. Exit code 1 on errors, 2 if it can't be read.

    \b
    Examples: python run_bot.py check --quick
              python run_bot.py check --strict --format github
    """
    from bot.load_knowledge.checks.rules import all_rules
    from bot.load_knowledge.load import check_content
    from bot.operator.check import as_github, as_json, as_text, exit_code, rules_told
    from bot.operator.lock import held_to_lock

    if list_rules:
        click.echo("\n".join(rules_told(all_rules().values())))
        return
    folder = settings().knowledge_dir
    say_aside(CHECKING if quick else f"{CHECKING}, with changed phrasings minutes (--quick leaves that out)")
    checked = check_content(folder, dt.date.today())
    if not quick:
        checked = held_to_lock(checked, folder, settings().data_dir / "learnt", say_aside)
    faces = {"text": as_text, "json": as_json, "github": as_github}
    for line in faces[form](checked, folder):
        click.echo(line)
    raise SystemExit(exit_code(checked, strict=strict))


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tests", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def test(files: tuple[Path, ...], folder: Path | None) -> None:
    """Play the content's tests, and say what none of them reaches. Without FILES all of KNOWLEDGE_DIR/tests.

    Exit code 1 if one failed, 2 if the content or a test can't be read.

    \b
    Examples: python run_bot.py test
              python run_bot.py test tests/conversations/pay.yaml
    """
    from bot.operator.content_report import told
    from bot.operator.content_tests import CannotTest, run_files

    known = knowledge()
    try:
        report = run_files(files, settings().knowledge_dir, known, dt.date.today(), folder)
    except CannotTest as error:
        raise Stop(str(error)) from None
    for line in told(report, known):
        click.echo(line)
    if report.failures:
        raise SystemExit(1)


@cli.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--misses", is_flag=True, help="List every message that went wrong.")
def evaluate(file: TextIO, misses: bool) -> None:
    """Measure understanding on labelled messages (JSON lines with q, kind, topics, also_ok).

    \b
    Example: python run_bot.py evaluate questions.jsonl --misses
    """
    from bot.operator.evaluate import evaluate as measure
    from bot.operator.evaluate import told

    known = knowledge()
    try:
        report = measure(file, known, dt.date.today())
    except ValueError as error:
        raise Stop(f"{file.name}: {error}") from None
    for line in told(report, known, misses=misses):
        click.echo(line)


@cli.command()
def calibrate() -> None:
    """Fit the probabilities anew on held-out phrasings, and say which entries are mixed up. Takes some minutes.

    \b
    Example: python run_bot.py calibrate
    """
    from bot.operator.calibrate import calibrate as run_fit

    measured = run_fit(knowledge(), settings().knowledge_dir, say_aside)
    for name in ("right", "among_four", "others_taken_for_ours"):
        click.echo(f"{name.replace('_', ' ')}: {getattr(measured.lock, name):.1%}")
    for line in measured.advice:
        click.echo(line)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to FILE, also while the bot runs. The data key is not in it: keep that elsewhere.

    \b
    Example: python run_bot.py backup backups/advisor-$(date +%F).db
    """
    from bot.store import StoreError
    from bot.store.backup import backup as copy

    if settings().database_url.get_secret_value():
        raise Stop('Your data is on a server: run pg_dump "$DATABASE_URL" -Fc -f FILE instead (pg_restore reads it).')
    try:
        copy(settings().database, file)
    except StoreError as error:
        raise Stop(str(error)) from None
    click.echo(f"Wrote {file} ({file.stat().st_size // 1024} KB). docs/operating.md says how to restore it.")


@cli.command()
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3650), help="How far back.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page to print or pass on.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write the question log, a line each.")
@click.option("--sqlite", "database", type=click.Path(path_type=Path), help="Write it as a new SQLite file.")
def stats(days: int, page: Path | None, table: Path | None, database: Path | None) -> None:
    """Say what people asked, what was missed, liked and left in the middle, also while the bot runs.

    \b
    Examples: python run_bot.py stats --days 7 --html stats.html
              python run_bot.py stats --sqlite questions.db && datasette questions.db
    """
    from bot.operator.stats import run as statistics
    from bot.store import StoreError

    known, last = untaught(), statistics.today()
    try:
        lines = statistics.logged(settings(), statistics.first_day(last, days))
        click.echo(statistics.told(lines, last, days, known))
        for path in statistics.write(lines, last, days, known, page, table, database):
            click.echo(f"Wrote {path}")
    except (StoreError, OSError) as error:
        raise Stop(str(error)) from None


@cli.command("migrate-store")
@click.option("--to", "url", help="Address of an empty database; DATABASE_URL if that is set.")
def migrate_store(url: str | None) -> None:
    """Move everything from the file in DATA_DIR to a PostgreSQL server. Stop the bot first; the file stays as it was.

    \b
    Example: python run_bot.py migrate-store --to postgresql://advisor:password@db.example.org/advisor
    """
    from bot.operator.migrate_store import migrate_store as move
    from bot.store import StoreError

    try:
        rows = move(settings(), url or settings().database_url.get_secret_value())
    except StoreError as error:
        raise Stop(str(error)) from None
    click.echo(f"Moved and compared {sum(rows.values())} rows: " + ", ".join(f"{n} {t}" for t, n in rows.items()) + ".")
    click.echo("Now set DATABASE_URL to that address, and DATA_KEY to this machine's data key, for every process.")


@cli.command()
@click.option("--list", "only_list", is_flag=True, help="Only list what there is.")
@click.option("--json", "as_json", is_flag=True, help="List it as JSON, an object a line.")
@click.option("--undo", is_flag=True, help="Take back the last decision.")
def review(only_list: bool, as_json: bool, undo: bool) -> None:
    """Go through questions that were not answered, and teach them. A running bot takes the changes up by itself.

    \b
    Examples: python run_bot.py review
              python run_bot.py review --undo
    """
    from bot.operator.review import terminal
    from bot.operator.review.yaml_text import CannotEdit
    from bot.store import StoreError

    try:
        terminal.review(settings(), knowledge, _typed, click.echo, only_list=only_list, as_json=as_json, undo=undo)
    except (CannotEdit, StoreError) as error:
        raise Stop(str(error)) from None


def _typed() -> str | None:
    try:
        typed = input("> ")
        if not sys.stdin.isatty():  # whoever reads the record sees what was answered
            click.echo(typed)
        return typed
    except (EOFError, KeyboardInterrupt):
        return None


@cli.command("rotate-key")
def rotate_key() -> None:
    """Seal everything with a new data key. Stop the bot first; old backups still need the old key.

    \b
    Example: python run_bot.py rotate-key
    """
    from bot.operator.rotate_key import rotate
    from bot.store import StoreError

    try:
        rows = rotate(settings())
    except StoreError as error:
        raise Stop(str(error)) from None
    click.echo(f"Sealed {rows} rows with the new key.")


@cli.command()
@click.argument("flow")
def graph(flow: str) -> None:
    """Draw a guided flow as a Mermaid diagram.

    \b
    Example: python run_bot.py graph enroll > enroll.mmd
    """
    from bot.operator.graph import graph as draw

    click.echo(draw(_flow(flow)))
    say_aside("To see it, paste it at https://mermaid.live, or between ```mermaid and ``` into Markdown on GitHub.")


@cli.command()
@click.argument("flow")
@click.option(
    "--paths",
    default=20_000,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="How many answer paths to walk.",
)
def audit(flow: str, paths: int) -> None:
    """Walk a guided flow by chance: share of each verdict, shortest and longest path, answers that never matter.

    \b
    Example: python run_bot.py audit enroll
    """
    from bot.operator.audit import audit as walk

    known = _with_flow(flow)
    report = walk(known.flows[flow], known, paths)
    for line in report.lines:
        click.echo(line)
    if report.failed:
        raise SystemExit(1)


def _flow(name: str) -> Flow:
    return _with_flow(name).flows[name]


def _with_flow(name: str) -> Knowledge:
    from bot.load_knowledge.problems import did_you_mean

    known = untaught()
    if name not in known.flows:
        raise Stop(f"There is no flow '{name}'{did_you_mean(name, known.flows)} (flows: {', '.join(known.flows)})")
    return known


@cli.command("import-wages")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_wages(files: tuple[Path, ...]) -> None:
    """Replace the pay table by newly published ones: our CSV, or the BLS workbooks as they are.

    \b
    Examples: python run_bot.py import-wages oews_may2025.csv
              python run_bot.py import-wages national_M2025_dl.xlsx state_M2025_dl.xlsx MSA_M2025_dl.xlsx
    """
    from bot.load_knowledge.library import shared_places
    from bot.load_knowledge.load import read_content
    from bot.operator.import_wages import CannotImport, told
    from bot.operator.import_wages import import_wages as run_import

    folder = settings().knowledge_dir
    known, _ = read_content(folder)
    wanted = [occupation.code for occupation in known.career.occupations.values()] if known else []
    try:
        done = run_import(files, folder / "places", wanted, shared_places(folder))
    except CannotImport as error:
        raise Stop(f"Nothing was changed. {error}") from None
    for line in told(done):
        click.echo(line)


@cli.command("build-places")
def build_places() -> None:
    """Write the lists of towns, counties and ZIP codes anew, after the areas changed.

    \b
    Example: python run_bot.py build-places
    """
    from bot.operator.build_places import CannotBuild
    from bot.operator.build_places import build_places as build

    try:
        counts = build(settings().knowledge_dir / "places")
    except CannotBuild as error:
        raise Stop(str(error)) from None
    click.echo(
        "Wrote " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ". Now run: python run_bot.py check"
    )


@cli.command("import-faq")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_faq(files: tuple[Path, ...]) -> None:
    """Take over questions and answers as drafts, from Markdown (a heading or Q: asks) or a table (question, answer).

    \b
    Examples: python run_bot.py import-faq our_faq.md
              python run_bot.py import-faq export.tsv
    """
    from bot.load_knowledge.load import read_content
    from bot.operator.import_faq import CannotImport, told
    from bot.operator.import_faq import import_faq as run_import

    folder = settings().knowledge_dir
    known, _ = read_content(folder, walk=False)
    taken = {*known.entries, *known.smalltalk, *known.drafts} if known else set()
    try:
        done = run_import(files, folder / "faq", taken, dt.date.today())
    except CannotImport as error:
        raise Stop(f"Nothing was written. {error}") from None
    for line in told(done):
        click.echo(line)


@cli.command("new-career")
@click.argument("name")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where to make it.")
@click.option("--title", help="How the career is called in its texts, as in HVAC; NAME if left out.")
def new_career(name: str, into: Path, title: str | None) -> None:
    """Make a fresh knowledge folder, NAME, that has no errors and answers five questions.

    \b
    Examples: python run_bot.py new-career dog-groomer
              python run_bot.py new-career ohio-hvac --title "HVAC in Ohio"
    """
    from bot.operator.new_career import CannotMake
    from bot.operator.new_career import new_career as make

    try:
        folder = make(name, into, Path(__file__).parent / "knowledge", dt.date.today(), title or "")
    except CannotMake as error:
        raise Stop(str(error)) from None
    copy = "" if ENV_FILE.exists() else "Copy .env.example to .env. "
    click.echo(f"Made {folder}. {copy}Put KNOWLEDGE_DIR={folder} into .env, read {folder}/career.yaml, then:")
    click.echo("  python run_bot.py check\n  python run_bot.py test\n  python run_bot.py talk")


if __name__ == "__main__":
    cli()
