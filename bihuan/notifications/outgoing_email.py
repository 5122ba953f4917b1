"""Mail: a letter is written in the transaction of what it tells, and sent afterwards. Off unless an SMTP server is set.

A letter holds numbers, levels, dates and links: no customer's words, no contact data.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation

from bihuan.core.text import Text, language
from bihuan.notifications.models import Digest, Notification, OutgoingEmail
from bihuan.people.models import User

logger = logging.getLogger("bihuan.notifications")


def is_on() -> bool:
    return bool(settings.EMAIL_HOST)


def write(notices: Sequence[Notification]) -> None:
    """A letter for each urgent notice whose person has a mail address; the others wait for the digest."""
    urgent = [one for one in notices if one.urgent and one.user.email]
    if is_on():
        OutgoingEmail.objects.bulk_create([_alarm(one) for one in urgent], ignore_conflicts=True)


def write_digest(digest: Digest) -> None:
    if not (is_on() and digest.user.email):
        return
    with translation.override(spoken(digest.user)):
        lines = [_part(part) for part in digest.parts]
        foot = Text("打开：{url}", "Open: {url}", url=link(reverse("notifications:list")))
        body = "\n\n".join([*lines, str(foot)])
        subject = Text("闭环：{day} 待办 {n} 项", "Bihuan: {n} things to do, {day}", n=_count(digest), day=digest.day)
        OutgoingEmail.objects.get_or_create(
            key=f"digest/{digest.pk}", defaults={"user": digest.user, "subject": str(subject), "body": body}
        )


def send() -> int:
    """Send what waits; returns how many went out. A failed one is tried again later, a few times."""
    if not is_on():
        return 0
    sent = 0
    for letter in OutgoingEmail.objects.claimable().order_by("pk").select_related("user")[:100]:
        if letter.claim():
            sent += _send(letter)
    return sent


def _send(letter: OutgoingEmail) -> bool:
    message = EmailMessage(
        letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [letter.user.email], connection=get_connection(),
        # The same letter sent again after a crash is the same message, which mail programs show once.
        headers={"Message-ID": f"<{letter.key.replace('/', '.')}@bihuan>", "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as wrong:
        letter.failed(str(wrong))
        logger.warning("mail %s not sent: %s", letter.key, wrong)
        return False
    letter.was_sent()
    return True


def _alarm(notice: Notification) -> OutgoingEmail:
    with translation.override(spoken(notice.user)):
        event = notice.event
        subject = Text(
            "闭环急件：{name} {said}", "Bihuan, urgent: {name} {said}", name=event.subject_name, said=notice.words
        )
        body = f"{notice.words}\n{event.subject_name}\n\n{link(reverse('notifications:open', args=[notice.pk]))}"
        return OutgoingEmail(
            user=notice.user, key=f"notice/{event.pk}/{notice.user_id}", subject=str(subject)[:200], body=body
        )


def _part(part: dict[str, Any]) -> str:
    spoken_here = language()
    head = f"{part['title'][spoken_here]} ({part['count']})  {link(part['href'])}"
    return "\n".join([head, *(f"  {line[spoken_here]}" for line in part["lines"])])


def _count(digest: Digest) -> int:
    return sum(int(part["count"]) for part in digest.parts)


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def spoken(user: User) -> str:
    return "en" if user.language.startswith("en") else "zh-hans"


def faults() -> list[str]:
    """Letters given up, for `bihuan verify`."""
    lost = OutgoingEmail.objects.filter(sent_at=None, attempts__gte=OutgoingEmail.MAX_ATTEMPTS).order_by("pk")[:100]
    return [f"mail {one.key} could not be sent: {one.error}" for one in lost]
