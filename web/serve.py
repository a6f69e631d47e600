"""Serves the application with waitress: threads, no build step, the same on every operating system."""

from __future__ import annotations

from flask import Flask
from waitress.server import create_server

CONNECTIONS = 200


def serve(app: Flask, host: str, port: int, *, threads: int = 8) -> None:
    """Answer requests until interrupted."""
    server = create_server(app, host=host, port=port, threads=threads, connection_limit=CONNECTIONS, ident=None)
    try:
        server.run()
    finally:
        server.close()
