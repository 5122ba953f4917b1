"""The words of diagnosis. Sources: S2-21…26, S2-47, S1-22…31, S2-17, C-06, C-07."""

from bihuan.core.text import Text, both

DIMENSIONS: dict[str, Text] = {
    "people": both("人员", "People"),
    "process": both("流程", "Process"),
    "technology": both("技术", "Technology"),
    "environment": both("环境", "Environment"),
}
LEVELS: dict[str, Text] = {"direct": both("直接原因", "Direct cause"), "root": both("根本原因", "Root cause")}
SIDES: dict[str, Text] = {"customer": both("对客户", "On the customer"), "own": both("对我方", "On ourselves")}
MEETINGS: dict[str, Text] = {
    "workshop": both("跨部门研讨会", "Cross-department workshop"),
    "frontline": both("一线沟通会", "Front-line meeting"),
    "team": both("专项小组会", "Special team meeting"),
    "retrospective": both("复盘会", "Retrospective"),
}
PROBLEM_PROMPTS: tuple[tuple[str, Text, Text], ...] = (
    (
        "what",
        both("What 是什么问题", "What is the problem"),
        both("具体的问题，例如：数据同步失败", "The concrete problem, e.g. data does not sync"),
    ),
    (
        "why",
        both("Why 可能的原因", "Why, possible causes"),
        both("每行一个，可以转成鱼骨图上的原因", "One a line; each can become a cause on the fishbone"),
    ),
    (
        "when",
        both("When 何时、持续多久", "When, and for how long"),
        both("时间点和持续时间", "The moment and the duration"),
    ),
    (
        "where",
        both("Where 业务环节、系统模块", "Where: business link, system module"),
        both("发生在哪个环节、哪个模块", "Which link of the business, which module"),
    ),
    ("who", both("Who 涉及范围", "Who is concerned"), both("仅该客户，还是一批客户", "Only this customer, or many")),
    (
        "how",
        both("How 对业务的具体影响", "How it affects the business"),
        both("例如：订单处理延误", "E.g. orders handled late"),
    ),
)
"""5W1H that takes a problem apart (S1-22…28): key, title, hint."""
FEASIBILITY_PROMPTS: tuple[tuple[str, Text, Text], ...] = (
    ("why", both("Why 需求背景", "Why: the background"), both("为什么要做", "Why it is wanted")),
    ("what", both("What 需求内容", "What: the content"), both("具体要做什么", "What exactly is to be done")),
    ("who", both("Who 谁负责", "Who is responsible"), both("责任人和参与方", "Who leads, who takes part")),
    ("when", both("When 时间要求", "When it is needed"), both("希望何时完成", "By when")),
    ("where", both("Where 使用场景", "Where: the scenario"), both("在什么场景下使用", "In which situation it is used")),
    (
        "how",
        both("How 实现方式", "How it can be done"),
        both("怎样实现，有什么限制", "How to build it, under which limits"),
    ),
)
"""5W1H that checks a requirement's feasibility (S2-17): key, title, hint."""
