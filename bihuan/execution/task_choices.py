"""What carrying out is counted by. Sources: S1-42, S1-44, C-13, S3-I02."""

from bihuan.core.text import Text

LIGHTS: dict[str, Text] = {
    "green": Text("绿灯", "Green"),
    "yellow": Text("黄灯", "Yellow"),
    "red": Text("红灯", "Red"),
}
BLOCKED_TOO_LONG_DAYS = 1
"""A task that stands blocked longer than this many working days turns the light red."""
REMIND_AT = 17
"""From this hour (Beijing) the owner of a task without today's entry is reminded."""
AS_PLANNED = Text("照计划进行", "Going as planned")
