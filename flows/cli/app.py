"""The commands with their arguments and help; what they do is in the modules beside this one.

Only `typer` is imported here: each command imports what it needs when it runs, so that `--help` and `sql`
start fast.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.failing import guarded, set_debug
from tasks.errors import GongkaiError
from warehouse.audit.rules import Severity
from warehouse.formats import Format

app = typer.Typer(
    name="gongkai",
    help="Annual open-information reports of Chinese government bodies, as a warehouse to query.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _home(context: typer.Context, parameter: typer.CallbackParam, given: Path) -> Path:
    """The folder of the home given, else of the setting, which gongkai.toml may hold."""
    source = context.get_parameter_source(parameter.name or "")
    from flows.home import home_of

    try:
        return home_of(None if source is not None and source.name == "DEFAULT" else given)
    except GongkaiError as error:
        raise typer.BadParameter(str(error)) from error


Home = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="GONGKAI_HOME",
        help="The warehouse's folder, or s3://BUCKET/PREFIX.",
        show_default=True,
        callback=_home,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DATA = Path("data")


def main() -> None:
    """The console script `gongkai`."""
    app()


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongkai {version('gongkai')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    set_debug(debug)


@app.command()
@guarded
def ingest(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|URL|SOURCE",
            help="Folders, files or globs of reports; addresses of list pages or reports; sources or `all`.",
        ),
    ] = None,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="Ask sites for everything again; read also what is unchanged.")
    ] = False,
    from_store: Annotated[
        bool, typer.Option("--from-store", help="Ask no web site: read again what was fetched before.")
    ] = False,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Read pages into the warehouse; what is already there with the same bytes is skipped.

    Exit code 0: done, even if single documents failed (they are listed and in quarantine);
    1: the run failed or every document did.

    Examples:

        gongkai ingest pages/

        gongkai ingest '2017/*.html' report.txt --home /data/gongkai

        gongkai ingest http://www.example.gov.cn/col/col123/index.html

        gongkai ingest all
    """
    from flows.cli.ingest import ingest as run

    if not paths and not from_store:
        raise typer.BadParameter("name a PATH, a URL or a SOURCE, or give --from-store")
    run(paths or [], home, recheck=recheck, from_store=from_store, as_json=json)


source = typer.Typer(name="source", help="The web sites that reports are fetched from.", no_args_is_help=True)
app.add_typer(source)


@source.command("list")
@guarded
def source_list(home: Home = DATA, json: Json = False) -> None:
    """List the sources: those that are shipped and your own (HOME/sources.toml)."""
    from flows.cli.source import list_sources

    list_sources(home, as_json=json)


@source.command("add")
@guarded
def source_add(
    url: Annotated[str, typer.Argument(help="The page that lists the annual reports.")],
    name: Annotated[str | None, typer.Option("--name", help="What to call it; by default its host.")] = None,
    title: Annotated[str, typer.Option("--title", help="The body's name.")] = "",
    region: Annotated[str | None, typer.Option("--region", help="Its GB/T 2260 code.")] = None,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Look at a list page, tell its family and what it would fetch, and add it to your sources.

    Example:

        gongkai source add http://www.example.gov.cn/col/col123/index.html --name example
    """
    from flows.cli.source import add

    add(url, name, title, region, home, as_json=json)


@source.command("check")
@guarded
def source_check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE|URL", help="Which; all by default.")
    ] = None,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Look what sources list now, without fetching any report. Exit code 1: one of them lists too few."""
    from flows.cli.source import check

    check(names or [], home, as_json=json)


@app.command()
@guarded
def sql(
    query: Annotated[str, typer.Argument(help="A query, or - to read it from standard input.")],
    home: Home = DATA,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV with all rows.")] = False,
) -> None:
    """Query the warehouse in SQL (DuckDB's); it is opened for reading only.

    Examples:

        gongkai sql 'SELECT agency, year, value FROM panel WHERE indicator = $$applications_received$$'

        gongkai sql --csv - < query.sql > answer.csv
    """
    from flows.cli.sql import sql as run

    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    run(query, home, as_json=json, as_csv=csv)


@app.command()
@guarded
def show(
    document: Annotated[
        str,
        typer.Argument(help="A document_id or the beginning of one, a uri, a file name or a part of one."),
    ],
    home: Home = DATA,
    json: Json = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write it as one page for a browser, evidence marked."),
    ] = None,
) -> None:
    """Show one report: metadata, sections, facts beside the words that state them, forms, conflicts.

    Examples:

        gongkai show 3f2a9c

        gongkai show 2017-report.html --json

        gongkai show 2017-report --html checked.html
    """
    from flows.cli.show import show as run

    if json and html:
        raise typer.BadParameter("--json and --html exclude each other")
    run(document, home, as_json=json, html=html)


@app.command()
@guarded
def compare(
    before: Annotated[
        str, typer.Argument(help="A report, named as for `show`, or as 'BODY YEAR'; the earlier one.")
    ],
    after: Annotated[str, typer.Argument(help="The report to compare with it.")],
    home: Home = DATA,
    json: Json = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write it as one page for a browser."),
    ] = None,
) -> None:
    """Show two reports side by side: figures with their change, texts with what is new marked.

    Examples:

        gongkai compare '甲县教育局 2020' '甲县教育局 2021'

        gongkai compare 3f2a9c 77d401 --html compared.html
    """
    from flows.cli.compare import compare as run

    if json and html:
        raise typer.BadParameter("--json and --html exclude each other")
    run(before, after, home, as_json=json, html=html)


@app.command()
@guarded
def audit(
    rule: Annotated[str | None, typer.Option("--rule", help="List the findings of this rule only.")] = None,
    severity: Annotated[
        Severity, typer.Option("--severity", help="List findings of at least this severity.")
    ] = Severity.WARNING,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Apply the audit's rules to all reports: sums, chains over the years, deadlines, completeness.

    What is found goes into `checks`, with the evidence of both sides; table `rules` says what each rule asks.

    Examples:

        gongkai audit --severity error

        gongkai audit --rule carried_over --json
    """
    from flows.cli.audit import audit as run

    run(home, rule, severity, as_json=json)


@app.command()
@guarded
def export(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Where to, a folder or s3://…; an earlier export is replaced."),
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.PARQUET,
    warc: Annotated[
        bool, typer.Option("--warc", help="Instead of tables, the web pages as they came, in one WARC file.")
    ] = False,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Write every table and view as plain files that need no gongkai.

    `parquet` and `csv`: one file a table or view; `xlsx`: one workbook; `duckdb`: one database file.

    Examples:

        gongkai export out/

        gongkai export for-excel/ --format xlsx

        gongkai export archive/ --warc
    """
    from flows.cli.export import export as run
    from flows.cli.export import export_warc

    if warc:
        export_warc(folder, home, as_json=json)
        return

    run(folder, format, home, as_json=json)


@app.command()
@guarded
def publish(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of all releases; may be s3://BUCKET/PREFIX.")
    ],
    version: Annotated[str | None, typer.Option("--version", help="Its version; else today's date.")] = None,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="Keep personal names and contacts as the reports print them.")
    ] = False,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Make a versioned data release: Parquet, CSV, Excel, DuckDB, explorer, dictionary, changelog, checksums.

    It becomes DIR/VERSION and is compared with the newest release in DIR. Contacts are left out, personal
    names and numbers in texts blackened (the release's README says how).

    Examples:

        gongkai publish releases/

        gongkai publish releases/ --version 2026.1
    """
    from flows.cli.publish import publish as run

    run(folder, version, home, is_masked=not unmasked, as_json=json)


@app.command()
@guarded
def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A release, or the folder of releases: then the newest.")
    ],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8008,
) -> None:
    """Serve a release's explorer on this machine, for a browser.

    Any file server does as well; the SQL page of a large release wants one that hands out parts of files.

    Example:

        gongkai serve releases/
    """
    from flows.cli.serve import serve as run

    run(folder, port)


@app.command()
@guarded
def status(home: Home = DATA, json: Json = False) -> None:
    """Tell what the warehouse holds, what ran last, what failed and why, and what is deployed to run next.

    Example:

        gongkai status --json
    """
    from flows.cli.status import status as run

    run(home, as_json=json)


@app.command()
@guarded
def dictionary(
    file: Annotated[Path | None, typer.Argument(help="Write it there instead of printing it.")] = None,
) -> None:
    """Print the data dictionary (Markdown): every table, view and column with its meaning.

    Example:

        gongkai dictionary dictionary.md
    """
    from warehouse.dictionary import dictionary as page
    from warehouse.faults import explained

    if file is None:
        typer.echo(page())
        return
    with explained(file):
        file.write_text(page(), "utf-8")


@app.command()
@guarded
def retry(
    reason: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Only what failed in this stage, or with these words."),
    ] = None,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Try the documents in quarantine again: from where they came, else from their stored bytes.

    Examples:

        gongkai retry

        gongkai retry --reason fetch

        gongkai retry --reason 'took more than'
    """
    from flows.cli.again import retry as run

    run(home, reason, as_json=json)


@app.command()
@guarded
def reextract(
    source: Annotated[str | None, typer.Option(help="Only documents of this source or path.")] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Also what the present rules have read.")
    ] = False,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Read stored documents again after a change of the rules; nothing is fetched.

    Example:

        gongkai reextract
    """
    from flows.cli.again import reextract as run

    run(home, source, everything=everything, as_json=json)


@app.command()
@guarded
def maintain(
    keep_days: Annotated[
        int | None, typer.Option(min=0, help="Keep the history of so many days. [default: setting keep_days]")
    ] = None,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Merge small files, sort facts for queries, let go of old states and of old runs in Prefect.

    Example:

        gongkai maintain --keep-days 7
    """
    from flows.cli.again import maintain as run

    run(home, keep_days, as_json=json)


@app.command()
@guarded
def move(
    to: Annotated[str, typer.Option("--to", metavar="HOME", help="The new home: a folder or s3://…")],
    catalog: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Its catalog in PostgreSQL; without it, SQLite in a folder."),
    ] = None,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Copy the warehouse to another home, row for row, and check it there; this one stays as it is.

    Old states of tables (time travel) are not copied. What a move that was cut short left is begun anew.

    Examples:

        gongkai move --to s3://reports/gongkai --catalog postgresql://gongkai@db.example.org/gongkai

        gongkai move --home s3://reports/gongkai --to ./copy
    """
    from flows.cli.move import move as run

    run(to, catalog, home, as_json=json)


@app.command()
@guarded
def up(
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay, and end when one of them does (systemd, containers).")
    ] = False,
    home: Home = DATA,
    json: Json = False,
) -> None:
    """Start Prefect's server and a worker on this machine, and deploy every flow with its schedules.

    What runs already is left alone; a second `up` deploys anew and starts what has died.

    Examples:

        gongkai up

        GONGKAI_SERVER__PORT=4300 gongkai up --home /data/gongkai
    """
    from flows.cli.up import up as run

    run(home, foreground=foreground, as_json=json)


@app.command()
@guarded
def down(home: Home = DATA) -> None:
    """Stop the server and the worker that `up` started; a run under way ends with its last whole batch.

    Example:

        gongkai down
    """
    from flows.cli.up import down as run

    run(home)
