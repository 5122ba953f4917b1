"""Where masked texts may be sent: https, or this machine; anything else only where the administrator says so."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from bihuan.core.text import Text

LONGEST = 300


def parts(address: str) -> SplitResult:
    """The address in parts; ValueError for what is none."""
    url = urlsplit(address.strip())
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(address)
    url.port  # noqa: B018  a port that is no number raises ValueError
    return url


def refused(address: str, *, plain: bool) -> Text | None:
    """Why nothing may be sent there, or None. ``plain``: unencrypted http to other machines was allowed."""
    try:
        url = parts(address)
    except ValueError:
        return Text(
            "地址要写全，例如 https://api.example.com/v1。",
            "Please give the whole address, like https://api.example.com/v1.",
        )
    if url.username or url.password or url.query or url.fragment:
        return Text(
            "地址里不要写账号、密码或参数；密钥填在下面。",
            "No account, password or parameters in the address; the key has a field of its own.",
        )
    host = url.hostname or ""
    if _address(host) is not None and (_address(host).is_link_local or _address(host).is_multicast):  # type: ignore[union-attr]
        return Text("这个地址不能用（链路本地地址）。", "This address cannot be used (link-local).")
    if url.scheme == "http" and not is_here(host) and not plain:
        return Text(
            "http 不加密，只能用于本机。请改用 https，或勾选下面的“允许不加密”。",
            "http is not encrypted and only good for this machine. Use https, or tick “allow unencrypted” below.",
        )
    return None


def is_here(host: str) -> bool:
    """Whether the host is this machine."""
    url = _address(host)
    return host.lower() == "localhost" or (url is not None and url.is_loopback)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
