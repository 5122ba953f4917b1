"""Serves the pages by gunicorn: one process of several threads by default, enough for a team on one machine."""

import errno
import os
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from gunicorn.app.base import BaseApplication


class Site(BaseApplication):
    """gunicorn with the options given here, no configuration file and no control socket."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()


def refuse_unusable(host: str, port: int) -> None:
    """Raises CommandError with one sentence where gunicorn could not listen, instead of its retries and log."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as failure:
        if failure.errno == errno.EADDRINUSE:
            raise CommandError(
                f"端口 {port} 已被占用,请用 --port 换一个 / port {port} is in use, choose another with --port"
            ) from failure
        raise CommandError(
            f"不能监听 {host}:{port}:{failure.strerror} / cannot listen on {host}:{port}: {failure.strerror}"
        ) from failure


class Command(BaseCommand):
    help = "启动网页服务 / serve the web pages"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = int(os.environ.get("BIHUAN_PORT") or 8000)
        parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
        parser.add_argument("--port", type=int, default=port, help="端口 / port (BIHUAN_PORT, 8000)")
        parser.add_argument("--workers", type=int, default=1, help="进程数 / processes")
        parser.add_argument("--threads", type=int, default=4, help="每个进程的线程数 / threads of each process")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unusable(options["host"], options["port"])
        if connection.vendor == "sqlite" and not connection.introspection.table_names():
            call_command("migrate", interactive=False, verbosity=0)
        # A forked process must not share its parent's connection.
        connections.close_all()
        shared_memory = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat file, best kept off a slow disk
        Site(
            {
                "bind": f"{options['host']}:{options['port']}",
                "workers": options["workers"],
                "threads": options["threads"],
                "worker_class": "gthread",
                "graceful_timeout": 5,
                "timeout": 60,
                "loglevel": "warning",
                "control_socket_disable": True,
                "worker_tmp_dir": str(shared_memory) if shared_memory.is_dir() else None,
            }
        ).run()
