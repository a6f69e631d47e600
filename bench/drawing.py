"""Measures whether a diagram of 1,000 elements with 200 findings can still be dragged: the time between frames.

`python -m bench.drawing` opens the editor in the machine's Chromium on a site of its own and prints what it saw.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Page, sync_playwright

from engine.modelling import add_file, begin_draft
from engine.storage.migrate import upgrade
from lookback.migrations import BRANCHES
from tests.browser.site import found, serving
from workflows.cast import DEMO_PASSWORD

STEPS: Final = 499
UNNAMED: Final = 200
ACROSS: Final = 25
NAME: Final = "large.bpmn"
PULLS: Final = 90

ENLARGED: Final = 6
FRAMES: Final = """
() => { const seen = (window.frames_seen = []);
        const see = (now) => { seen.push(now); if (window.frames_seen === seen) requestAnimationFrame(see); };
        requestAnimationFrame(see); }
"""


def drawn() -> bytes:
    """A chain of steps for people, as wide as a wall; each of the first ones lacks its name."""
    shapes = "".join(_shape(number) for number in range(STEPS))
    edges = "".join(_edge(number) for number in range(STEPS - 1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:bench">
<bpmn:process id="large" isExecutable="true">{"".join(_process())}</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="large">{shapes}{edges}</bpmndi:BPMNPlane>
</bpmndi:BPMNDiagram></bpmn:definitions>""".encode()


def measure(page: Page, step: str) -> list[float]:
    """The milliseconds between frames while a step is dragged about, with a good part of the diagram in view."""
    page.get_by_role("button", name=step, exact=False).first.click()
    box = page.locator(f"[data-element-id={step}]").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.8
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for pull in range(PULLS):
        page.mouse.move(x + 4 * (pull % 30), y + 3 * (pull % 20))
    moments: list[float] = page.evaluate("window.frames_seen.splice(0)")
    page.mouse.up()
    page.evaluate("window.frames_seen = null")
    return sorted(later - earlier for earlier, later in pairwise(moments))


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serving(_founded(Path(folder)), Path(folder)) as site,
    ):
        with site.application.runtime.unit_of_work() as uow:
            draft = begin_draft(uow, name="large", by="sheji", base=None)
            add_file(uow, draft.id, NAME, drawn(), by="sheji")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        window = browser.new_context(base_url=site.address, locale="zh-CN", viewport={"width": 1440, "height": 900})
        _print(_opened(window.new_page(), draft.id))
        browser.close()


def _founded(folder: Path) -> str:
    url = f"sqlite:///{folder}/large.db"
    upgrade(url, BRANCHES)
    found(url, folder)
    return url


def _opened(page: Page, draft_id: int) -> Page:
    page.goto("/sign-in")
    page.fill("[name=account]", "sheji")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("main form .button")
    page.wait_for_load_state()
    page.goto(f"/designer/drafts/{draft_id}/files/{NAME}")
    page.wait_for_selector("[data-designer][data-ready=yes]", timeout=120_000)
    page.locator(".problem-badge").nth(UNNAMED - 1).wait_for(state="attached", timeout=120_000)
    for _ in range(ENLARGED):
        page.get_by_role("button", name="放大", exact=True).click()
    return page


def _print(page: Page) -> None:
    badges = page.locator(".problem-badge").count()
    since = page.evaluate("performance.now()")
    print(f"{2 * STEPS - 1} elements, {badges} with findings; drawn and checked {since:,.0f} ms after the address")
    for step in ("step_30", "step_130"):
        between = measure(page, step)
        print(f"  {step}: {len(between)} frames, between two {median(between):.0f} ms (median), "
              f"{between[int(len(between) * 0.95)]:.0f} ms (95 of 100), {between[-1]:.0f} ms (longest)")  # fmt: skip


def _process() -> Iterator[str]:
    for number in range(STEPS):
        name = "" if number < UNNAMED else f' name="步骤 {number}"'
        kind = "startEvent" if number == 0 else "endEvent" if number == STEPS - 1 else "task"
        yield f'<bpmn:{kind} id="step_{number}"{name}/>'
        if number:
            yield f'<bpmn:sequenceFlow id="flow_{number - 1}" sourceRef="step_{number - 1}" targetRef="step_{number}"/>'


def _place(number: int) -> tuple[int, int]:
    return 100 + 160 * (number % ACROSS), 100 + 140 * (number // ACROSS)


def _size(number: int) -> tuple[int, int]:
    return (36, 36) if number in (0, STEPS - 1) else (100, 80)


def _shape(number: int) -> str:
    (x, y), (width, height) = _place(number), _size(number)
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="step_{number}_di" bpmnElement="step_{number}">{bounds}</bpmndi:BPMNShape>'


def _edge(number: int) -> str:
    points = "".join(
        f'<di:waypoint x="{_place(each)[0] + _size(each)[0] // 2}" y="{_place(each)[1] + _size(each)[1] // 2}"/>'
        for each in (number, number + 1)
    )
    return f'<bpmndi:BPMNEdge id="flow_{number}_di" bpmnElement="flow_{number}">{points}</bpmndi:BPMNEdge>'


if __name__ == "__main__":
    main()
