"""`lookback spot-check`: holds rounds of the committee's spot-check, and checks the proof of a draw."""

from __future__ import annotations

import json
from datetime import datetime
from getpass import getuser
from typing import Any

import click

from lookback.cli.console import err, out
from lookback.cli.launch import Launch, pass_launch
from lookback.errors import DishonestProof
from workflows.campaigns.opening import campaign_by_code
from workflows.hazards.words import Severity
from workflows.spot_check.assigning import assign_round
from workflows.spot_check.committing import commit_round
from workflows.spot_check.ending import end_round
from workflows.spot_check.parameters import Coverage, DrawParameters
from workflows.spot_check.proof import verify_draw
from workflows.spot_check.revealing import draw_round, proof_of
from workflows.spot_check.rounds import RoundPlan, plan_round, round_of

by_option = click.option("--by", default=getuser, help="Who does it, for the record.", show_default="your account")
round_argument = click.argument("round_id", metavar="ROUND", type=int)


@click.group(name="spot-check")
def spot_check() -> None:
    """Rounds of the committee's spot-check (综合抽查)."""


@spot_check.command()
@click.option("--campaign", required=True, metavar="CODE", help="The campaign, e.g. henan-2022.")
@click.option("--name", required=True, help="What the round is called.")
@click.option("--size", type=click.IntRange(1), help="How many hazards to draw.")
@click.option("--permille", type=click.IntRange(1, 1000), help="Or which share of the list, in thousandths.")
@click.option("--minimum", default=1, show_default=True, help="At least so many of each city, sector and severity.")
@click.option("--major-weight", default=3, show_default=True, help="How much likelier a major hazard is drawn.")
@click.option("--coverage", type=(int, int, int), default=(0, 0, 0), metavar="C S U",
              help="At least so many counties a city, sectors a county, units a sector.")  # fmt: skip
@click.option("--closed-since", type=click.DateTime(["%Y-%m-%d"]), help="Closed hazards too, from this day on.")
@click.option("--exclusion-days", default=0, help="Leave out what was spot-checked in so many days before.")
@by_option
@pass_launch
def plan(
    launch: Launch,
    campaign: str,
    name: str,
    size: int | None,
    permille: int | None,
    minimum: int,
    major_weight: int,
    coverage: tuple[int, int, int],
    closed_since: datetime | None,
    exclusion_days: int,
    by: str,
) -> None:
    """Plan a round and print its number."""
    counties, sectors, units = coverage
    parameters = DrawParameters(
        sample_size=size,
        sample_permille=permille,
        minimum_per_stratum=minimum,
        weights={Severity.GENERAL.value: 1, Severity.MAJOR.value: major_weight},
        coverage=Coverage(counties_per_city=counties, sectors_per_county=sectors, units_per_sector=units),
    )
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        planned = plan_round(
            uow,
            RoundPlan(
                campaign_id=campaign_by_code(uow.session, campaign).id,
                name=name,
                parameters=parameters,
                closed_since=closed_since.date() if closed_since else None,
                exclusion_days=exclusion_days,
            ),
            by=by,
        )
        out.print(f"Round {planned.id} is planned. Freeze its list with `lookback spot-check commit {planned.id}`.")


@spot_check.command()
@round_argument
@by_option
@pass_launch
def commit(launch: Launch, round_id: int, by: str) -> None:
    """Freeze the list of a ROUND and print the hashes to publish."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        commitment = commit_round(uow, round_of(uow.session, round_id), by=by)
        out.print(f"candidates  {commitment.candidates}")
        out.print(f"list        {commitment.frame_hash}")
        out.print(f"parameters  {commitment.parameters_hash}")
        out.print(f"seed        {commitment.seed_hash}")


@spot_check.command()
@round_argument
@click.option("--words", required=True, help="What the witnesses say at the draw.")
@click.option("--witness", "witnesses", required=True, multiple=True, help="A witness's name; repeat for each.")
@by_option
@pass_launch
def draw(launch: Launch, round_id: int, words: str, witnesses: tuple[str, ...], by: str) -> None:
    """Draw the hazards of a ROUND before witnesses."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        drawn = draw_round(uow, round_of(uow.session, round_id), words=words, witnesses=witnesses, by=by)
    out.print(f"{drawn} hazards were drawn. Publish the proof: `lookback spot-check proof {round_id}`.")


@spot_check.command()
@round_argument
@by_option
@pass_launch
def assign(launch: Launch, round_id: int, by: str) -> None:
    """Send teams and experts to the drawn hazards of a ROUND; may be repeated for those without a team."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        sending = assign_round(uow, round_of(uow.session, round_id), by=by)
    out.print(f"{sending.assigned} hazards have a team.")
    for number, reason in sending.unassigned.items():
        err.print(f"{number}  {reason}", style="yellow", markup=False)


@spot_check.command()
@round_argument
@by_option
@pass_launch
def end(launch: Launch, round_id: int, by: str) -> None:
    """End a ROUND whose drawn hazards have all been inspected."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        released = end_round(uow, round_of(uow.session, round_id), by=by)
    out.print(f"The round has ended; {released} hazards that were not drawn go on.")


@spot_check.command()
@round_argument
@pass_launch
def proof(launch: Launch, round_id: int) -> None:
    """Print the proof of a ROUND's draw as JSON, for publication."""
    with launch.application() as application, application.runtime.reading() as uow:
        written = proof_of(uow.session, round_of(uow.session, round_id))
    click.echo(json.dumps(written, ensure_ascii=False, indent=1))


@spot_check.command()
@click.argument("file", type=click.File(encoding="utf-8"))
def verify(file: Any) -> None:
    """Check the proof in FILE (- for standard input); needs no database. Exits with 1 when the draw was not honest."""
    try:
        written = json.load(file)
    except ValueError as unreadable:
        raise DishonestProof(f"the file is no JSON: {unreadable}") from unreadable
    problems = verify_draw(written) if isinstance(written, dict) else ["the file holds no proof"]
    if problems:
        raise DishonestProof("\n".join(problems))
    out.print(f"The draw was made as promised: {len(written['result'])} of {len(written['frame'])} hazards.")
    out.print("Compare the hashes with those published before the draw:")
    for name in ("frame_hash", "parameters_hash", "seed_hash"):
        out.print(f"  {name:<16} {written['commitment'][name]}")
