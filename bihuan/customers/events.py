"""Events about customers and their contacts. None holds a contact value."""

from bihuan.audit.event_types import EventType

CUSTOMER_MADE = EventType("customer.made", "建立了客户档案", "customer record made", icon="building")
CUSTOMER_EDITED = EventType(
    "customer.edited",
    "修改了客户档案",
    "customer record edited",
    icon="edit",
    private=("before", "after"),
)
CONTACT_KEPT = EventType("contact.kept", "留存了联系方式", "contact kept", icon="address-book")
CONTACT_VERIFIED = EventType("contact.verified", "核对了联系人身份", "contact's identity verified", icon="user-check")
CONTACT_REVEALED = EventType(
    "contact.revealed",
    "查看了完整联系方式，原因：{reason}",
    "saw the full contact details; reason: {reason}",
    audience=("auditor",),
    icon="eye",
    private=("reason",),
)
CONTACT_SPARED = EventType(
    "contact.spared",
    "登记为不再联系：{reason}",
    "marked “do not contact”: {reason}",
    audience=("auditor",),
    icon="ban",
    private=("reason",),
)
CONTACT_WELCOME = EventType(
    "contact.welcome", "恢复可联系：{reason}", "may be contacted again: {reason}", icon="restore", private=("reason",)
)
