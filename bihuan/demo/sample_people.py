"""One company, every role, two service teams, some customers, an outsider. All invented."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.customers.models import Contact, Customer
from bihuan.people import events
from bihuan.people.models import RoleAssignment, Team, User
from bihuan.people.permissions import ROLES

PASSWORD = "bihuan-demo"  # noqa: S105  the demo's only, shown on its sign-in page

TEAMS = {
    "online": ("在线客服组", "service"),
    "business": ("企业客服组", "service"),
    "product": ("产品部", "product"),
    "operations": ("运营部", "operations"),
    "technology": ("技术部", "technology"),
    "management": ("管理层", "management"),
}


@dataclass(frozen=True)
class Member:
    """One of the people. ``roles`` empty: an account that may do nothing (the outsider)."""

    username: str
    name: str
    title: str
    team: str
    roles: tuple[str, ...]


PEOPLE: tuple[Member, ...] = (
    Member("chen", "陈静", "客服主管 · Service supervisor", "online", ("supervisor",)),
    Member("lin", "林晓", "客服专员 · Service agent", "online", ("agent",)),
    Member("he", "何磊", "企业客服主管 · Business supervisor", "business", ("supervisor",)),
    Member("zhao", "赵敏", "企业客服专员 · Business agent", "business", ("agent",)),
    Member("wang", "王芳", "产品经理 · Product manager", "product", ("product_manager",)),
    Member("liu", "刘洋", "运营经理 · Operations manager", "operations", ("operations_manager",)),
    Member("zhou", "周涛", "技术工程师 · Engineer", "technology", ("engineer",)),
    Member("wu", "吴倩", "技术工程师 · Engineer", "technology", ("engineer",)),
    Member("sun", "孙强", "技术主管 · Technical lead", "technology", ("tech_lead",)),
    Member("xu", "徐宁", "项目经理 · Project manager", "technology", ("project_manager",)),
    Member("gao", "高远", "客服总监 · Service director", "management", ("director",)),
    Member("tang", "唐毅", "技术总监 · Technical director", "management", ("director",)),
    Member("fang", "方明", "分管领导 · Leader in charge", "management", ("leader",)),
    Member("ye", "叶青", "业务负责人 · Business owner", "management", ("business_owner",)),
    Member("admin", "管理员", "系统管理员 · Administrator", "", ("admin",)),
    Member("audit", "审计员", "审计员 · Auditor", "", ("auditor",)),
    Member("guo", "郭外", "外部人员（无权限） · Outsider, no rights", "", ()),
)

CUSTOMERS = (
    ("恒远制造有限公司", "hengyuan", "制造业", "500 人以上", "high", True, "13900000001"),
    ("蓝鲸连锁超市", "lanjing", "零售", "200-500 人", "high", True, "ops@lanjing.example.com"),
    ("晨曦教育", "chenxi", "教育", "50-200 人", "middle", True, "021-60000003"),
    ("个人用户 · 李女士", "li-ms", "", "", "middle", False, "13900000004"),
    ("个人用户 · 张先生", "zhang-mr", "", "", "low", False, "13900000005"),
)


@transaction.atomic
def create_people() -> dict[str, User]:
    """Make the teams, the people and the customers. Returns the people by account name."""
    by = Actor.system()
    teams = {k: Team.objects.create(name=name, department=dep) for k, (name, dep) in TEAMS.items()}
    people = {m.username: _join(m, teams.get(m.team), by) for m in PEOPLE}
    for name, account, industry, size, value, paying, reach in CUSTOMERS:
        customer = Customer.get_or_create(
            account=account, name=name, industry=industry, size=size, value=value, paying=paying, by=by
        )
        Contact.get_or_create(reach, customer=customer, by=by)
    return people


def _join(member: Member, team: Team | None, by: Actor) -> User:
    user = User.objects.create_user(member.username, password=PASSWORD, name=member.name, title=member.title, team=team)
    RoleAssignment.objects.bulk_create([RoleAssignment(user=user, role=r) for r in member.roles])
    record(events.JOINED, user, by=by, roles="、".join(ROLES[r].zh for r in member.roles) or "无")
    return user
