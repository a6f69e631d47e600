"""`lookback definitions`: deploys, checks, lists and compares diagrams, decision tables and forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from getpass import getuser
from pathlib import Path

import click
from rich.table import Table
from sqlalchemy import func, select

from engine.definitions import Deployed, Problem, Severity, check, deploy
from engine.definitions.element_templates import Platform, file_name, templates_for
from engine.storage.models import Deployment, Instance, InstanceStatus, ProcessDefinition
from lookback.bootstrap import timekeeping_of
from lookback.cli.console import err, out
from lookback.cli.launch import Launch, pass_launch
from lookback.cli.migrate_instances import migrate
from lookback.definitions import deployed_files, difference, files_in
from workflows.trials.proving import run_scenarios, theatre_of

folder_option = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder than definitions.folder of the settings.",
)


@click.group()
def definitions() -> None:
    """Diagrams, decision tables and forms."""


definitions.add_command(migrate)


@definitions.command(name="deploy")
@folder_option
@click.option("--by", default=getuser, help="Who deploys, for the record.", show_default="your account")
@click.option("--comment", default="", help="Why, for the record.")
@pass_launch
def deploy_folder(launch: Launch, folder: Path | None, by: str, comment: str) -> None:
    """Deploy the folder as one version, unless one of its scenarios fails; the same content again deploys nothing."""
    files = files_in(folder or launch.settings.definitions.folder)
    with launch.application() as application:
        with application.runtime.unit_of_work() as uow:
            deployed = deploy(uow, files, by=by, comment=comment)
            told = list(_told(deployed, len(files)))
        for line in told:
            out.print(line)


@definitions.command()
@folder_option
@pass_launch
@click.pass_context
def lint(ctx: click.Context, launch: Launch, folder: Path | None) -> None:
    """Report every problem of the folder's files; exits with 1 when there is an error."""
    files = files_in(folder or launch.settings.definitions.folder)
    with launch.application(needs_tables=False) as application:
        problems = check(files, application.runtime)
    _print_problems(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    out.print(f"{len(files)} files, {errors} errors, {len(problems) - errors} warnings.")
    ctx.exit(1 if errors else 0)


@definitions.command()
@folder_option
@pass_launch
@click.pass_context
def test(ctx: click.Context, launch: Launch, folder: Path | None) -> None:
    """Play the folder's scenarios in a throw-away world; exits with 1 when one of them fails."""
    files = files_in(folder or launch.settings.definitions.folder)
    outcomes = run_scenarios(files, theatre_of(timekeeping_of(launch.settings)))
    for outcome in outcomes:
        out.print(f"{'passed' if outcome.passed else 'FAILED'}  {outcome.name}", markup=False)
        for said in outcome.differences:
            err.print(f"  {outcome.file}: {said}", style="red", markup=False)
    failed = sum(not outcome.passed for outcome in outcomes)
    out.print(f"{len(outcomes)} scenarios, {failed} failed.")
    ctx.exit(1 if failed else 0)


@definitions.command()
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".camunda/element-templates"),
    show_default=True,
    help="The folder to write to; Camunda's desktop modeler reads the one above beside a diagram or above it.",
)
@pass_launch
def templates(launch: Launch, to: Path) -> None:
    """Write element templates for Camunda's desktop modeler: each registered operator, and our user task."""
    to.mkdir(parents=True, exist_ok=True)
    with launch.application(needs_tables=False) as application:
        for platform in Platform:
            written = to / file_name(platform)
            written.write_bytes(templates_for(application.runtime.operators, platform))
            out.print(f"{written}", markup=False)


@definitions.command(name="list")
@pass_launch
def list_processes(launch: Launch) -> None:
    """Show every deployed process with its newest version and how many instances run."""
    running = (
        select(ProcessDefinition.process_id, func.count(Instance.id).label("running"))
        .join(Instance, Instance.definition_id == ProcessDefinition.id)
        .where(Instance.status == InstanceStatus.RUNNING)
        .group_by(ProcessDefinition.process_id)
        .subquery()
    )
    newest = select(func.max(ProcessDefinition.id)).group_by(ProcessDefinition.process_id)
    rows = (
        select(ProcessDefinition, Deployment.deployed_at, Deployment.deployed_by, func.coalesce(running.c.running, 0))
        .join(Deployment)
        .outerjoin(running, running.c.process_id == ProcessDefinition.process_id)
        .where(ProcessDefinition.id.in_(newest))
        .order_by(ProcessDefinition.process_id)
    )
    table = Table("process", "name", "version", "file", "deployed at", "by", "running")
    with launch.application() as application, application.runtime.reading() as uow:
        for process, at, by, count in uow.session.execute(rows):
            moment = f"{at:%Y-%m-%d %H:%M}Z"
            table.add_row(
                process.process_id, process.name, str(process.version), process.resource_name, moment, by, str(count)
            )
    out.print(table)


@definitions.command()
@folder_option
@click.option("--text", is_flag=True, help="Show the changed lines too.")
@pass_launch
def diff(launch: Launch, folder: Path | None, text: bool) -> None:
    """Compare the folder with the newest deployment."""
    present = files_in(folder or launch.settings.definitions.folder)
    with launch.application() as application, application.runtime.reading() as uow:
        deployed = deployed_files(uow.session)
    change = difference(deployed, present)
    if change.is_empty:
        out.print("The folder is what is deployed.")
    for sign, names, style in (
        ("+", change.added, "green"),
        ("~", change.changed, "yellow"),
        ("-", change.removed, "red"),
    ):
        for name in names:
            out.print(f"{sign} {name}", style=style, markup=False)
            if text and sign == "~":
                _print_lines(_changed_lines(name, deployed[name], present[name]))


def _told(deployed: Deployed, files: int) -> Iterator[str]:
    if not deployed.is_new:
        yield f"Deployment {deployed.deployment.id} has this content already; nothing was deployed."
        return
    yield f"Deployed {files} files as deployment {deployed.deployment.id}:"
    for process in deployed.processes:
        yield f"  {process.process_id} version {process.version}  {process.name}"


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        err.print(str(problem), style="red" if problem.severity is Severity.ERROR else "yellow", markup=False)


def _changed_lines(name: str, before: bytes, after: bytes) -> Iterable[str]:
    old, new = before.decode("utf-8", "replace"), after.decode("utf-8", "replace")
    return unified_diff(old.splitlines(), new.splitlines(), f"deployed/{name}", f"folder/{name}", lineterm="", n=1)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, style="green" if line[0] == "+" else "red" if line[0] == "-" else "dim", markup=False)
