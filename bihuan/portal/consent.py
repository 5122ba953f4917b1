"""What a customer is told before they leave personal data (PIPL 7, 17; NDR 21). The version goes with each submission.

Whoever changes a sentence here changes ``VERSION``; earlier wordings stay readable in the project's history.
"""

from __future__ import annotations

from django.conf import settings

from bihuan.core.text import Text

VERSION = "2026-11-22"


def notice() -> list[tuple[Text, Text]]:
    """Heading and sentence of each point."""
    company = settings.COMPANY or Text("本公司", "our company")
    return [
        (
            Text("谁在处理", "Who processes it"),
            Text("{company}（个人信息处理者）。", "{company} (the controller).", company=company),
        ),
        (
            Text("为了什么", "What for"),
            Text(
                "受理、答复您反映的这件事，并改进产品和服务。",
                "To handle and answer this matter, and to improve what we offer.",
            ),
        ),
        (
            Text("处理哪些", "Which data"),
            Text(
                "您写的内容，以及您自愿留下的称呼和联系方式。请不要写身份证号、银行卡号和密码。",
                "What you write, and the name and contact you choose to leave. Please leave out identity and card numbers and passwords.",
            ),
        ),
        (
            Text("保存多久", "How long"),
            Text(
                "联系方式在事情办结归档三年后匿名化，法律另有规定的从其规定。",
                "Contact data is anonymised three years after the matter is archived, unless law says otherwise.",
            ),
        ),
        (
            Text("您的权利", "Your rights"),
            Text(
                "您可以查阅、复制、更正、删除，或撤回同意，凭受理编号联系我们即可；不留联系方式也会受理。",
                "You may see, copy, correct or delete it, or withdraw consent, by quoting your number. Without contact data we handle it all the same.",
            ),
        ),
    ]
