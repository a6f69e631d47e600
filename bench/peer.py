"""The peer: SpiffWorkflow as its documentation shows it, the whole instance as JSON out and in at every step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, insert, select, update

_table = Table("peer_instance", MetaData(), Column("id", Integer, primary_key=True), Column("state", Text))


class Peer:
    """Starts, completes and fires timers with one row per instance and nothing else."""

    def __init__(self, database: Engine, diagram: Path, process_id: str) -> None:
        self._database = database
        self._serializer = BpmnWorkflowSerializer()
        parser = BpmnParser()
        parser.add_bpmn_file(str(diagram))
        self._spec = parser.get_spec(process_id)
        self._subprocesses = parser.get_subprocess_specs(process_id)
        _table.drop(database, checkfirst=True)
        _table.create(database)

    def start(self, data: dict[str, Any]) -> int:
        workflow = BpmnWorkflow(self._spec, self._subprocesses)
        workflow.task_tree.data = dict(data)
        workflow.do_engine_steps()
        with self._database.begin() as connection:
            row = insert(_table).values(state=self._serializer.serialize_json(workflow)).returning(_table.c.id)
            return int(connection.execute(row).scalar_one())

    def complete(self, number: int, data: dict[str, Any]) -> None:
        with self._database.begin() as connection:
            workflow = self._load(connection, number)
            task = _open_task(workflow)
            task.data.update(data)
            task.run()
            workflow.do_engine_steps()
            self._store(connection, number, workflow)

    def fire(self, number: int) -> None:
        with self._database.begin() as connection:
            workflow = self._load(connection, number)
            workflow.refresh_timers()
            workflow.do_engine_steps()
            self._store(connection, number, workflow)

    def _load(self, connection: Any, number: int) -> BpmnWorkflow:
        state = connection.execute(select(_table.c.state).where(_table.c.id == number)).scalar_one()
        return self._serializer.deserialize_json(state)

    def _store(self, connection: Any, number: int, workflow: BpmnWorkflow) -> None:
        state = self._serializer.serialize_json(workflow)
        connection.execute(update(_table).where(_table.c.id == number).values(state=state))


def _open_task(workflow: BpmnWorkflow) -> Task:
    return workflow.get_next_task(state=TaskState.READY, manual=True)
