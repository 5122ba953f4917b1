"""E-mail: written in the transaction of its notification, sent afterwards. Off unless an SMTP server is set.

An e-mail holds numbers, levels, dates and links: nothing a customer wrote, no contact data.
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


def write(notifications: Sequence[Notification]) -> None:
    """An e-mail for each urgent notification whose person has an address; the others wait for the digest."""
    urgent = [notification for notification in notifications if notification.urgent and notification.user.email]
    if is_on():
        OutgoingEmail.objects.bulk_create([_urgent_email(n) for n in urgent], ignore_conflicts=True)


def write_digest(digest: Digest) -> None:
    if not (is_on() and digest.user.email):
        return
    with translation.override(language_of(digest.user)):
        lines = [_part(part) for part in digest.parts]
        foot = Text("打开：{url}", "Open: {url}", url=absolute_url(reverse("notifications:list")))
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
    for email in OutgoingEmail.objects.claimable().order_by("pk").select_related("user")[:100]:
        if email.claim():
            sent += _send(email)
    return sent


def _send(email: OutgoingEmail) -> bool:
    message = EmailMessage(
        email.subject, email.body, settings.DEFAULT_FROM_EMAIL, [email.user.email], connection=get_connection(),
        # The same e-mail sent again after a crash is the same message, which mail programs show once.
        headers={"Message-ID": f"<{email.key.replace('/', '.')}@bihuan>", "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        email.mark_failed(str(error))
        logger.warning("mail %s not sent: %s", email.key, error)
        return False
    email.mark_sent()
    return True


def _urgent_email(notification: Notification) -> OutgoingEmail:
    with translation.override(language_of(notification.user)):
        event = notification.event
        subject = Text(
            "闭环急件：{name} {text}", "Bihuan, urgent: {name} {text}", name=event.subject_name, text=notification.text
        )
        body = f"{notification.text}\n{event.subject_name}\n\n{absolute_url(reverse('notifications:open', args=[notification.pk]))}"
        return OutgoingEmail(
            user=notification.user,
            key=f"notification/{event.pk}/{notification.user_id}",
            subject=str(subject)[:200],
            body=body,
        )


def _part(part: dict[str, Any]) -> str:
    reader = language()
    head = f"{part['title'][reader]} ({part['count']})  {absolute_url(part['href'])}"
    return "\n".join([head, *(f"  {line[reader]}" for line in part["lines"])])


def _count(digest: Digest) -> int:
    return sum(int(part["count"]) for part in digest.parts)


def absolute_url(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def language_of(user: User) -> str:
    """The person's language as Django names it."""
    return "en" if user.language.startswith("en") else "zh-hans"


def faults() -> list[str]:
    """E-mails given up, for `bihuan verify`."""
    given_up = OutgoingEmail.objects.filter(sent_at=None, attempts__gte=OutgoingEmail.MAX_ATTEMPTS).order_by("pk")[:100]
    return [f"mail {email.key} could not be sent: {email.error}" for email in given_up]
