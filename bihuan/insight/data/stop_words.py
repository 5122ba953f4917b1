"""Words that name no problem: they may hold a sentence together, but never a group."""

STOP_WORDS = frozenset(
    """
    我们 你们 他们 她们 它们 咱们 自己 大家 别人 有人 某些 这个 那个 这些 那些 这样 那样 这里 那里 这么 那么 这种 那种 怎么 什么 为什么 怎样 如何 哪里 哪个 哪些 多少 几个 一个 一些
    一下 一点 一样 一直 一种 一次 一定 一般 有点 有些 没有 不是 不会 不能 不要 不用 不了 就是 还是 还有 只是 只有 但是 可是 不过 因为 所以 如果 虽然 然后 而且 或者 以及 并且 于是 因此 由于
    关于 对于 根据 按照 通过 为了 之后 之前 以后 以前 以来 现在 今天 昨天 明天 时候 已经 正在 曾经 刚才 马上 立即 尽快 赶紧 可以 可能 应该 必须 需要 希望 请问 谢谢 感谢 麻烦 您好 你好 领导
    尊敬 反映 问题 情况 事情 东西 地方 方面 进行 给予 得到 成为 作为 认为 觉得 知道 感觉 看到 发现 出来 起来 下来 过来 过去 回来 进去 上去 真的 非常 特别 十分 比较 相当 实在 完全 根本 确实 其实
    当时 最后 终于 结果 居然 竟然 反正 甚至 包括 其中 其他 其它 另外 同时 左右 以上 以下 之间 目前 近期 最近 至今 多次 几次 每次 再次 首先 其次 总之 的话 而已 罢了 请求 要求 处理 解决 回复 答复
    一家 一条 一名 一位 本人 我家 该 各位 能否 是否 到底 究竟 只能 只要 除了 无法 不得 不到 不知 不好 的确 导致 造成 严重 影响 有关 相关 部门 工作 人员
    the and for you your are was were has have had with this that from they not but can could would should will just
    get got why what when where how who does did doing been being its it's i'm i've please help need want know there here
    """.split()
)
