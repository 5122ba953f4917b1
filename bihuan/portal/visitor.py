"""Who stands at a public door, as far as counting visits needs: a keyed hash, never the address itself."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.core import rate_limit
from bihuan.customers import contact_encryption

Page = Callable[..., HttpResponse]


def address(request: HttpRequest) -> str:
    """The client's address. Behind ``settings.PROXIES`` proxies of ours it is the entry the outermost of them added;
    anything before that is the client's own claim."""
    claimed = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    place = settings.PROXIES
    return claimed[-place] if 0 < place <= len(claimed) else request.META.get("REMOTE_ADDR", "")


def who(request: HttpRequest) -> str:
    """One visitor, hashed; a whole IPv6 /64 is one, as it is one household's."""
    try:
        ip = ip_address(address(request))
    except ValueError:
        return contact_encryption.keyed("visitor", "unknown").hex()
    plain = str(ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)
    return contact_encryption.keyed("visitor", plain).hex()


def limited(form: str, *, limit: int, minutes: int) -> Callable[[Page], Page]:
    """At most ``limit`` submissions in ``minutes`` from one visitor; more get a 429 that says when to come again."""

    def around(view: Page) -> Page:
        def counted(request: HttpRequest, **which: str) -> HttpResponse:
            seconds = (
                rate_limit.count_hit(form, who(request), limit=limit, minutes=minutes)
                if request.method == "POST"
                else 0
            )
            if not seconds:
                return view(request, **which)
            context = {"minutes": -(-seconds // 60)}
            answer = render(request, "portal/slow_down.html", context, status=429)
            answer["Retry-After"] = str(seconds)
            return answer

        return counted

    return around
