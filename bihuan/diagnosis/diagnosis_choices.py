"""The words of diagnosis. Sources: S2-21…26, S2-47, S1-22…31, S2-17, C-06, C-07."""

from bihuan.core.text import Text

DIMENSIONS: dict[str, Text] = {
    "people": Text("人员", "People"),
    "process": Text("流程", "Process"),
    "technology": Text("技术", "Technology"),
    "environment": Text("环境", "Environment"),
}
LEVELS: dict[str, Text] = {"direct": Text("直接原因", "Direct cause"), "root": Text("根本原因", "Root cause")}
SIDES: dict[str, Text] = {"customer": Text("对客户", "On the customer"), "own": Text("对我方", "On ourselves")}
MEETINGS: dict[str, Text] = {
    "workshop": Text("跨部门研讨会", "Cross-department workshop"),
    "frontline": Text("一线沟通会", "Front-line meeting"),
    "team": Text("专项小组会", "Special team meeting"),
    "retrospective": Text("复盘会", "Retrospective"),
}
PROBLEM_PROMPTS: tuple[tuple[str, Text, Text], ...] = (
    (
        "what",
        Text("What 是什么问题", "What is the problem"),
        Text("具体的问题，例如：数据同步失败", "The concrete problem, e.g. data does not sync"),
    ),
    (
        "why",
        Text("Why 可能的原因", "Why, possible causes"),
        Text("每行一个，可以转成鱼骨图上的原因", "One a line; each can become a cause on the fishbone"),
    ),
    (
        "when",
        Text("When 何时、持续多久", "When, and for how long"),
        Text("时间点和持续时间", "The moment and the duration"),
    ),
    (
        "where",
        Text("Where 业务环节、系统模块", "Where: business link, system module"),
        Text("发生在哪个环节、哪个模块", "Which link of the business, which module"),
    ),
    ("who", Text("Who 涉及范围", "Who is concerned"), Text("仅该客户，还是一批客户", "Only this customer, or many")),
    (
        "how",
        Text("How 对业务的具体影响", "How it affects the business"),
        Text("例如：订单处理延误", "E.g. orders handled late"),
    ),
)
"""5W1H that takes a problem apart (S1-22…28): key, title, hint."""
FEASIBILITY_PROMPTS: tuple[tuple[str, Text, Text], ...] = (
    ("why", Text("Why 需求背景", "Why: the background"), Text("为什么要做", "Why it is wanted")),
    ("what", Text("What 需求内容", "What: the content"), Text("具体要做什么", "What exactly is to be done")),
    ("who", Text("Who 谁负责", "Who is responsible"), Text("责任人和参与方", "Who leads, who takes part")),
    ("when", Text("When 时间要求", "When it is needed"), Text("希望何时完成", "By when")),
    ("where", Text("Where 使用场景", "Where: the scenario"), Text("在什么场景下使用", "In which situation it is used")),
    (
        "how",
        Text("How 实现方式", "How it can be done"),
        Text("怎样实现，有什么限制", "How to build it, under which limits"),
    ),
)
"""5W1H that checks a requirement's feasibility (S2-17): key, title, hint."""
