"""Mail goes out through a real server on this machine, once a letter, and not at all unless one is set."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest

from bihuan.cases.models import Assessment, Case
from bihuan.deadlines import escalation_sweep
from bihuan.deadlines.models import Scheme
from bihuan.notifications import digest, outbox, outgoing_email
from bihuan.notifications.models import Digest, OutgoingEmail

pytestmark = pytest.mark.django_db
WORDS = "我的手机 13911112222 打不开，王经理很生气"


class Post:
    """A mail server that keeps what it is sent; ``grumpy`` answers 451 to everything."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.grumpy = False
        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.getsockname()[1])

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            with peer, peer.makefile("rwb") as line:
                self._talk(line)

    def _talk(self, line: Any) -> None:
        def say(text: str) -> None:
            line.write(f"{text}\r\n".encode())
            line.flush()

        say("220 post")
        to = ""
        while command := line.readline().decode("utf-8", "replace").strip():
            verb = command[:4].upper()
            if verb == "RCPT":
                to = command.split("<")[1].split(">")[0]
            if verb == "MAIL" and self.grumpy:
                say("451 not now")
            elif verb == "DATA":
                say("354 go on")
                body = []
                while (row := line.readline()) != b".\r\n":
                    body.append(row)
                self.mails.append((to, b"".join(body)))
                say("250 kept")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    server = Post()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.server.close()


def text(mail: bytes) -> tuple[str, str]:
    message = message_from_bytes(mail)
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    return " ".join(str(make_header(decode_header(str(message["Subject"])))).split()), body.decode()


def assessed_case(cast: Any, scope: str) -> Case:
    made = Case.open(by=cast["lin"], title=WORDS, description=WORDS, kind="problem", technical_type="function")
    made.assign(by=cast["chen"], owner=cast["zhou"])
    given = {"business_urgency": "core_down", "scope": scope}
    Assessment.assess(made, by=cast["lin"], scheme=Scheme.current("p_level"), inputs=given)
    return made


@pytest.fixture
def addresses(cast: Any) -> None:
    for name in ("chen", "sun", "zhou"):
        type(cast[name]).objects.filter(pk=cast[name].pk).update(email=f"{name}@bihuan.example")
        cast[name].refresh_from_db()


def test_the_highest_level_is_mailed_at_once_to_supervisor_and_technical_lead(
    post: Post, addresses: None, cast: Any, at: Any
):
    at("2026-11-14 23:10")
    case = assessed_case(cast, "many")
    outbox.dispatch()
    assert outgoing_email.send() == 2
    assert outgoing_email.send() == 0
    assert {to for to, _ in post.mails} == {"chen@bihuan.example", "sun@bihuan.example"}
    subject, body = text(post.mails[0][1])
    assert case.number in subject
    assert "/notifications/" in body
    assert "王经理" not in subject + body
    assert "139" not in subject + body


def test_the_digest_comes_once_a_working_day_with_counts_that_are_those_of_its_lists(
    post: Post, addresses: None, cast: Any, at: Any, as_: Any
):
    at("2026-11-13 10:00")
    case = assessed_case(cast, "one")
    at("2026-11-14 09:30")
    assert digest.write_all() == 0, "a Saturday"
    at("2026-11-16 08:59")
    assert digest.write_all() == 0
    at("2026-11-16 09:30")
    escalation_sweep.sweep()
    assert digest.write_all() > 10
    assert digest.write_all() == 0
    outgoing_email.send()
    assert sorted(to for to, _ in post.mails) == [f"{who}@bihuan.example" for who in ("chen", "sun", "zhou")]
    mine = Digest.objects.get(user=cast["zhou"]).parts
    assert [(p["title"]["zh"], p["count"]) for p in mine] == [("我的超时", 2)]
    shown = as_("zhou").get(mine[0]["href"]).context["list"]
    assert shown.page.paginator.count == 2
    subject, body = text(next(mail for to, mail in post.mails if to.startswith("zhou")))
    assert "2 项" in subject
    assert f"{case.number} P1" in body
    assert "已超" in body
    assert "王经理" not in body


def test_a_server_that_refuses_is_tried_again_and_a_letter_given_up_is_named(
    post: Post, addresses: None, cast: Any, at: Any
):
    at("2026-11-10 10:00")
    assessed_case(cast, "many")
    outbox.dispatch()
    post.grumpy = True
    for day in range(10, 28):
        at(f"2026-11-{day} 12:00")
        outgoing_email.send()
    assert post.mails == []
    assert set(OutgoingEmail.objects.values_list("attempts", flat=True)) == {OutgoingEmail.MAX_ATTEMPTS}
    assert len(outgoing_email.faults()) == 2
    assert "not now" in outgoing_email.faults()[0]


def test_a_letter_two_workers_see_is_claimed_by_one(post: Post, addresses: None, cast: Any, at: Any):
    at("2026-11-10 10:00")
    assessed_case(cast, "many")
    outbox.dispatch()
    first, same = OutgoingEmail.objects.all()[0], OutgoingEmail.objects.all()[0]
    assert first.claim()
    assert not same.claim()


def test_without_a_server_nothing_is_written_to_be_mailed(settings: Any, addresses: None, cast: Any, at: Any):
    settings.EMAIL_HOST = ""
    at("2026-11-10 10:00")
    assessed_case(cast, "many")
    outbox.dispatch()
    assert not OutgoingEmail.objects.exists()
    assert outgoing_email.send() == 0


def test_who_reads_in_english_is_written_to_in_english(post: Post, addresses: None, cast: Any, at: Any, as_: Any):
    at("2026-11-10 10:00")
    as_("sun", "en").get("/notifications/")
    assessed_case(cast, "many")
    outbox.dispatch()
    outgoing_email.send()
    subjects = {to.split("@")[0]: text(mail)[0] for to, mail in post.mails}
    assert subjects["sun"].startswith("Bihuan, urgent")
    assert subjects["chen"].startswith("闭环急件")
