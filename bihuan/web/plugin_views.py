"""Set-up of the plug-ins: whether they are there, what they change, how right they are; on, off, and the endpoint's settings."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.core.text import Text
from bihuan.plugins import connection_test, plugin_choices
from bihuan.plugins.embeddings import Installed
from bihuan.plugins.forms import EndpointForm
from bihuan.plugins.models import Plugin
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit

MEASURED: tuple[tuple[Text, str, str], ...] = (
    (Text("没有人确认过", "Nothing confirmed"), "0.38", "0.51"),
    (Text("每个问题确认过 5 条", "Five confirmed each"), "0.52", "0.68"),
)
"""Pair F1 without and with the encoder's vectors: docs/engine/measurements.md, printed by ``bihuan bench grouping``."""


@requires("setup.edit")
def index(request: Request) -> HttpResponse:
    own, outside = Plugin.of("encoder"), Plugin.of("endpoint")
    installed = Installed()
    timelines = [one.timeline for one in (own, outside) if one.pk]
    context = {
        "encoder": own,
        "endpoint": outside,
        "installed": installed,
        "lacks": outside.missing_settings(),
        "measured": MEASURED,
        "timeline": timeline.entries(timelines, 50),
    }
    return render(request, "web/plugins/index.html", context)


@require_POST
@requires("setup.edit")
def switch(request: Request, code: str) -> HttpResponse:
    """``on``: "1" to switch it on, anything else to switch it off."""
    if code not in plugin_choices.PLUGINS:
        raise Http404
    on = request.POST.get("on") == "1"
    Plugin.switch(code, on, by=request.user)
    message = Text("已启用。", "Enabled.") if on else Text("已停用。", "Disabled.")
    return redirect_with_message(request, "plugins:list", message)


@requires("setup.edit")
def endpoint(request: Request) -> HttpResponse:
    held = Plugin.of("endpoint")
    names = [name for name in EndpointForm.base_fields if name not in ("key", "forget_key", "seen")]
    now = {"seen": held.version} | {name: getattr(held, name) for name in names}
    form = EndpointForm(request.POST or None, initial=now)
    if request.method == "POST" and submit(form, lambda **values: Plugin.save_settings(by=request.user, **values)):
        return redirect_with_message(
            request, "plugins:list", Text("已保存。可以先测试，再启用。", "Saved. Test it, then switch it on.")
        )
    context = {"form": form, "endpoint": held}
    return render(request, "web/plugins/endpoint.html", context, status=422 if form.errors else 200)


@require_POST
@requires("setup.edit")
def test(request: Request) -> HttpResponse:
    """Have the endpoint greeted by a worker."""
    connection_test.request(by=request.user)
    return redirect_with_message(
        request,
        "plugins:list",
        Text("正在测试，几秒后这里有结果。", "Testing; the result appears here in a few seconds."),
    )


@requires("setup.edit")
def test_state(request: Request) -> HttpResponse:
    """How the test went, for the page that waits."""
    return render(request, "web/plugins/_test.html", {"endpoint": Plugin.of("endpoint")})
