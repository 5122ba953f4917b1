"""Words of satisfaction and dissatisfaction with a weight, negators, degree and contrast words; all chosen by hand."""

import re

_GOOD = """
3: 非常满意 很满意 十分满意 太棒了 棒极了 完美 无可挑剔 赞不绝口 物超所值 超值 强烈推荐 五星好评 一级棒 爱不释手 大爱 超赞 太好吃 超好吃 物美价廉 惊喜 惊艳 感动 绝了 必须点赞 值得推荐 值得拥有 值得购买 值得信赖 五星 满分 好极了 yyds 受益匪浅 受益良多 回味无穷 流连忘返 一流 大赞 无敌 绝佳 极佳 强推 家的感觉 宾至如归
2: 满意 喜欢 推荐 不错 很好 真好 挺好 好看 好用 好吃 美味 可口 好喝 漂亮 美观 精美 精致 舒服 舒适 干净 整洁 热情 周到 贴心 耐心 细心 亲切 礼貌 友好 友善 负责 专业 靠谱 划算 实惠 便宜 优惠 值得 值了 给力 点赞 赞 棒 好评 开心 高兴 愉快 幸福 快乐 感谢 谢谢 多谢 感激 放心 信赖 信任 方便 便捷 便利 流畅 清晰 清楚 鲜艳 细腻 小巧 轻巧 轻便 时尚 大气 高档 豪华 温馨 优雅 安静 宽敞 明亮 新鲜 入味 鲜美 嫩滑 香甜 爽口 地道 正宗 很快 挺快 超快 飞快 神速 迅速 及时 准时 高效 快捷 稳定 耐用 结实 牢固 扎实 做工好 质量好 性价比高 性价比不错 超级好 特别好 非常好 太好了 还会再来 还会再买 再次购买 回头客 下次还 会再来 还会来 回购 一如既往 正品 好书 精彩 经典 深刻 有趣 生动 实用 幽默 温暖 感人 启发 收获 智慧 优美 优秀 出色 卓越 强大 强劲 省电 省心 省事 解决了 很值 超好 蛮好 满好 好棒 好香 鲜嫩 酥脆 软糯 松软 蓬松 柔软 柔顺 顺滑 清爽 去屑效果好 清香 好闻 香味 水润 保湿 滋润 合身 合适 得体 显瘦 百搭 上档次 有面子 用心 良心 厚道 诚信 人性化 齐全 丰富 丰盛 可爱 帅气 惬意 优越 优质 一目了然 通俗易懂 引人入胜 爱看 喜爱 最爱 钟爱 欣赏 佩服 真诚 真实 支持 加油 继续努力 顶 nice 赏心悦目 满足 过瘾 吃得很饱 分量足 量足 料足 实在 地理位置好 位置好 交通方便 极好 良好 美好 顺利 如愿 包装完好 完好 完好无损 到位 厉害 牛 强悍 快速 超级快 速度快 反应快 运行快 效果好 音质好 屏幕好 手感好 质感 有质感 高端 性能好 配置高 散热好 做工精细 做工不错
1: 好 快 新 还行 还可以 可以 还不错 尚可 过得去 够用 合理 正常 没问题 不贵 满 香 甜 美 帅 酷 爽 值 大方 齐 适中 适合 喜 乐 行 笑 亮点 优点 优势 升级 免费 赠送 送了 主动 微笑 环境 期待 相信 推荐给 朋友推荐 家人 孩子喜欢 宝宝喜欢 老婆喜欢 妈妈喜欢 都说好 大家 常来 经常去 老顾客 一直用 一直在 第二次 第三次 老字号 名不虚传 特色 独特 创意 个性 简洁 简单 大小合适 颜色好 款式 一样 同款 符合 相符 如描述 好多 不愧 不亏 终于 轻松 悠闲 方面
"""
_BAD = """
3: 极差 太差 最差 很差 非常差 超级差 差劲 差极了 垃圾 骗子 欺骗 骗人 诈骗 坑人 坑爹 坑钱 太坑 恶心 无语 气愤 愤怒 气死 生气 火大 可恶 恶劣 黑店 黑心 奸商 流氓 霸王条款 假货 假的 冒牌 山寨 盗版 次品 残次 劣质 翻新机 二手货 投诉 举报 曝光 维权 12315 差评 后悔 上当 受骗 不推荐 别买 别来 不要买 千万别 千万不要 慎重 谨慎购买 慎买 慎入 再也不 绝不 不会再 永远不会 不会再来 不会再买 忍无可忍 糟糕 糟透 糟糕透顶 烂 太烂 破烂 一塌糊涂 乱七八糟 难吃 难喝 难看 难用 难闻 恶臭 发臭 臭味 馊 变质 发霉 腐烂 烂掉 坏了 坏的 烂了 死机 蓝屏 黑屏 闪退 崩溃 打不开 用不了 不能用 无法使用 没法用 登录不了 登不上 失望 太失望 失望透顶 令人失望 大失所望 拉肚子 食物中毒 过敏 头发 苍蝇 蟑螂 虫子 老鼠 破损 破了 裂了 碎了 漏了 被骗 忽悠 敷衍 推诿 扯皮 踢皮球 不理人 爱理不理 爱答不理 态度差 态度恶劣 不负责 不负责任 没人管 不处理 不解决 不退款 不给退 拒绝退 乱扣费 乱收费 乱扣 多扣 盗刷 退货 退款 索赔 赔偿 白花钱 浪费钱 不值 不值得 退掉 fuck 妈的 他妈 tmd 坑货 脑残 智障 傻逼 sb 滚 去死 呵呵 千万 惨不忍睹 不敢恭维 名不副实 名不符实 货不对板 无良 无耻 可耻 鄙视 简直 简直了 受不了 倒霉 悲剧 郁闷 崩溃了
2: 差 坏 慢 太慢 很慢 迟 晚了 超时 延误 耽误 久 等了 好久 半天 还没 没到 没收到 未收到 没到账 未到账 不到账 没人 没反应 没效果 没用 没有用 无效 不管用 不好 不行 不满 不满意 不喜欢 不舒服 不干净 不新鲜 不方便 不清楚 不清晰 不灵 不灵敏 不准 不稳定 不流畅 不合适 不合理 不划算 不实用 不给 不让 不能 不了 不到 不上 不出 不去 不符 不一样 不一致 不如 不值 不爽 不靠谱 不专业 不热情 不耐烦 不理 不知所云 不好用 不好吃 不好看 不太好 不怎么样 不咋地 不咋样 不尽人意 不尽如人意 不足 缺点 缺陷 毛病 问题 故障 错误 出错 报错 异常 失败 失效 失灵 无法 不支持 冻结 被封 封号 限制 卡 卡顿 卡死 死慢 发热 发烫 太热 烫 噪音 噪声 太吵 吵 嘈杂 杂音 异味 味道怪 怪味 刺鼻 油腻 太油 太咸 很咸 太辣 太甜 太淡 没味道 无味 太干 干巴巴 太硬 硬邦邦 不熟 没熟 夹生 冷了 凉了 凉的 冰冷 冷冰冰 太少 很少 量少 分量少 少得可怜 太小 狭小 拥挤 太贵 贵 偏贵 好贵 坑 贵了 降价 涨价 掉价 差价 乱 脏 很脏 太脏 肮脏 破 破旧 陈旧 老旧 旧 简陋 昏暗 潮湿 霉味 烟味 漏水 堵 掉色 褪色 起球 变形 开线 掉毛 掉漆 划痕 划伤 磨损 裂 断 松动 脱落 缩水 粗糙 毛糙 做工差 廉价 单薄 太薄 薄 色差 偏色 漏光 亮点坏点 坏点 漏液 渗漏 漏发 少发 错发 发错 缺货 丢件 丢失 少了 缺少 缺 没有了 麻烦 费劲 费力 费事 难 困难 太难 糊涂 模糊 糊弄 马虎 随便 冷漠 冷淡 傲慢 凶 骂人 吵架 推脱 拖延 拖 催 冒充 虚假 虚假宣传 夸大 夸张 吹嘘 吹 误导 欺负 黑 偷 偷工减料 缩减 鸡肋 累赘 遗憾 可惜 无聊 枯燥 乏味 肤浅 空洞 啰嗦 罗嗦 冗长 胡说 胡扯 瞎扯 抄袭 拼凑 凑字数 骗钱 圈钱 看不下去 看不懂 读不下去 没意思 没劲 没什么 没必要 浪费 白买 白跑 瞎 无奈 无言 痛苦 难受 难过 伤心 心寒 气 烦 烦人 讨厌 厌恶 反感 害怕 担心 怀疑 质疑 疼 痒 起痘 头痒 头屑 掉发 掉头发 屑更多 干涩 油得快 差评师 敢不敢 扣款 扣钱 扣费 利息 逾期 骚扰 催收 泄露 隐私 警惕 当心 小心 注意 提醒大家 奉劝 建议 改进 改善 整改 有待 提高 加强 希望 应该 最好能 如果能 要是 怎么回事 怎么办 为什么 为何 为啥 怎么 凭什么 难道 居然 竟然 根本 什么玩意 什么东西 搞什么 啥玩意 有病 无人 没素质 素质 水平低 落后 过时 死板 呆板 土 丑 丑死 恐怖 吓人 可怕 恶 糟 惨 苦 涩 腥 膻 酸 糊 焦 老 柴 塞牙 上火
1: 一般 一般般 普通 平平 普普通通 马马虎虎 凑合 将就 勉强 还好 稍微 有点 有些 偏 略 略显 稍 感觉 只有 仅 冷 硬 重 薄了 大了 小了 短 长了 等 退 换 修 维修 返修 客服 电话 打电话 问 质问 询问 结果 反而 还是 还要 只能 不得不 非要 说好的 号称 宣传 所谓 据说 本来 原来 原以为 以为 感冒 最后 几天 星期 小时 分钟 没货 缺少
"""
NEUTRAL = "一般 一般般 普通 平平 普普通通 马马虎虎 凑合 将就 勉强 还好 还行 还可以 尚可 过得去 中规中矩 不好不坏 so-so average okay mediocre".split()

_GOOD_EN = """
3: excellent perfect amazing awesome fantastic outstanding superb brilliant wonderful flawless love loved exceptional delighted
2: great good nice helpful friendly easy fast quick quickly smooth reliable satisfied happy recommend recommended thanks thank appreciate appreciated best comfortable clean beautiful works resolved solved pleased enjoy enjoyed useful convenient polite professional impressive intuitive
1: fine ok okay decent cool fair well improved liked like
"""
_BAD_EN = """
3: terrible horrible awful worst scam fraud garbage trash useless unusable disgusting unacceptable furious outraged ridiculous pathetic rude refund complaint cheated stole stolen lawsuit nightmare waste crap sucks fake hate hated angry
2: bad poor slow broken crash crashes crashed crashing bug bugs buggy error errors fail fails failed failing failure wrong missing late delayed delay issue issues problem problems stuck freeze freezes frozen lag laggy unable cannot can't won't doesn't didn't isn't disappointed disappointing disappointment annoying annoyed frustrating frustrated difficult confusing confused expensive overpriced unhappy dissatisfied damaged defective faulty dirty noisy unreliable overcharged charged cancelled denied declined ignored worse worthless never nobody impossible lost
1: hard wish should however but hope please waiting wait still only lack lacks limited
"""
EMOJI = {
    **dict.fromkeys("😊😀😃😄😁😆🙂😍🥰😘👍👏❤💕💖🎉😋🌹💪✨🥳🤩💯🌟♥", 2),
    **dict.fromkeys("😡🤬😠👎💔😤😭😢😞😒🙄😩😫😖😣🤮🤢💩😔😓😨😰🤦", -2),
}


def _weights(text: str, sign: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in text.strip().splitlines():
        weight, _, words = line.partition(":")
        for word in words.split():
            found.setdefault(word, sign * float(weight))
    return found


WEIGHTS: dict[str, float] = {
    **_weights(_GOOD, 1),
    **_weights(_BAD, -1),
    **_weights(_GOOD_EN, 1),
    **_weights(_BAD_EN, -1),
}
NEGATORS = "不 没 没有 未 无 别 莫 勿 并不 并没有 并非 不是 不太 不够 不怎么 不算 不会 不能 毫无 谈不上 从不 从未 没什么 不觉得 not no never don't didn't doesn't isn't wasn't aren't hardly without".split()
DEGREES = dict.fromkeys(
    "非常 很 太 特别 十分 超级 超 极其 极 相当 实在 真的 真是 真 最 巨 贼 尤其 格外 完全 彻底 简直 very really so too extremely totally absolutely completely".split(),
    1.4,
)
DEGREES |= dict.fromkeys("有点 有些 稍微 略 略微 稍 比较 还算 一点 slightly somewhat bit fairly rather".split(), 0.7)
TURN = re.compile(
    r"但是|但|不过|可是|然而|只是|可惜|就是(?=[^说因为])|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bexcept\b"
)
CLAUSE = re.compile(r"[,，。!！?？;；、~…\n]+|\.+(?!\d)|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])")
